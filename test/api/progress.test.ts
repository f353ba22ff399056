import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areas } from "../../shared/areas/areas.ts";
import { type Bar, progress } from "../../shared/care/progress.ts";
import { day } from "../../shared/day.ts";
import { type Yuan, yuan, zero } from "../../shared/money.ts";
import { type IdentityKind, identityKinds, identityNames } from "../../shared/policy/identity.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import type { CareType } from "../../shared/policy/table.ts";
import { type Claim, freshYear, type Person, type Seen, type Year } from "../../shared/settlement/claim.ts";
import { type Settlement, settle } from "../../shared/settlement/settle.ts";

const on = day("2025-11-20");
const policies = [...areas.values()].filter((policy) => policy.benefits?.resident);
const listed = (kinds: readonly IdentityKind[]) =>
  kinds.map((kind) => ({ kind, from: day("2022-01-03"), until: null }));

/** Care at home, as the bars promise it. */
const careOf = ({ homeCounty }: Person, careType: CareType, total: Yuan): Claim => ({
  careType,
  admittedOn: on,
  dischargedOn: on,
  level: "secondary",
  county: homeCounty,
  reformed: false,
  filing: "none",
  transferred: false,
  disease: "",
  fees: { total, outsideCatalogue: zero, overPriceCap: zero, upfront: zero },
  elsewhere: null,
});
/** The same where another system has settled the basic layer at nothing: all of it comes to the layers over the year. */
const leftAfterBasic = (person: Person, total: Yuan): Claim => ({
  ...careOf(person, "inpatient", total),
  elsewhere: { pooled: zero, largeExpense: zero },
});

const sum = (most: number) => fc.oneof(fc.constant(0), fc.nat({ max: most })).map((fen) => fen as Yuan);
const seen: fc.Arbitrary<Seen> = fc.record({ base: sum(3_000_000), paid: sum(3_500_000) });
const year: fc.Arbitrary<Year> = fc.record({
  stays: fc.nat({ max: 4 }),
  pooled: sum(22_000_000),
  outpatient: sum(90_000),
  largeExpense: fc.constant(zero),
  criticalIllness: seen,
  specialDrug: seen,
  otherLayers: fc.array(seen, { maxLength: 1 }),
  medicalAid: seen,
  furtherAid: seen,
});
const someone = (most: number) =>
  fc.record({
    policy: fc.constantFrom(...policies),
    bornOn: fc.constantFrom(day("1953-03-08"), day("1990-05-01"), day("2015-06-01")),
    kinds: fc.subarray([...identityKinds], { maxLength: most }),
    year,
    total: fc.oneof(sum(6_000_000), sum(200_000_000)),
    careType: fc.constantFrom<CareType>("inpatient", "chronic-outpatient", "outpatient"),
  });
const personOf = (policy: Policy, bornOn: Person["bornOn"], kinds: readonly IdentityKind[]): Person => ({
  bornOn,
  retired: false,
  homeCounty: policy.area,
  familyDoctor: false,
  identities: listed(kinds),
});

/** What a layer paid in a settlement, and the sums of the year that its bars count. */
function paidBy(layer: string, settled: Settlement, policy: Policy): Yuan {
  if (layer === "outpatient") return settled.heading.facts.careType === "outpatient" ? settled.pooled : zero;
  if (layer === "pooled") return settled.heading.facts.careType === "outpatient" ? zero : settled.pooled;
  const other = settled.otherLayers.find(({ name }) => name === layer);
  if (other) return other.amount;
  expect(["criticalIllness", "specialDrug", "medicalAid", "furtherAid"], policy.name).toContain(layer);
  return settled[layer as "criticalIllness"];
}
const next = (person: Person, settled: Settlement, policy: Policy, { layer, kind }: Bar): Bar | undefined =>
  progress(person, settled.after, policy, on).bars.find((bar) => bar.layer === layer && bar.kind === kind);

describe("what the bars say is what settle does", () => {
  test("no layer pays more than its bar leaves, and the next bar counts exactly what it paid", () => {
    let bound = 0;
    fc.assert(
      fc.property(someone(1), ({ policy, bornOn, kinds, year, total, careType }) => {
        const person = personOf(policy, bornOn, kinds);
        const settled = settle(person, careOf(person, careType, total), year, policy, "resident");
        for (const bar of progress(person, year, policy, on).bars) {
          const paid = paidBy(bar.layer, settled, policy);
          if (bar.kind === "threshold") continue;
          expect(paid).toBeLessThanOrEqual(bar.left);
          expect(next(person, settled, policy, bar)).toMatchObject({
            used: bar.used + paid,
            left: Math.max(0, bar.left - paid),
          });
          if (paid > 0 && paid === bar.left) bound += 1;
        }
      }),
      { numRuns: 6_000 },
    );
    expect(bound).toBeGreaterThan(50);
  });

  test("a layer pays nothing until its threshold is reached, and something as soon as it is passed", () => {
    const reached = { below: 0, above: 0 };
    fc.assert(
      fc.property(someone(1), ({ policy, bornOn, kinds, year, total, careType }) => {
        const person = personOf(policy, bornOn, kinds);
        const settled = settle(person, careOf(person, careType, total), year, policy, "resident");
        const { bars } = progress(person, year, policy, on);
        for (const bar of bars.filter(({ kind }) => kind === "threshold")) {
          const after = next(person, settled, policy, bar)!;
          const limit = bars.find(({ layer, kind }) => layer === bar.layer && kind === "limit");
          if (after.left > 0 || after.used === after.bound || after.used === bar.used) {
            expect(paidBy(bar.layer, settled, policy)).toBe(0);
            reached.below += 1;
          } else if (limit?.left !== 0 && after.used - Math.max(bar.used, bar.bound) >= 2) {
            expect(paidBy(bar.layer, settled, policy)).toBeGreaterThan(0);
            reached.above += 1;
          }
        }
      }),
      { numRuns: 6_000 },
    );
    expect(Math.min(reached.below, reached.above)).toBeGreaterThan(500);
  });

  test("a claim that just reaches the threshold of 大病 is not paid by it, one fen more is", () => {
    let tried = 0;
    fc.assert(
      fc.property(someone(1), ({ policy, bornOn, kinds, year }) => {
        const person = personOf(policy, bornOn, kinds);
        const bar = progress(person, year, policy, on).bars.find(
          ({ layer, kind }) => layer === "criticalIllness" && kind === "threshold",
        );
        const full = year.criticalIllness.paid > 0;
        if (!bar || bar.left === 0 || full) return;
        const pays = (total: number) =>
          settle(person, leftAfterBasic(person, total as Yuan), year, policy, "resident").criticalIllness;
        expect([pays(bar.left), pays(bar.left + 1)]).toEqual([0, 1]);
        tried += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(tried).toBeGreaterThan(200);
  });

  test("of several identities the bars are for the one that settle takes, which is one of those in force", () => {
    fc.assert(
      fc.property(someone(3), ({ policy, bornOn, kinds, year }) => {
        const person = personOf(policy, bornOn, kinds);
        const { identity, identities } = progress(person, year, policy, on);
        const settled = settle(person, careOf(person, "inpatient", yuan("300000")), year, policy, "resident");
        expect([identity, identities]).toEqual([settled.identity, settled.identities]);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("bars in words", () => {
  const yantai = areas.get("370600")!;
  const barsOf = (kinds: readonly IdentityKind[], year: Year) =>
    progress(personOf(yantai, day("1953-03-08"), kinds), year, yantai, on).bars;
  const said = (bars: readonly Bar[]) => Object.fromEntries(bars.map((bar) => [bar.name, bar.sentence]));

  test("a person without identities has no bar of assistance, and hears what is left to each threshold", () => {
    const bars = said(barsOf([], { ...freshYear, criticalIllness: { base: yuan("9000"), paid: zero } }));
    expect(bars).toEqual({
      门诊全年限额: "今年还没有报过，还能报400元。",
      基本医保封顶线: "今年还没有报过，还能报200,000元。",
      大病保险起付线: "今年由您负担、能算进来的已有9,000元，还差5,000元到起付线；超过的部分大病保险开始报。",
      大病保险全年限额: "今年还没有报过，还能报400,000元。",
    });
  });
  test("low-income support halves the threshold, has no limit of 大病 and has those of assistance", () => {
    const bars = said(
      barsOf(["minimum-living"], { ...freshYear, medicalAid: { base: yuan("40000"), paid: yuan("30000") } }),
    );
    expect(Object.keys(bars)).toEqual([
      "门诊全年限额",
      "基本医保封顶线",
      "大病保险起付线",
      "医疗救助全年限额",
      "再救助起付线",
      "再救助全年限额",
    ]);
    expect(bars.大病保险起付线).toContain("还差7,000元");
    expect(bars.医疗救助全年限额).toBe("今年已经付满30,000元，不能再付了。");
  });
  test("a threshold that is reached says so", () => {
    const year = { ...freshYear, criticalIllness: { base: yuan("14000"), paid: zero } };
    expect(said(barsOf([], year)).大病保险起付线).toContain("已经到了起付线14,000元");
  });
  test("what rests on an assumption says so, every rule is cited or assumed, every word is Chinese", () => {
    for (const policy of policies)
      for (const kind of identityKinds)
        for (const { rule, sentence, name } of progress(
          personOf(policy, day("2015-06-01"), [kind]),
          freshYear,
          policy,
          on,
        ).bars) {
          expect(rule.standing === "assumed" ? rule.note : rule.cite, `${policy.name} ${identityNames[kind]}`).not.toBe(
            "",
          );
          expect(`${name}${sentence}`).not.toMatch(/[a-z]|undefined|NaN/i);
        }
  });
  test("before the area's first rule there are no bars", () => {
    expect(progress(personOf(yantai, day("1953-03-08"), []), freshYear, yantai, day("2000-01-01")).bars).toEqual([]);
  });
});
