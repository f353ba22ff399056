import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";

/** Slow tests, by name: they build, bundle or drive a browser; `npm run check` leaves them out. */
export const slow = ["test/system/infra.test.ts", "test/screens/**/*.test.ts"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Half of the time is spent waiting for the database: two at least, also on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: ["test/world/database.ts"],
    setupFiles: ["test/world/setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true", POWERTOOLS_LOG_LEVEL: "SILENT" },
  },
});
