import { availableParallelism } from "node:os";
import { defineConfig } from "vitest/config";
import { env } from "../vitest.config.ts";

/** Tests of the law and of the code's shape: no database, no build, nothing kept between files, and none of them long. */
export default defineConfig({
  test: {
    include: ["test/law/*.test.ts", "test/system/{tidy*,states}.test.ts"],
    // These start commands, or take as long as all the others together; they run where what they test was changed.
    exclude: ["test/law/*-command.test.ts", "test/law/{mutants,settlement-properties}.test.ts"],
    isolate: false,
    maxWorkers: availableParallelism(),
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env,
  },
});
