import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { settleLine } from "../../shared/settlement/lines.ts";
import { anyCase, type CaseText, oracle, withoutTrace } from "./cases.ts";
import { oracleIsAsked } from "./oracle-asked.ts";
import { lineOf, vectors } from "./vectors.ts";

/** One thing that the contract refuses, done to a case. */
type Spoil = (asked: CaseText) => unknown;
const claimWith =
  (change: object): Spoil =>
  (asked) => ({ ...asked, claims: asked.claims.map((one, i) => (i === 0 ? { ...one, ...change } : one)) });
const spoils: Spoil[] = [
  (asked) => ({ ...asked, extra: true }),
  (asked) => ({ ...asked, poolingArea: "110000" }),
  (asked) => ({ ...asked, poolingArea: 370600 }),
  (asked) => ({ ...asked, person: { ...asked.person, bornOn: "2023-02-30" } }),
  (asked) => ({ ...asked, person: { ...asked.person, bornOn: "2030-01-01" } }),
  (asked) => ({ ...asked, person: { ...asked.person, retired: "no" } }),
  (asked) => ({ ...asked, id: 7 }),
  (asked) => ({ ...asked, claims: [...asked.claims, { ...asked.claims[0]!, id: "late", dischargedOn: "1990-01-01" }] }),
  claimWith({ transferFrom: "nobody" }),
  claimWith({ transferFrom: "c1" }),
  claimWith({ careType: "dental" }),
  claimWith({ admittedOn: "2100-01-01" }),
  claimWith({ fees: { total: 1000, outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" } }),
  claimWith({ fees: { total: "10.00", outsideCatalogue: "5.00", overPriceCap: "5.00", upfront: "0.01" } }),
  claimWith({ fees: { total: "1000000000.00", outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" } }),
  claimWith({ fees: { lines: [{ code: "x", class: "D", price: "1", quantity: "1" }] } }),
  claimWith({ settledElsewhere: { pooled: "99999999.99" } }),
  claimWith({ admittedOn: "1985-01-01", dischargedOn: "1985-01-02" }),
];

/** The same cases each time, so that a difference can be looked at: one in ten is spoilt. */
const asked: unknown[] = fc
  .sample(fc.tuple(anyCase(), fc.nat(9), fc.constantFrom(...spoils)), { numRuns: 2000, seed: 20_251_120 })
  .map(([one, lot, spoil]) => (lot === 0 ? spoil(one) : one));

describe("the independent oracle", () => {
  oracleIsAsked();

  test("agrees with every vector, amount by amount", () => {
    const rows = vectors.filter((one) => one.case);
    const theirs = oracle(rows.map(lineOf));
    rows.forEach((row, i) => {
      expect(withoutTrace(JSON.parse(settleLine(lineOf(row)).line)), row.name).toEqual(theirs[i]);
    });
  });
  test("asked of 2,000 random cases, agrees on every amount, on what is assumed, and on the code of every refusal", () => {
    const lines = asked.map((one) => JSON.stringify(one));
    const theirs = oracle(lines);
    expect(theirs).toHaveLength(lines.length);
    const differing: unknown[] = [];
    const codes = new Set<string>();
    lines.forEach((line, i) => {
      const answer = JSON.parse(settleLine(line).line);
      if (answer.error) codes.add(answer.error.code);
      const ours = withoutTrace(answer);
      if (!isDeepStrictEqual(ours, theirs[i])) differing.push({ asked: asked[i], ours, theirs: theirs[i] });
    });
    differing.sort((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
    expect(differing[0], `${differing.length} differ, the shortest first`).toBeUndefined();
    expect([...codes].sort()).toEqual(["malformed", "no-rule-in-force", "unknown-area", "unknown-transfer"]);
  });
});
