import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { areas, policyOf } from "../../shared/areas/areas.ts";
import { documents } from "../../shared/areas/documents.ts";
import { day } from "../../shared/day.ts";
import { type Points, points, type Share, share, shareText, type Yuan, yuan } from "../../shared/money.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import { publish } from "../../shared/policy/publish.ts";
import { assumed } from "../../shared/policy/series.ts";
import {
  type Benefits,
  type NoLimit,
  type NotCovered,
  noLimit,
  notCovered,
  type Tiers,
} from "../../shared/policy/settlement.ts";
import { absent, everybody, flat, others, tiers, unmentioned } from "../../shared/policy/shapes.ts";
import { line } from "../../shared/policy/table.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { identitiesFor } from "../../shared/settlement/settle.ts";
import type { PublishedPolicy, SettledText } from "../../shared/settlement/text.ts";
import { raise } from "../../shared/settlement/tiers.ts";
import { verify } from "../../shared/settlement/verify.ts";
import { type Claim, settled, stepOf } from "./forging.ts";

/** 示例: an invented area of the shapes that no area in the package uses yet. Expected amounts are worked out by hand beside them. */
const area = "999900";
const from = "2025-01-01";
const why = "invented";
const say = <T>(value: T) => assumed<T>(from, why, value);
const layer = (threshold: string, ratio: string, limit: Yuan | NoLimit) => ({
  threshold: everybody(say(yuan(threshold))),
  tiers: everybody(say<Tiers | NotCovered>(flat(ratio))),
  limit: everybody(say<Yuan | NoLimit>(limit)),
});

const resident: Benefits = {
  ...unmentioned(from),
  remoteUpfront: [
    line<Share>("out-of-province", { place: ["out-of-province"] }, say(share("0.1"))),
    line<Share>("in-province", { place: ["in-province"] }, say(share("0.05"))),
    line<Share>("in-city", { place: ["in-city"] }, say(share("0.02"))),
    others(say(share("0"))),
  ],
  inpatient: {
    deductible: [
      line<Yuan>("adults", { ageFrom: 18 }, say(yuan("1000")), assumed("2026-01-01", why, yuan("1200"))),
      others(say(yuan("500"))),
    ],
    tiers: everybody(say<Tiers | NotCovered>(tiers("0", "0.5", "10000", "0.6", "50000", "0.98"))),
    bonus: [
      line<Points>("injuries", { disease: [["S00", "T98"]] }, say(points("0.05"))),
      line<Points>("eyes", { disease: [["H00", "H59"]] }, say(points("-0.55"))),
      others<Points>(say(points("0"))),
    ],
  },
  chronic: {
    deductible: everybody(say(yuan("0"))),
    tiers: everybody(say<Tiers | NotCovered>(notCovered)),
    bonus: everybody(say(share("0"))),
  },
  outpatient: {
    deductible: everybody(say(yuan("0"))),
    tiers: everybody(say<Tiers | NotCovered>(flat("0.5"))),
    bonus: everybody(say(share("0"))),
  },
  ceiling: everybody(say<Yuan | NoLimit>(yuan("100000"))),
  outpatientCeiling: everybody(say<Yuan | NoLimit>(yuan("300"))),
  caesarean: everybody(say<Yuan | NotCovered>(yuan("1000"))),
  largeExpense: everybody(say<Yuan | NotCovered>(yuan("20000"))),
  criticalIllness: layer("10000", "0.6", noLimit),
  otherLayers: [
    { name: "local", layer: layer("0", "0.1", yuan("500")) },
    { name: "second", layer: layer("1000", "0.2", noLimit) },
  ],
  medicalAid: absent(from, why),
};

beforeAll(() => {
  const yantai = policyOf("370600");
  const policy: Policy = { ...yantai, area, begins: [say<true>(true)], benefits: { resident } };
  (areas as Map<string, Policy>).set(area, policy);
});
afterAll(() => void (areas as Map<string, Policy>).delete(area));

const county = { home: "999901", inCity: "999902", inProvince: "998801", outOfProvince: "110101" };
const fees = (total: string, upfront = "0.00") => ({ total, outsideCatalogue: "0.00", overPriceCap: "0.00", upfront });
const stay = (total: string, more: object = {}) => ({
  careType: "inpatient",
  admittedOn: "2025-03-10",
  dischargedOn: "2025-03-10",
  provider: { level: "tertiary", county: county.home },
  fees: fees(total),
  ...more,
});
const at = (place: keyof typeof county) => ({ provider: { level: "tertiary", county: county[place] } });
const asked = (bornOn: string, ...claims: object[]) => ({
  id: "shape",
  poolingArea: area,
  person: { bornOn, homeCounty: county.home },
  claims: claims.map((one, i) => ({ id: `c${i + 1}`, ...one })),
});
type Asked = ReturnType<typeof asked>;

const answer = (one: Asked): Claim[] => settled(one as never);
function findings({ claims: written }: Asked, claims: Claim[]): string[] {
  const policy: PublishedPolicy = JSON.parse(JSON.stringify(publish(policyOf(area), documents)));
  const years = new Map<string, Map<string, bigint>>();
  return claims.flatMap((claim, i) => {
    const one = written[i] as unknown as { dischargedOn: string; settledElsewhere?: object };
    const year = years.get(one.dischargedOn.slice(0, 4)) ?? new Map<string, bigint>();
    years.set(one.dischargedOn.slice(0, 4), year);
    return verify(claim as unknown as SettledText, policy, Boolean(one.settledElsewhere), year);
  });
}
/** Settles, compares with what was worked out by hand, and lets the verifier follow. */
function expected(one: Asked, ...wanted: object[]): Claim[] {
  const claims = answer(one);
  expect(claims).toMatchObject(wanted);
  expect(claims).toHaveLength(wanted.length);
  expect(findings(one, claims)).toEqual([]);
  return claims;
}
const adult = "1980-05-01";
const far = { ...stay("30000.00", { fees: fees("30000.00", "1000.00"), diseases: ["S72.0"] }), ...at("outOfProvince") };

describe("a share of care away that moves to the person's own first", () => {
  test("segments, points on each share, 大病, two other layers: every amount by hand", () => {
    // At home 29,000 in scope, 10 % is 2,900; 26,100 − 1,000: 10,000 × 55 % + 15,100 × 65 % = 15,315; 10,785 borne:
    // 785 × 60 % = 471; 10,314 × 10 % is over 500; (9,814 − 1,000) × 20 % = 1,762.80; 8,051.20 + 3,900 left.
    const [claim] = expected(asked(adult, far), {
      upfront: "3900.00",
      inScope: "26100.00",
      deductiblePaid: "1000.00",
      pooled: "15315.00",
      largeExpense: "0.00",
      criticalIllness: "471.00",
      otherLayers: [
        { name: "local", amount: "500.00" },
        { name: "second", amount: "1762.80" },
      ],
      fundsTotal: "18048.80",
      patientTotal: "11951.20",
      assumed: true,
    });
    expect(stepOf(claim!, "remoteUpfront")).toMatchObject({
      op: "portion",
      inputs: { inScopeAtHome: "29000.00" },
      rules: [{ value: "0.1", decided: true }],
      result: "2900.00",
    });
  });
  test("told to the person and to the officer", () => {
    const [claim] = answer(asked(adult, far)) as unknown as SettledText[];
    expect(sentences(claim!)).toEqual(
      expect.arrayContaining([
        "其中按规定先由您付的1,000元，这些要您自己付。",
        "因为在外地看病，另有2,900元要先由您自己付。",
        "剩下的26,100元在医保能报的范围内。",
        "基本医保：起付线（先由您自己付的部分）是1,000元，剩下的25,100元分段按55%、65%报，报15,315元。",
      ]),
    );
    const rows = clauses(claim!).map(({ item, formula, result }) => [item, formula, result].join(" | "));
    expect(rows).toEqual(
      expect.arrayContaining([
        "符合范围金额（移出异地先行自付以前） | 30000.00 − 1000.00 | 29000.00",
        "异地先行自付 | 29000.00 × 10% | 2900.00",
        "先行自付合计 | 1000.00 + 2900.00 | 3900.00",
        "按比例计算 | 10000.00 × 55% + (25100.00 − 10000.00) × 65% | 15315.00",
      ]),
    );
  });
  test("what another system settled, it settled after moving: nothing moves again", () => {
    // 29,000 − 5,000 = 24,000 borne; 14,000 × 60 % = 8,400; 500; (15,100 − 1,000) × 20 % = 2,820.
    expected(asked(adult, { ...far, settledElsewhere: { pooled: "5000.00" } }), {
      upfront: "1000.00",
      inScope: "29000.00",
      pooled: "5000.00",
      criticalIllness: "8400.00",
      otherLayers: [{ amount: "500.00" }, { amount: "2820.00" }],
      patientTotal: "13280.00",
    });
  });
  test("by the county: at home nothing, 2 % in the city, 5 % in the province, 10 % beyond", () => {
    const places = ["home", "inCity", "inProvince", "outOfProvince"] as const;
    // What is left in scope goes under the deductible; the first other layer pays 10 % of it: 10, 9.80, 9.50, 9.
    const left = [
      ["0.00", "90.00"],
      ["2.00", "90.20"],
      ["5.00", "90.50"],
      ["10.00", "91.00"],
    ];
    expected(
      asked(adult, ...places.map((place) => stay("100.00", at(place)))),
      ...left.map(([upfront, patientTotal]) => ({ upfront, patientTotal })),
    );
  });
  test("half a fen moves, less does not; what moved nothing decided nothing", () => {
    const away = (total: string) => asked(adult, stay(total, at("outOfProvince")));
    const rule = (claims: Claim[]) => stepOf(claims[0]!, "remoteUpfront").rules[0]!.decided;
    expect(rule(expected(away("0.05"), { upfront: "0.01", inScope: "0.04", assumed: true }))).toBe(true);
    expect(rule(expected(away("0.04"), { upfront: "0.00", inScope: "0.04", assumed: true }))).toBe(false);
    expected(away("0.00"), { patientTotal: "0.00", assumed: false });
  });
  test("a fixed sum for a caesarean far away: the share moves all the same", () => {
    expected(asked(adult, stay("3000.00", { careType: "caesarean", ...at("outOfProvince") })), {
      upfront: "300.00",
      inScope: "2700.00",
      fixedBenefit: "1000.00",
      pooled: "0.00",
      otherLayers: [{ amount: "0.00" }, { amount: "0.00" }],
      patientTotal: "2000.00",
    });
  });
});

describe("the ceiling, and 大额 above it", () => {
  test("of 176,000 the pool pays 100,000 and 大额 20,000; the next stay finds both used up", () => {
    // 10,000 × 50 % + 40,000 × 60 % + 150,000 × 98 % = 176,000; 81,000 borne: 71,000 × 60 % = 42,600; 38,400 × 10 % is
    // over 500; (37,900 − 1,000) × 20 % = 7,380. Then 1,000 × 50 % is pooled no more: 2,000 × 60 %; nothing; 800 × 20 %.
    expected(
      asked(adult, stay("201000.00"), stay("2000.00")),
      {
        pooled: "100000.00",
        largeExpense: "20000.00",
        criticalIllness: "42600.00",
        otherLayers: [{ amount: "500.00" }, { amount: "7380.00" }],
        patientTotal: "30520.00",
      },
      {
        deductiblePaid: "1000.00",
        pooled: "0.00",
        largeExpense: "0.00",
        criticalIllness: "1200.00",
        otherLayers: [{ amount: "0.00" }, { amount: "160.00" }],
        patientTotal: "640.00",
      },
    );
  });
  test("a share and its points are never more than the whole: 98 % and 5 points are 100 %", () => {
    // 10,000 × 55 % + 40,000 × 65 % + 10,000 × 100 % = 41,500.
    expected(asked(adult, stay("61000.00", { diseases: ["S72.0"] })), { pooled: "41500.00" });
  });
  test("大额 that is not used up pays what was cut off", () => {
    // 5,000 + 24,000 + 75,000 × 98 % = 102,500.
    expected(asked(adult, stay("126000.00")), { pooled: "100000.00", largeExpense: "2500.00" });
  });
});

describe("points taken off a share", () => {
  const eyes = (total: string) => asked(adult, stay(total, { diseases: ["H25.1"] }));
  test("a share never goes below nothing: 50 % and 60 % less 55 points are nothing and 5 %", () => {
    // 11,000 borne: 1,000 × 60 %; 10,400 × 10 % is over 500; (9,900 − 1,000) × 20 %.
    expected(eyes("11000.00"), { pooled: "0.00", criticalIllness: "600.00", patientTotal: "8120.00" });
    // 50,000 × 5 % less the first tier's 10,000, which earn nothing: 2,000; above them 98 % less 55 points.
    expected(eyes("51000.00"), { pooled: "2000.00" });
    expected(eyes("61000.00"), { pooled: "6300.00" });
  });
  test("whatever the points, a share stays between nothing and the whole, and without points it is what it was", () => {
    const ratio = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(fc.array(ratio, { minLength: 1 }), fc.integer({ min: -10_000, max: 10_000 }), (shares, more) => {
        const before = shares.map((one, i) => ({ from: (i * 100) as Yuan, share: one as Share }));
        const after = raise(before, more as Points);
        for (const [i, { from, share: now }] of after.entries()) {
          expect(from).toBe(before[i]!.from);
          expect(now).toBe(Math.min(10_000, Math.max(0, shares[i]! + more)));
        }
        expect(raise(before, 0 as Points)).toEqual(before);
      }),
    );
  });
  test("told to the person and to the officer, and owned up to where they are assumed", () => {
    const [claim] = answer(eyes("51000.00")) as unknown as SettledText[];
    expect(sentences(claim!)).toContain(
      "基本医保：起付线（先由您自己付的部分）是1,000元，剩下的50,000元分段按0%、5%报（按当地规定，少报55个百分点），报2,000元。",
    );
    expect(sentences(claim!).find((one) => one.startsWith("提醒您"))).toContain("少报的比例（55%）");
    expect(clauses(claim!)).toContainEqual(
      expect.objectContaining({ parameter: "住院比例扣减（eyes）", value: "−55个百分点", decided: true }),
    );
  });
  test("points are read and written without loss, and not beyond the whole", () => {
    for (const written of ["0.05", "-0.2", "-1", "0"]) expect(shareText(points(written))).toBe(written);
    for (const wrong of ["-1.01", "--0.1", "- 0.1", "-0.12345", "−0.1"])
      expect(() => points(wrong)).toThrow(RangeError);
  });
});

describe("conditions that are asked for", () => {
  test("eighteen on the day of admission is an adult, a day later born is not", () => {
    expected(asked("2007-03-10", stay("3000.00")), { deductiblePaid: "1000.00" });
    expected(asked("2007-03-11", stay("3000.00")), { deductiblePaid: "500.00" });
  });
  test("the value of the day of discharge, not a later one", () => {
    const next = { admittedOn: "2025-12-31", dischargedOn: "2026-01-01" };
    const last = { admittedOn: "2025-12-31", dischargedOn: "2025-12-31" };
    expected(
      asked(adult, stay("3000.00", last), stay("3000.00", next)),
      { deductiblePaid: "1000.00" },
      { deductiblePaid: "1200.00" },
    );
  });
  test("a disease is its category of three characters, large or small; a shorter one, or none, is in no range", () => {
    const pooled = (diseases: string[], amount: string) =>
      expected(asked(adult, stay("2000.00", { diseases })), { pooled: amount });
    for (const disease of ["S00", "s72.0", "T98.3"]) pooled([disease, "I10"], "550.00");
    for (const disease of ["S7", "R99", "T99", ""]) pooled([disease], "500.00");
    pooled([], "500.00");
  });
});

describe("the timing of identities", () => {
  const policy = { ...policyOf("370600"), identityTiming: [assumed("2030-01-01", why, "same-day" as const)] };
  const person = { bornOn: day(adult), retired: false, homeCounty: county.home, familyDoctor: false };
  test("where the area is silent about it, whoever is on a list is not settled, whoever is on none is not asked", () => {
    const identities = [{ kind: "destitute" as const, from: day("2024-01-01"), until: null }];
    expect(() => identitiesFor({ ...person, identities }, day("2025-03-10"), policy)).toThrow(
      "no rule in force: identityTiming on 2025-03-10",
    );
    expect(identitiesFor({ ...person, identities: [] }, day("2025-03-10"), policy)).toEqual([]);
  });
});

describe("the verifier, of these shapes", () => {
  const rejects = (edit: (claim: Claim) => unknown, finding: string) => {
    const claims = answer(asked(adult, far));
    edit(claims[0]!);
    expect(findings(asked(adult, far), claims)).toContainEqual(expect.stringContaining(finding));
  };
  test("what moved is told as not moved", () => {
    rejects((claim) => Object.assign(claim, { upfront: "1000.00" }), "c1: upfront is 1000.00");
  });
  test("less is moved than the share gives", () => {
    rejects(
      (claim) => Object.assign(stepOf(claim, "remoteUpfront"), { result: "2899.99" }),
      "c1: remoteUpfront is 2899.99",
    );
  });
  test("the steps of moving are left out", () => {
    rejects((claim) => {
      const gone = ["inScopeAtHome", "remoteUpfront", "upfrontInAll"];
      claim.trace = claim.trace.filter((one) => !("name" in one && gone.includes(String(one.name))));
    }, "c1: the steps are ");
  });
  test("fewer points are taken off than the policy says", () => {
    const eyes = asked(adult, stay("51000.00", { diseases: ["H25.1"] }));
    const claims = answer(eyes);
    stepOf(claims[0]!, "pooledAtShare").rules[1]!.value = "-0.5";
    expect(findings(eyes, claims).length).toBeGreaterThan(0);
  });
  test("the second other layer is told in place of the first", () => {
    rejects((claim) => claim.otherLayers.reverse(), "c1: others are local,50000,second,176280");
  });
});
