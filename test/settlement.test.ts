import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { areas, policyOf } from "../shared/policy/areas.ts";
import { publish } from "../shared/policy/publish.ts";
import { settleLine } from "../shared/settlement/lines.ts";
import type { PublishedPolicy, SettledText } from "../shared/settlement/text.ts";
import { verify } from "../shared/settlement/verify.ts";

interface Row {
  readonly name: string;
  readonly source: string;
  readonly case?: { poolingArea: string; claims: { dischargedOn: string; settledElsewhere?: unknown }[] };
  readonly line?: string;
  readonly times?: number;
  readonly expect: Record<string, unknown>[] | { readonly error: string };
}

const folder = join(import.meta.dirname, "vectors");
const files = readdirSync(folder).filter((name) => name.startsWith("settle-"));
const rowsOf = (file: string): Row[] => JSON.parse(readFileSync(join(folder, file), "utf8"));
const lineOf = (row: Row) => (row.case ? JSON.stringify(row.case) : (row.line ?? "").repeat(row.times ?? 1));

/** Policies as others read them: through their published text. */
const published = new Map<string, PublishedPolicy>(
  [...areas.keys()].map((area) => [area, JSON.parse(JSON.stringify(publish(policyOf(area))))]),
);

/** Everything that the verifier finds in a case's answer. */
function findings(asked: NonNullable<Row["case"]>, claims: readonly SettledText[]): string[] {
  const years = new Map<string, Map<string, bigint>>();
  return claims.flatMap((claim, i) => {
    const one = asked.claims[i]!;
    const calendarYear = one.dischargedOn.slice(0, 4);
    const year = years.get(calendarYear) ?? new Map<string, bigint>();
    years.set(calendarYear, year);
    return verify(claim, published.get(asked.poolingArea)!, Boolean(one.settledElsewhere), year);
  });
}

describe.each(files)("vectors: %s", (file) => {
  test.each(rowsOf(file).map((row) => [row.name, row] as const))("%s", (_, row) => {
    const answer = JSON.parse(settleLine(lineOf(row)).line);
    if (!Array.isArray(row.expect)) return void expect(answer.error?.code).toBe(row.expect.error);
    expect(answer.error).toBeUndefined();
    expect(answer.claims).toMatchObject(row.expect);
    expect(answer.claims).toHaveLength(row.expect.length);
    expect(findings(row.case!, answer.claims)).toEqual([]);
  });
});

const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.warn("python3 is absent: the independent oracle was not asked");

/** What the oracle says of some lines. */
function oracle(lines: readonly string[]): Record<string, unknown>[] {
  const work = mkdtempSync(join(tmpdir(), "oracle-"));
  try {
    const paths = [...published].map(([area, policy]) => {
      const path = join(work, `${area}.json`);
      writeFileSync(path, JSON.stringify(policy));
      return path;
    });
    const { stdout, stderr } = spawnSync("python3", [join(import.meta.dirname, "oracle.py"), ...paths], {
      input: `${lines.join("\n")}\n`,
      encoding: "utf8",
      maxBuffer: 1 << 30,
    });
    expect(stderr).toBe("");
    return stdout
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

describe.runIf(python)("the independent oracle", () => {
  test("agrees with every vector, amount by amount", () => {
    const rows = files.flatMap(rowsOf).filter((row) => row.case);
    const answers = oracle(rows.map(lineOf));
    rows.forEach((row, i) => {
      const ours = JSON.parse(settleLine(lineOf(row)).line);
      expect(withoutTrace(ours), row.name).toEqual(answers[i]);
    });
  });
});

/** An answer without its trace, and of an error only the code. */
function withoutTrace(answer: { id: string; claims?: SettledText[]; error?: { code: string } }): unknown {
  if (answer.error) return { id: answer.id, error: { code: answer.error.code } };
  return { id: answer.id, claims: answer.claims!.map(({ trace: _, ...amounts }) => amounts) };
}
