import { readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import type { settleLine } from "../../shared/settlement/lines.ts";
import mutants from "./mutants.json" with { type: "json" };
import { lineOf, vectors } from "./vectors.ts";

const root = join(import.meta.dirname, "../..");
const lines = vectors.map(lineOf);

/** The law with one place changed, as a module of its own. */
async function lawWith(file: string, from: string, to: string): Promise<typeof settleLine> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "shared/settlement/lines.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    plugins: [
      {
        name: "mutant",
        setup: ({ onLoad }) =>
          onLoad({ filter: /\.ts$/ }, ({ path }) => {
            const source = readFileSync(path, "utf8");
            return { contents: path === join(root, file) ? source.replace(from, to) : source, loader: "ts" };
          }),
      },
    ],
  });
  const module = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.text).toString("base64")}`);
  return module.settleLine;
}

/** How many vectors a law does not satisfy, amounts and refusals only: no trace is looked at. */
function broken(settle: typeof settleLine): number {
  return vectors.filter(({ expect: wanted }, i) => {
    let answer: { claims?: Record<string, unknown>[]; error?: { code: string } };
    try {
      answer = JSON.parse(settle(lines[i]!).line);
    } catch {
      return true;
    }
    if (!Array.isArray(wanted)) return answer.error?.code !== (wanted as { error: string }).error;
    const amounts = (of: Record<string, unknown>, like: Record<string, unknown>) =>
      JSON.stringify(Object.keys(like).map((name) => of[name]));
    return !wanted.every(
      (claim, k) => answer.claims?.[k] && amounts(answer.claims[k], claim) === amounts(claim, claim),
    );
  }).length;
}

describe("seeded mutants of the law die by the vectors alone", () => {
  test("the law itself satisfies every vector", async () => {
    expect(broken(await lawWith("shared/money.ts", "", ""))).toBe(0);
  });
  test.each(mutants)("$name", async ({ file, from, to }) => {
    expect(readFileSync(join(root, file), "utf8").split(from), `${from} stands once in ${file}`).toHaveLength(2);
    expect(broken(await lawWith(file, from, to))).toBeGreaterThan(0);
  });
});
