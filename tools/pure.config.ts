import { defineConfig } from "vitest/config";
import { env } from "../vitest.config.ts";

/** Tests of the law and of the code's shape: no database, no build, nothing kept between files, and none of them long. */
export default defineConfig({
  test: {
    include: ["test/law/*.test.ts", "test/system/{tidy*,states}.test.ts"],
    // Each takes as long as all the others together; they run where what they test was changed.
    exclude: ["test/law/{mutants,settlement-properties}.test.ts"],
    isolate: false,
    testTimeout: 120_000,
    env,
  },
});
