import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { quoteLine } from "../../shared/contribution/lines.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { settleLine } from "../../shared/settlement/lines.ts";
import type { SettledText } from "../../shared/settlement/text.ts";
import { traceJsonSchema } from "../../shared/settlement/trace-schema.ts";
import quotes from "../vectors/quote.json" with { type: "json" };
import { rows, tables, tampered } from "./tamperings.ts";
import { lineOf, vectorFiles } from "./vectors.ts";

/**
 * 答复不变 · guards that what is printed stays what it was, byte for byte, trace and messages too. Whether it is right is not
 * asked here: the amounts are worked out by hand in vectors/. A change that was meant is taken over with ANSWERS=renew.
 */
const kept = join(import.meta.dirname, "../vectors/answers.json");

const told = (asked: unknown) => {
  const { claims }: { claims: SettledText[] } = JSON.parse(settleLine(JSON.stringify(asked)).line);
  return JSON.stringify(claims.map((one) => [sentences(one), clauses(one)]));
};

type Printed = readonly (readonly [name: string, text: () => string])[];

/** Everything that is printed, by what it answers. */
const printed: readonly (readonly [group: string, Printed])[] = [
  ["quote", quotes.map((row) => [row.name, () => quoteLine(JSON.stringify(row.case)).line])],
  ...vectorFiles.map(([file, vectors]): [string, Printed] => [
    file.replace(".json", ""),
    vectors.map((row) => [row.name, () => settleLine(lineOf(row)).line]),
  ]),
  ...vectorFiles.map(([file, vectors]): [string, Printed] => [
    file.replace("settle", "told").replace(".json", ""),
    vectors.filter((row) => Array.isArray(row.expect)).map((row) => [row.name, () => told(row.case)]),
  ]),
  ["schema", [["the JSON Schema of a trace", () => JSON.stringify(traceJsonSchema())]]],
  ...tables.map(([name, table, follow]): [string, Printed] => [
    `findings-${name}`,
    rows(table).map(([sentence, which, edit]) => [sentence, () => tampered(which, edit, follow).findings.join("\n")]),
  ]),
];

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

if (process.env.ANSWERS === "renew") {
  const hashes = printed.map(([group, some]) => [
    group,
    Object.fromEntries(some.map(([name, text]) => [name, hashOf(text())])),
  ]);
  writeFileSync(kept, `${JSON.stringify(Object.fromEntries(hashes), null, 1)}\n`);
}
const answers: Record<string, Record<string, string>> = JSON.parse(readFileSync(kept, "utf8"));

describe.each(printed)("the printed answer of every vector is byte for byte what it was: %s", (group, some) => {
  test("no name is there twice, and each has its answer", () => {
    expect(Object.keys(answers[group]!)).toEqual(some.map(([name]) => name));
  });
  test.each(some)("%s", (name, text) => {
    expect(hashOf(text())).toBe(answers[group]![name]);
  });
});
