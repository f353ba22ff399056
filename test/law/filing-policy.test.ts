import { describe, expect, test } from "vitest";
import { areas, policyOf } from "../../shared/areas/areas.ts";
import { documentOf } from "../../shared/areas/documents.ts";
import { nationalRemote } from "../../shared/areas/national-remote.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { benefitsOf, decide } from "../../shared/policy/parameters.ts";
import { filingKindNames, remoteOn } from "../../shared/policy/remote.ts";
import type { Rule } from "../../shared/policy/series.ts";
import type { Facts, Filing, Place } from "../../shared/policy/table.ts";
import { NoRuleInForce } from "../../shared/refusal.ts";

/** 备案规定 · what every area's rules for filings say, against tables written by hand: value, standing, document. */
const today = day("2025-11-20");
const notice = "医保发〔2022〕22号";
const speeches = "宁夏医疗保险座谈会发言";
const interview = "齐齐哈尔市城乡居民医保访谈";
const guizhou = "黔西南州医疗经办管理服务体系文本";
const taizhou = "台州市基本医疗保险办法";
const collected = "江西省南昌市医保政策汇编";

type Said = readonly [value: unknown, standing: Rule["standing"], document: string];
const none = "";

/** Where an area has nothing of its own: the national rules. */
const national: Record<string, Said> = {
  exempt: [["in-county", "in-city"], "assumed", none],
  "kinds.retired-elsewhere.papers": [["household-register-there", "residence-permit"], "stated", notice],
  "kinds.retired-elsewhere.commitment": [{ proofWithinMonths: 6 }, "assumed", none],
  "kinds.retired-elsewhere.months": ["open", "assumed", none],
  "kinds.living-elsewhere.papers": [["household-register-there", "residence-permit"], "stated", notice],
  "kinds.living-elsewhere.commitment": [{ proofWithinMonths: 6 }, "assumed", none],
  "kinds.living-elsewhere.months": ["open", "assumed", none],
  "kinds.working-elsewhere.papers": [["work-contract"], "stated", notice],
  "kinds.working-elsewhere.commitment": [{ proofWithinMonths: 6 }, "assumed", none],
  "kinds.working-elsewhere.months": ["open", "assumed", none],
  "kinds.referral.papers": [["referral-letter"], "stated", notice],
  "kinds.referral.commitment": ["not accepted", "assumed", none],
  "kinds.referral.months": [6, "assumed", none],
  "kinds.emergency.papers": [[], "stated", notice],
  "kinds.emergency.commitment": ["no paper follows", "assumed", none],
  "kinds.emergency.months": [6, "assumed", none],
  "kinds.temporary.papers": [[], "assumed", none],
  "kinds.temporary.commitment": ["no paper follows", "assumed", none],
  "kinds.temporary.months": [6, "assumed", none],
  lockMonths: [6, "assumed", none],
  bothWays: [true, "assumed", none],
  providers: ["networked there", "stated", notice],
  lateBeforeDischarge: [true, "stated", notice],
  lateAfterDischarge: [true, "assumed", none],
  backwardsDays: [90, "assumed", none],
  aheadDays: [30, "assumed", none],
  decidedWithinDays: [5, "assumed", none],
  verifiedFrom: ["not stated", "assumed", none],
};

/** What an area has of its own on that day. */
const local: Record<string, Record<string, Said>> = {
  "370600": { providers: ["networked there", "stated", "烟政办发〔2022〕25号"] },
  "511300": { providers: ["networked there", "stated", "南充市医保工作报道"] },
  "331000": {
    exempt: [["in-county", "in-city"], "stated", taizhou],
    providers: ["networked at any level", "stated", taizhou],
  },
  "640522": { exempt: [["in-county"], "assumed", none] },
  "230200": { lateAfterDischarge: [true, "stated", interview] },
  "522300": {
    "kinds.referral.commitment": ["no paper follows", "derived", guizhou],
    providers: ["networked at any level", "stated", guizhou],
    lateAfterDischarge: [true, "derived", guizhou],
  },
  "640100": { exempt: [["in-county", "in-city"], "stated", speeches] },
  "640200": {
    "kinds.referral.commitment": ["not accepted", "derived", speeches],
    verifiedFrom: [{ stay: yuan("10000"), visit: yuan("10000") }, "stated", speeches],
  },
  "640300": {
    lateAfterDischarge: [true, "derived", speeches],
    verifiedFrom: [{ stay: yuan("3000"), visit: yuan("500") }, "stated", speeches],
  },
  "640424": { exempt: [["in-county"], "derived", speeches] },
  "360100": {
    exempt: [["in-county", "in-city", "in-province"], "stated", collected],
    providers: ["networked there", "stated", collected],
  },
  "610500": {},
};

/** Every rule of an area on a day, by its name, as the tables write it. */
function saidOn(area: string, on = today): Record<string, Said> {
  const flat = (value: object, name: string): [string, Said][] => {
    if ("standing" in value) {
      const rule = value as Rule;
      return [[name, [rule.value, rule.standing, documentOf(rule.cite) ?? none]]];
    }
    return Object.entries(value).flatMap(([key, inner]) => flat(inner, name ? `${name}.${key}` : key));
  };
  return Object.fromEntries(flat(remoteOn(policyOf(area), on), ""));
}

describe("what an area's rules for filings say today", () => {
  test("the table has every area, and no other", () => {
    expect(Object.keys(local).sort()).toEqual([...areas.keys()].sort());
  });
  test.each(Object.keys(local))("%s: every value, its standing and its document", (area) => {
    expect(saidOn(area)).toEqual({ ...national, ...local[area] });
  });
  test("an area with a document of its own quotes it, or tells its content, in the note", () => {
    for (const [area, own] of Object.entries(local))
      for (const [name, [, standing]] of Object.entries(own)) {
        if (standing === "assumed") continue;
        const path = name.split(".");
        const rule = path.reduce(
          (at: unknown, key) => (at as Record<string, unknown>)[key],
          remoteOn(policyOf(area), today),
        );
        expect((rule as Rule).note.length, `${area} ${name}`).toBeGreaterThan(10);
      }
  });
});

describe("what they said before", () => {
  const before = (area: string, on: string, name: string): Said => saidOn(area, day(on))[name]!;
  test.each<[area: string, on: string, name: string, Said]>([
    ["360100", "2023-03-31", "exempt", [["in-county", "in-city"], "assumed", none]],
    ["360100", "2023-04-01", "exempt", [["in-county", "in-city", "in-province"], "stated", collected]],
    ["331000", "2018-12-31", "providers", ["networked there", "assumed", none]],
    ["331000", "2019-01-01", "providers", ["networked at any level", "stated", taizhou]],
    ["370600", "2022-12-31", "providers", ["networked there", "stated", notice]],
    ["370600", "2023-01-01", "providers", ["networked there", "stated", "烟政办发〔2022〕25号"]],
    ["511300", "2016-12-31", "providers", ["networked there", "assumed", none]],
    ["511300", "2017-01-01", "providers", ["networked there", "stated", "南充市医保工作报道"]],
    ["640300", "2021-12-31", "lateBeforeDischarge", [false, "stated", speeches]],
    ["640300", "2022-01-01", "lateBeforeDischarge", [true, "stated", notice]],
    ["640200", "2021-12-31", "kinds.referral.papers", [["referral-letter"], "assumed", none]],
    ["640200", "2022-01-01", "kinds.referral.papers", [["referral-letter"], "stated", notice]],
    ["640424", "2009-01-01", "exempt", [["in-county"], "derived", speeches]],
  ])("%s on %s: %s", (area, on, name, said) => {
    expect(before(area, on, name)).toEqual(said);
  });
  test("a day before the first rule is not answered with anything", () => {
    for (const area of areas.keys())
      expect(() => remoteOn(policyOf(area), day("2008-12-31")), area).toThrow(NoRuleInForce);
  });
  test("every kind of filing is ruled from the first day of every area", () => {
    for (const policy of areas.values()) {
      const { kinds } = remoteOn(policy, policy.begins[0]!.from);
      expect(Object.keys(kinds)).toEqual([...filingKindNames]);
    }
    expect(Object.keys(nationalRemote.kinds)).toEqual([...filingKindNames]);
  });
});

describe("what a filing changes of the payment", () => {
  const facts: Facts = {
    careType: "inpatient",
    level: "tertiary",
    place: "out-of-province",
    filing: "none",
    transferred: false,
    age: 40,
    stay: 1,
    retired: false,
    familyDoctor: false,
    reformed: false,
    identity: null,
    disease: "",
  };
  const filings: readonly Filing[] = ["none", "temporary", "referral", "emergency", "long-term"];
  const row = (area: string, place: Place, of: "remoteUpfront" | "bonus") =>
    filings.map((filing) => {
      const { remoteUpfront, inpatient } = benefitsOf(policyOf(area), "resident")!;
      const table = of === "bonus" ? inpatient.bonus : remoteUpfront;
      const rule = decide<number>(table, { ...facts, place, filing }, today);
      return [rule.value / 100, rule.standing];
    });
  const s = "stated";
  const a = "assumed";

  test("南昌: the share that is the person's own first, in percent, by place and filing", () => {
    const expected = {
      "in-county": [
        [0, s],
        [0, s],
        [0, s],
        [0, s],
        [10, s],
      ],
      "in-city": [
        [0, s],
        [0, s],
        [0, s],
        [0, s],
        [10, s],
      ],
      "in-province": [
        [0, s],
        [0, s],
        [0, s],
        [0, s],
        [0, s],
      ],
      "out-of-province": [
        [20, s],
        [20, s],
        [10, s],
        [10, s],
        [0, s],
      ],
    } as const;
    for (const [place, wanted] of Object.entries(expected))
      expect(row("360100", place as Place, "remoteUpfront"), place).toEqual(wanted);
  });
  test("渭南: the points off the share, by place and filing", () => {
    const nothing = filings.map(() => [0, a]);
    for (const place of ["in-county", "in-city", "in-province"] as const)
      expect(row("610500", place, "bonus"), place).toEqual(nothing);
    expect(row("610500", "out-of-province", "bonus")).toEqual([
      [-20, s],
      [-20, a],
      [-10, s],
      [-10, s],
      [0, a],
    ]);
  });
  test("no other area moves or cuts anything for a filing, or for want of one", () => {
    for (const { area, benefits } of areas.values()) {
      if (!benefits?.resident || area === "360100" || area === "610500") continue;
      for (const place of ["in-county", "in-city", "in-province", "out-of-province"] as const) {
        for (const of of ["remoteUpfront", "bonus"] as const)
          expect(
            row(area, place, of).map(([value]) => value),
            `${area} ${place} ${of}`,
          ).toEqual([0, 0, 0, 0, 0]);
      }
    }
  });
});
