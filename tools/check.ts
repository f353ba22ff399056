import { slow } from "../vitest.config.ts";
import { lanes, lint, types, vitest } from "./steps.ts";

/** npm run check: the inner loop, in seconds: format, lint, types, and every test that builds nothing and opens no browser. */
const fast = vitest("单元、性质与接口测试 tests", ...slow.flatMap((pattern) => ["--exclude", pattern]));
process.exitCode = (await lanes([lint, types], [fast])) ? 0 : 1;
