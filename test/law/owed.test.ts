import { describe, expect, test } from "vitest";
import { policyOf } from "../../shared/areas/areas.ts";
import { national } from "../../shared/areas/national.ts";
import type { Enquiry } from "../../shared/contribution/enquiry.ts";
import { choicesOf, quote, tiersOf, windowOf, withRepair } from "../../shared/contribution/quote.ts";
import { repairOf, waitingOf } from "../../shared/contribution/waiting.ts";
import { day } from "../../shared/day.ts";
import { share, yuan, zero } from "../../shared/money.ts";
import type { ContributionPolicy } from "../../shared/policy/contribution.ts";
import type { IdentityKind } from "../../shared/policy/identity.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import { assumed, stated } from "../../shared/policy/series.ts";

/** 示例: what is owed in an invented area, whose rules take the forms that no area's do yet. Everything is stated, nothing assumed. */
const cite = "国办发〔2024〕38号";
const since = "2020-01-01";
const say = <T>(value: T) => [stated<T>(since, cite, value)];
const contribution: ContributionPolicy = {
  ...national,
  standard: [stated("2026-01-01", cite, [yuan("400"), yuan("600")])],
  fiscal: [stated("2026-01-01", cite, yuan("700"))],
  localSplit: say({ province: share("0.6"), cityAndCounty: share("0.4") }),
  window: say({ from: "10-15", until: "12-31", untilNextYear: false }),
  studentWindow: say("same as everybody" as const),
  subsidies: {
    identity: {
      destitute: say({ payer: "medical-aid-fund", pays: { share: share("0.5") } } as const),
      "low-income-edge": say({ payer: "finance", pays: { amount: yuan("200") } } as const),
      "minimum-living": say({ payer: "finance", pays: { amount: yuan("1000") } } as const),
      monitored: say({ payer: "finance", pays: { amount: zero } } as const),
      "returned-to-poverty": say("none" as const),
    },
    aged: say("none" as const),
  },
  newbornDays: say(89),
  employeeGapMonths: say(3),
  firstEnrolmentAnyTime: say(false),
  waiting: {
    applies: say(true),
    fixedMonths: say(3),
    monthsPerLapsedYear: say(2),
    firstLapsedYearCounts: say(true),
    lapsesCountedFrom: say(2020),
    monthsRemovedPerRepairedYear: say(2),
    floorFromLapsedYears: say(4),
    floorMonths: say(6),
    exempt: say([] as const),
  },
};
const policy: Policy = {
  ...policyOf("370600"),
  begins: say(true as const),
  identityTiming: [stated(since, cite, "same-day"), stated("2026-01-01", cite, "following-month")],
  contribution,
};
const withRules = (changed: Partial<ContributionPolicy>): Policy => ({
  ...policy,
  contribution: { ...contribution, ...changed },
});

const person = {
  bornOn: day("1980-05-01"),
  student: false,
  identities: [],
  coveredYears: [2025],
  employeeCovered: false,
  employeeCoverEndedOn: null,
  firstEnrolment: false,
};
const asked = (changed: Partial<Enquiry["person"]> = {}, on = "2025-11-20"): Enquiry => ({
  benefitYear: 2026,
  on: day(on),
  tier: 1,
  person: { ...person, ...changed },
});
const listed = (kinds: IdentityKind[], from = "2025-01-01") => ({
  identities: kinds.map((kind) => ({ kind, from: day(from), until: null })),
});
const lapsedSince = (year: number, on?: string) => asked({ coveredYears: [year] }, on);

describe("whether anything was assumed", () => {
  test("nothing was where every rule is stated, even where a step asked no rule", () => {
    const { assumed: any, fiscal } = quote(asked(), policy);
    expect(any).toBe(false);
    expect(fiscal).toEqual({ total: yuan("700"), localSplit: { province: 6000, cityAndCounty: 4000 } });
  });
  test("one assumed rule among stated ones is enough", () => {
    const waiting = { ...contribution.waiting, fixedMonths: [assumed(since, "invented", 3)] };
    const late = { ...contribution, waiting };
    expect(quote(asked({}, "2026-02-10"), policy).assumed).toBe(false);
    expect(quote(asked({}, "2026-02-10"), withRules(late)).assumed).toBe(true);
  });
});

describe("a subsidy", () => {
  const paid = (...kinds: IdentityKind[]) => {
    const { subsidised, due, trace } = quote(asked(listed(kinds)), policy);
    const rules = trace.find(({ step }) => step === "subsidy")!.rules.slice(1);
    return [subsidised / 100, due / 100, ...rules.map(({ parameter }) => parameter.split(".").at(-1))];
  };
  test("is a share of the lowest tier, or an amount of at most all of it", () => {
    expect(paid("destitute")).toEqual([200, 200, "destitute"]);
    expect(paid("low-income-edge")).toEqual([200, 200, "low-income-edge"]);
    expect(paid("minimum-living")).toEqual([400, 0, "minimum-living"]);
  });
  test("of several is the greatest, in whatever order they are listed, the first on a tie", () => {
    expect(paid("destitute", "minimum-living")).toEqual([400, 0, "minimum-living"]);
    expect(paid("minimum-living", "destitute")).toEqual([400, 0, "minimum-living"]);
    expect(paid("destitute", "low-income-edge")).toEqual([200, 200, "destitute"]);
    expect(paid("low-income-edge", "destitute")).toEqual([200, 200, "low-income-edge"]);
  });
  test("of nothing is told, an identity that gets none is passed over", () => {
    expect(paid("monitored")).toEqual([0, 400, "monitored"]);
    expect(paid("returned-to-poverty")).toEqual([0, 400]);
    expect(paid("returned-to-poverty", "destitute")).toEqual([200, 200, "destitute"]);
  });
  test("follows the timing of the day of payment, not of the area's first day", () => {
    const on = (from: string) => quote(asked(listed(["destitute"], from), "2026-01-20"), policy).subsidised;
    expect(on("2025-12-31")).toBe(yuan("200"));
    expect(on("2026-01-01")).toBe(zero);
  });
  test("names whoever pays in the area in that year, and nobody of later years", () => {
    const subsidies = {
      identity: {
        destitute: [
          stated(since, cite, { payer: "finance", pays: { share: share("1") } } as const),
          stated("2027-01-01", cite, { payer: "medical-aid-fund", pays: { share: share("1") } } as const),
        ],
      },
      aged: say("none" as const),
    };
    expect(quote(asked(), withRules({ subsidies })).subsidies).toEqual([{ payer: "finance", amount: zero }]);
  });
});

describe("waiting, at two months a lapsed year", () => {
  test("two lapsed years: 3 + 4 months; each repaired year takes two away", () => {
    const enquiry = lapsedSince(2023);
    const quoted = quote(enquiry, policy);
    expect(quoted.cover).toEqual({ from: "2026-08-01", waitingMonths: 7, fixedMonths: 3, variableMonths: 4 });
    expect(quoted.repair).toEqual({ years: 2, cost: yuan("800"), removesMonths: 4, waitingMonthsAfter: 3 });
    expect(choicesOf(enquiry, quoted, policy)).toEqual([
      { repairYears: 0, cost: zero, total: yuan("400"), waitingMonths: 7, coverFrom: "2026-08-01" },
      { repairYears: 1, cost: yuan("400"), total: yuan("800"), waitingMonths: 5, coverFrom: "2026-06-01" },
      { repairYears: 2, cost: yuan("800"), total: yuan("1200"), waitingMonths: 3, coverFrom: "2026-04-01" },
    ]);
  });
  test("more years than can be repaired are refused with a reason, also where nothing can be", () => {
    const refused = (enquiry: Enquiry, years: number) => () =>
      withRepair(enquiry, quote(enquiry, policy), years, policy);
    const tooMany = expect.objectContaining({ code: "malformed", detail: "修复年数超出可修复的年数" });
    expect(refused(lapsedSince(2023), 3)).toThrow(tooMany);
    expect(refused(asked(), 1)).toThrow(tooMany);
    expect(choicesOf(asked(), quote(asked(), policy), policy)).toHaveLength(1);
  });
  test("an area that does not say what a repaired year removes is silent, not zero", () => {
    const quoted = quote(lapsedSince(2023), policy);
    const silent = withRules({ waiting: { ...contribution.waiting, monthsRemovedPerRepairedYear: [] } });
    expect(() => withRepair(lapsedSince(2023), quoted, 1, silent)).toThrow(
      "contribution.waiting.monthsRemovedPerRepairedYear",
    );
  });
  test("one year too many is paid for where the months do not come out even, and no more than all of them removed", () => {
    const waiting = { ...contribution.waiting, monthsRemovedPerRepairedYear: say(3) };
    const quoted = quote(lapsedSince(2023), withRules({ waiting }));
    expect(quoted.repair).toEqual({ years: 2, cost: yuan("800"), removesMonths: 4, waitingMonthsAfter: 3 });
    expect(withRepair(lapsedSince(2023), quoted, 1, withRules({ waiting })).waitingMonths).toBe(4);
    expect(withRepair(lapsedSince(2023), quoted, 2, withRules({ waiting })).waitingMonths).toBe(3);
  });
  test("a repair brings cover back into the year, on its last day at the latest", () => {
    const from = (on: string, repairYears: number) => {
      const enquiry = lapsedSince(2024, on);
      return withRepair(enquiry, quote(enquiry, policy), repairYears, policy).coverFrom;
    };
    // Paid on 30 August: 31 August + 5 months is 31 January, + 3 months is 30 November.
    expect([from("2026-08-30", 0), from("2026-08-30", 1)]).toEqual([null, "2026-11-30"]);
    expect([from("2026-09-30", 0), from("2026-09-30", 1)]).toEqual([null, null]);
    const noFixed = withRules({ waiting: { ...contribution.waiting, fixedMonths: say(0) } });
    const last = lapsedSince(2024, "2026-12-30");
    expect(withRepair(last, quote(last, noFixed), 1, noFixed).coverFrom).toBe("2026-12-31");
    const after = lapsedSince(2024, "2026-12-31");
    expect(withRepair(after, quote(after, noFixed), 1, noFixed).coverFrom).toBeNull();
  });
  test("four lapsed years and more leave six months; where there are no more, nothing is to be repaired", () => {
    const wait = (firstCounts: boolean, perYear: number) => {
      const waiting = {
        ...contribution.waiting,
        firstLapsedYearCounts: say(firstCounts),
        monthsPerLapsedYear: say(perYear),
      };
      return quote(lapsedSince(2021), withRules({ waiting }));
    };
    expect(wait(true, 2).repair).toEqual({ years: 3, cost: yuan("1200"), removesMonths: 5, waitingMonthsAfter: 6 });
    // 3 + 3 × 1 months are six already.
    expect(wait(false, 1).cover.waitingMonths).toBe(6);
    expect(wait(false, 1).repair).toBeNull();
    const begins = day("2026-01-01");
    const waits = { fixedMonths: 3, variableMonths: 3, lapsedYears: [2022, 2023, 2024, 2025], rules: [] };
    const { repair, rules } = repairOf(waits, yuan("400"), contribution.waiting, begins);
    expect(repair).toBeNull();
    expect(rules.map(({ parameter }) => parameter.split(".").at(-1))).toEqual([
      "monthsRemovedPerRepairedYear",
      "floorFromLapsedYears",
      "floorMonths",
    ]);
  });
  test("who does not wait is not asked for months: nothing to repair, no rule", () => {
    const waits = { fixedMonths: 3, variableMonths: 0, lapsedYears: [], rules: [] };
    const begins = day("2026-01-01");
    expect(repairOf(waits, yuan("400"), contribution.waiting, begins)).toEqual({ repair: null, rules: [] });
  });
  test("covered in the year itself, or in a later one, says nothing about a lapse before it", () => {
    const begins = day("2026-01-01");
    for (const later of [2026, 2027]) {
      const enquiry = asked({ coveredYears: [2024, later] });
      expect(waitingOf(enquiry, "window", [], contribution, begins).lapsedYears).toEqual([2025]);
    }
  });
});

describe("what is asked before anybody is known", () => {
  test("the tiers of a year, and the window for everybody", () => {
    expect(tiersOf(policy, 2026)).toEqual([yuan("400"), yuan("600")]);
    expect(windowOf(policy, 2026)).toEqual({ from: "2025-10-15", until: "2025-12-31" });
  });
});
