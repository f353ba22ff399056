import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Where the tests lie that need the front ends built: they run the mini-program's builds, or open them in a browser. */
export const screens = "test/screens/";

export const env = {
  AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
  POWERTOOLS_LOG_LEVEL: "SILENT",
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
    testTimeout: 240_000,
    hookTimeout: 240_000,
    expect: { poll: { timeout: 30_000 } },
    env,
  },
});
