import { defineConfig } from "vitest/config";

/** The tests of the law alone, without a database: what mutants are tried against. The oracle is left out: it is a process of its own. */
export default defineConfig({
  test: {
    include: [
      "settlement",
      "settlement-properties",
      "answers",
      "shape",
      "lines",
      "verify",
      "trace",
      "explain",
      "explain-aloud",
      "clauses",
      "contribution",
      "owed",
      "cover",
      "posting",
      "policy",
    ].map((name) => `test/law/${name}.test.ts`),
    testTimeout: 60_000,
  },
});
