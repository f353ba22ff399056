import { changedFiles, testsOf } from "./changed.ts";
import { finish, lanes, lint, types, vitest } from "./steps.ts";

/** npm run check: the inner loop: format, lint, types, the tests of the law, and those of what was changed. */
const tests = testsOf(changedFiles());
finish(
  await lanes(
    [lint, types],
    [
      vitest("法与代码的样子 the law, the code's shape", "--config", "tools/pure.config.ts"),
      ...(tests.length > 0 ? [vitest(`改动相关的测试 tests of what changed (${tests.length})`, ...tests)] : []),
    ],
  ),
);
