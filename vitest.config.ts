import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Where the tests lie that need the front ends built: they run the mini-program's builds, or open them in a browser. */
export const screens = "test/screens/";

export const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  // A fault is told in full beside the test that it failed.
  POWERTOOLS_LOG_LEVEL: "ERROR",
  POWERTOOLS_DEV: "true",
  // Stand-ins share the processor with all tests: what they say late is said.
  PATIENCE_MS: "60000",
};

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // What is loaded from packages stays with the process; modules of ours are made anew for each file (`test/world/setup.ts`).
    isolate: false,
    // Who waits for the database leaves the processor to others: more at once than there are cores.
    maxWorkers: availableParallelism() + 1,
    globalSetup: ["test/world/database.ts"],
    setupFiles: ["test/world/setup.ts"],
    // What hangs is stopped; what is late, on a machine several times slower than ours, is not wrong.
    testTimeout: 20 * 60_000,
    hookTimeout: 20 * 60_000,
    expect: { poll: { timeout: 180_000 } },
    env,
  },
});
