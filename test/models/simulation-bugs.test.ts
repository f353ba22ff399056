import { describe, expect, test } from "vitest";
import bugs from "./simulation-bugs.json" with { type: "json" };
import { bundled, played } from "./simulation-bundle.ts";

/** Within so many seeds each bug is found; without one they all pass, and many more do in `simulation.test.ts`. */
const seeds = 1_000;

describe("deliberate bugs are found by the simulation", () => {
  test.each(bugs.map((bug, i) => ({ ...bug, i })))("$name", async ({ i, finds, ...bug }) => {
    const { passed, said } = await played(await bundled(bug, `simulation-bug-${i}`), seeds, 1);
    expect(passed).toBe(false);
    expect(said).toMatch(/^npm run simulate -- 1 \d+$/m);
    expect(said.split("\n").filter((line) => line.includes("✗") && line.includes(finds))).not.toEqual([]);
  });
});
