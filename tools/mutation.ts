import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** npm run mutants: breaks the law in every small way there is and counts which tests notice; fails under 95 %. */
const root = join(import.meta.dirname, "..");
const { status } = spawnSync(
  process.execPath,
  [join(root, "node_modules/@stryker-mutator/core/bin/stryker.js"), "run", join(root, "test/law/stryker.config.json")],
  { cwd: root, stdio: "inherit" },
);
process.exitCode = status ?? 1;
