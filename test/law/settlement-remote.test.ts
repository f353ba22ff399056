import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { filings } from "../../shared/policy/table.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import remote from "../vectors/settle-remote.json" with { type: "json" };
import { fenOf, findings, yuanText } from "./cases.ts";
import { caseOf, settled } from "./settled.ts";

/** 异地就医的结算 · what a filing, or the want of one, does to a bill, and how it is said. */
const answerTo = (name: string) => {
  const { case: asked } = remote.find((row) => row.name === name)!;
  return settled(caseOf(asked.id)).at(-1)!;
};

describe("care away, read aloud", () => {
  /** The sentences that say what was different because of where, and because of what was filed. */
  test.each<[vector: string, sentence: string]>([
    [
      "南昌: out of the province without a filing, 20 % is the person's own first",
      "因为在外地看病没有备案，另有2,000元要先由您自己付。",
    ],
    ["南昌: out of the province with a referral, 10 % moves", "因为转诊到外地看病，另有1,000元要先由您自己付。"],
    ["南昌: an emergency counts as filed: 10 % moves", "因为在外地急诊抢救，另有1,000元要先由您自己付。"],
    [
      "南昌: a temporary filing is one of the others: 20 % moves as without it",
      "因为临时外出看病，另有2,000元要先由您自己付。",
    ],
    [
      "南昌: whoever filed for long and comes back home pays 10 % first",
      "因为您备案长期住在外地，这次回参保地看病，另有1,000元要先由您自己付。",
    ],
    [
      "渭南: out of the province without a filing, 20 points less",
      "基本医保：起付线（先由您自己付的部分）是800元，剩下的10,000元按45%报（在外地看病没有备案，少报20个百分点），报4,500元。",
    ],
    [
      "渭南: with a referral, 10 points less",
      "基本医保：起付线（先由您自己付的部分）是800元，剩下的10,000元按55%报（转诊到外地看病，少报10个百分点），报5,500元。",
    ],
    [
      "渭南: filed for long, nothing less",
      "基本医保：起付线（先由您自己付的部分）是800元，剩下的10,000元按65%报，报6,500元。",
    ],
    [
      "齐齐哈尔: referred up, the second stay has no deductible and the share of its own level",
      "基本医保：您是转院来的，不再收起付线（先由您自己付的部分），10,000元按60%报，报6,000元。",
    ],
    [
      "南昌: seventy, four referred stays: the fourth is without a deductible, 10 % still moves",
      "基本医保：这是您今年第4次住院，没有起付线（先由您自己付的部分），900元按60%报，报540元。",
    ],
  ])("%s", (vector, sentence) => {
    expect(sentences(answerTo(vector))).toContain(sentence);
  });
  test("what is assumed of a cut is owned up to, what is stated of one is not", () => {
    const owned = (vector: string) => sentences(answerTo(vector)).find((one) => one.startsWith("提醒您"));
    expect(owned("渭南: a temporary filing is taken for one of the others: 20 points less (assumed)")).toContain(
      "少报的比例（20%）",
    );
    expect(owned("渭南: out of the province without a filing, 20 points less")).not.toContain("少报的比例");
  });
  test("where nothing moved and nothing was cut, nothing is said of it", () => {
    for (const vector of [
      "南昌: at home nobody has to file",
      "南昌: out of the province, filed for long, nothing moves",
      "渭南: in another city of the province nothing less, filed or not",
    ])
      expect(sentences(answerTo(vector)).join("")).not.toMatch(/外地|备案|少报|临时外出/);
  });
});

describe("care away, in the officer's table", () => {
  const rowOf = (vector: string, code: string) => clauses(answerTo(vector)).find((one) => one.code === code);
  test("the share that moves, and the points off, stand with their line, value, document and standing", () => {
    expect(
      rowOf(
        "南昌: out of the province without a filing, 20 % is the person's own first",
        "benefits.resident.remoteUpfront/not-filed",
      ),
    ).toMatchObject({
      item: "异地先行自付",
      formula: "10000.00 × 20%",
      result: "2000.00",
      parameter: "异地先行自付比例（省外，没有备案）",
      value: "20%",
      cite: "江西省南昌市医保政策汇编",
      standing: "载明",
      decided: true,
    });
    const cut = "benefits.resident.inpatient.bonus/not-filed";
    expect(rowOf("渭南: out of the province without a filing, 20 points less", cut)).toMatchObject({
      parameter: "住院比例扣减（省外，没有备案）",
      value: "−20个百分点",
      cite: "渭南市异地就医支付比例的规定",
      standing: "载明",
      decided: true,
    });
  });
  test("a transfer's second deductible of nothing stands with the interview that gives it", () => {
    const vector = "齐齐哈尔: referred up, the second stay has no deductible and the share of its own level";
    expect(rowOf(vector, "benefits.resident.inpatient.deductible/transferred")).toMatchObject({
      formula: "10000.00 与 0.00 取小",
      parameter: "住院起付标准（转诊转院后）",
      cite: "齐齐哈尔市城乡居民医保访谈",
      standing: "载明",
    });
  });
});

describe("laws of care away", () => {
  const areas = { "360100": "360102", "610500": "610502", "230200": "230202", "522300": "522301", "331000": "331022" };
  const bill = fc.record({
    area: fc.constantFrom(...(Object.keys(areas) as (keyof typeof areas)[])),
    fen: fc.integer({ min: 0, max: 40_000_000 }),
    level: fc.constantFrom("township", "secondary", "tertiary"),
    careType: fc.constantFrom("inpatient", "chronic-outpatient", "outpatient"),
    away: fc.constantFrom("110101", "home"),
  });
  type Bill = typeof bill extends fc.Arbitrary<infer B> ? B : never;
  const stay = ({ area, fen, level, careType, away }: Bill, id: string, more: object) => ({
    id,
    careType,
    admittedOn: "2025-03-15",
    dischargedOn: "2025-03-15",
    provider: { level, county: away === "home" ? areas[area] : away },
    fees: { total: yuanText(fen), outsideCatalogue: "0.00", overPriceCap: "0.00", upfront: "0.00" },
    ...more,
  });
  const person = ({ area }: Bill) => ({ bornOn: "1980-05-12", homeCounty: areas[area], identities: [] });
  const asking = (one: Bill, ...claims: ReturnType<typeof stay>[]) => ({
    id: "remote",
    poolingArea: one.area,
    person: person(one),
    claims,
  });
  const pays = (one: Bill, filing: string) => {
    const asked = asking(one, stay(one, "c1", { filing }));
    const claims = settled(asked);
    expect(findings(asked, claims)).toEqual([]);
    return fenOf(claims[0]!.patientTotal);
  };

  test("away, no filing never leaves less to pay than any; filed for long never more than referred", () => {
    let dearer = 0;
    fc.assert(
      fc.property(bill, (drawn) => {
        const one = { ...drawn, away: "110101" as const };
        const [none, temporary, referral, emergency, long] = [
          "none",
          "temporary",
          "referral",
          "emergency",
          "long-term",
        ].map((filing) => pays(one, filing));
        expect(none).toBe(temporary);
        expect(none).toBeGreaterThanOrEqual(referral!);
        expect(referral).toBe(emergency);
        expect(referral).toBeGreaterThanOrEqual(long!);
        if (none! > referral! && referral! > long!) dearer++;
        if (one.area !== "360100" && one.area !== "610500") expect(none).toBe(long);
      }),
      { numRuns: 300 },
    );
    expect(dearer).toBeGreaterThan(30);
  });
  test("齐齐哈尔: a transfer never leaves more to pay than no transfer, and what it saves is at most the deductible", () => {
    let saved = 0;
    fc.assert(
      fc.property(bill, (drawn) => {
        const one = { ...drawn, area: "230200" as const, careType: "inpatient" as const };
        const second = (transferFrom: string | null) => {
          const first = stay({ ...one, level: "secondary", away: "home" }, "c1", {});
          const asked = asking(one, first, stay(one, "c2", { transferFrom }));
          const claims = settled(asked);
          expect(findings(asked, claims)).toEqual([]);
          return claims[1]!;
        };
        const [moved, anew] = [second("c1"), second(null)];
        expect(moved.deductiblePaid).toBe("0.00");
        const less = fenOf(anew.patientTotal) - fenOf(moved.patientTotal);
        expect(less).toBeGreaterThanOrEqual(0);
        expect(less).toBeLessThanOrEqual(fenOf(anew.deductiblePaid));
        saved += Math.sign(less);
      }),
      { numRuns: 300 },
    );
    expect(saved).toBeGreaterThan(50);
  });
  test("the vectors try every filing out of the province in every area where a filing could matter", () => {
    for (const area of Object.keys(areas)) {
      const claims = remote.filter((row) => row.case.poolingArea === area).flatMap((row) => row.case.claims);
      const tried = claims.filter(({ provider }) => !provider.county.startsWith(area.slice(0, 2)));
      const kinds = new Set(tried.map((one) => ("filing" in one && one.filing ? one.filing : "none")));
      expect([...kinds].sort(), area).toEqual([...filings].sort());
    }
  });
});
