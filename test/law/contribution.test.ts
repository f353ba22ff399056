import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { areas, policyOf } from "../../shared/areas/areas.ts";
import { documentOf, documents } from "../../shared/areas/documents.ts";
import type { Enquiry } from "../../shared/contribution/enquiry.ts";
import { quoteLine } from "../../shared/contribution/lines.ts";
import { quote, withRepair } from "../../shared/contribution/quote.ts";
import { repairOf, waitingOf } from "../../shared/contribution/waiting.ts";
import { addDays, day, dayOf } from "../../shared/day.ts";
import { plus, yuan } from "../../shared/money.ts";
import { identityKinds } from "../../shared/policy/identity.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import { assumed } from "../../shared/policy/series.ts";
import { NoRuleInForce, Refusal } from "../../shared/refusal.ts";
import vectors from "../vectors/quote.json" with { type: "json" };

const seeds = ["230200", "522300", "640100", "640200", "640300", "640424", "640522", "511300", "331000", "370600"];

describe("vectors of what is owed", () => {
  for (const { name, case: asked, expect: wanted } of vectors) {
    test(name, () => {
      const said = quoteLine(JSON.stringify(asked));
      const answer = JSON.parse(said.line);
      expect(said.ok).toBe(!("error" in wanted));
      if ("error" in wanted) return void expect(answer.error?.code).toBe(wanted.error);
      const warnings = answer.warnings?.map((one: { code: string }) => one.code);
      expect({ ...answer, warnings }).toMatchObject(wanted);
      expect(answer.id).toBe(asked.id);
    });
  }
});

/** Anybody, asking on any day around a benefit year, in any area. */
const enquiry: fc.Arbitrary<{ area: string; enquiry: Enquiry }> = fc
  .record({
    area: fc.constantFrom(...areas.keys()),
    benefitYear: fc.integer({ min: 2023, max: 2026 }),
    dayOfTwoYears: fc.integer({ min: 0, max: 720 }),
    tier: fc.constantFrom(1, 1, 2, 3),
    age: fc.integer({ min: 0, max: 36_000 }),
    covered: fc.subarray([2015, 2018, 2020, 2021, 2022, 2023, 2024, 2025]),
    kinds: fc.subarray([...identityKinds], { maxLength: 3 }),
    listedDaysAgo: fc.integer({ min: 0, max: 900 }),
    employeeEndedDaysAgo: fc.option(fc.integer({ min: 0, max: 400 })),
    student: fc.boolean(),
  })
  .map(
    ({ area, benefitYear, dayOfTwoYears, tier, age, covered, kinds, listedDaysAgo, employeeEndedDaysAgo, student }) => {
      const on = addDays(dayOf(benefitYear - 1, 9, 1), dayOfTwoYears);
      const bornOn = addDays(on, -age);
      const coveredYears = covered.filter((year) => year < benefitYear && year >= Number(bornOn.slice(0, 4)));
      const person = {
        bornOn,
        student,
        identities: kinds.map((kind) => ({ kind, from: addDays(on, -listedDaysAgo), until: null })),
        coveredYears,
        employeeCovered: false,
        employeeCoverEndedOn: employeeEndedDaysAgo === null ? null : addDays(on, -employeeEndedDaysAgo),
        firstEnrolment: coveredYears.length === 0,
      };
      return { area, enquiry: { benefitYear, on, tier, person } };
    },
  );

/** The quote, or null where the law says no. */
function answered(asked: Enquiry, policy: Policy) {
  try {
    return quote(asked, policy);
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoRuleInForce) return null;
    throw error;
  }
}

describe("properties of what is owed", () => {
  test("subsidised and due add up to the standard, and the payers' parts to the subsidised", () => {
    let seen = 0;
    fc.assert(
      fc.property(enquiry, ({ area, enquiry: asked }) => {
        const quoted = answered(asked, policyOf(area));
        if (!quoted) return;
        seen += 1;
        expect(plus(quoted.subsidised, quoted.due)).toBe(quoted.standard);
        expect(plus(...quoted.subsidies.map((one) => one.amount))).toBe(quoted.subsidised);
        expect(Math.min(quoted.subsidised, quoted.due)).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 3000 },
    );
    expect(seen).toBeGreaterThan(500);
  });

  test("cover never starts before the year, the birth or the payment allow, and never after the year", () => {
    fc.assert(
      fc.property(enquiry, ({ area, enquiry: asked }) => {
        const quoted = answered(asked, policyOf(area));
        if (!quoted?.cover.from) return;
        const { from } = quoted.cover;
        expect(from <= dayOf(asked.benefitYear, 12, 31)).toBe(true);
        if (quoted.channel === "newborn") expect(from).toBe(asked.person.bornOn);
        else expect(from >= dayOf(asked.benefitYear, 1, 1)).toBe(true);
        if (quoted.channel !== "newborn" && quoted.channel !== "window") expect(from > asked.on).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("a later payment never starts cover earlier", () => {
    fc.assert(
      fc.property(enquiry, fc.integer({ min: 1, max: 60 }), ({ area, enquiry: asked }, days) => {
        const policy = policyOf(area);
        const early = answered(asked, policy);
        const late = answered({ ...asked, on: addDays(asked.on, days) }, policy);
        if (!early?.cover.from || !late?.cover.from || asked.person.identities.length > 0) return;
        expect(late.cover.from >= early.cover.from).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  test("paying for lapsed years only ever shortens the wait, to what the quote promised", () => {
    let seen = 0;
    fc.assert(
      fc.property(enquiry, ({ area, enquiry: asked }) => {
        const policy = policyOf(area);
        const quoted = answered(asked, policy);
        if (!quoted?.repair) return;
        seen += 1;
        const whole = withRepair(asked, quoted, quoted.repair.years, policy);
        expect(whole.waitingMonths).toBe(quoted.repair.waitingMonthsAfter);
        expect(whole.cost).toBe(quoted.repair.cost);
        expect(whole.waitingMonths).toBeLessThan(quoted.cover.waitingMonths);
        expect(quoted.cover.waitingMonths - quoted.repair.removesMonths).toBe(quoted.repair.waitingMonthsAfter);
        expect(() => withRepair(asked, quoted, quoted.repair!.years + 1, policy)).toThrow(Refusal);
      }),
      { numRuns: 8000 },
    );
    expect(seen).toBeGreaterThan(15);
  });

  test("every answer's rules cite a registered document, or say why they are assumed", () => {
    fc.assert(
      fc.property(enquiry, ({ area, enquiry: asked }) => {
        const quoted = answered(asked, policyOf(area));
        if (!quoted) return;
        const rules = quoted.trace.flatMap((step) => step.rules);
        for (const rule of rules) {
          if (rule.standing === "assumed") expect(rule.note).not.toBe("");
          else expect(documents).toHaveProperty([documentOf(rule.cite) ?? "none"]);
        }
        expect(quoted.assumed).toBe(rules.some((rule) => rule.standing === "assumed"));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("waiting with many lapsed years", () => {
  const policy = policyOf("331000").contribution;
  const person = {
    bornOn: day("1980-01-01"),
    student: false,
    identities: [],
    coveredYears: [2024],
    employeeCovered: false,
    employeeCoverEndedOn: null,
    firstEnrolment: false,
  };
  /** Standards of these years are not known yet; the waiting rules are. */
  const lapsed = (years: number) => {
    const benefitYear = 2025 + years;
    const asked = { benefitYear, on: dayOf(benefitYear - 1, 11, 20), tier: 1, person };
    const firstDay = dayOf(benefitYear, 1, 1);
    const waiting = waitingOf(asked, "window", [], policy, firstDay);
    return { waiting, repair: repairOf(waiting, yuan("400"), policy.waiting, firstDay).repair };
  };

  test("three lapsed years: 3 + 3 months, repaired to 3", () => {
    const { waiting, repair } = lapsed(3);
    expect([waiting.fixedMonths, waiting.variableMonths]).toEqual([3, 3]);
    expect(repair).toEqual({ years: 3, cost: yuan("1200"), removesMonths: 3, waitingMonthsAfter: 3 });
  });
  test("four lapsed years: 3 + 4 months, and repair stops at 6", () => {
    const { waiting, repair } = lapsed(4);
    expect([waiting.fixedMonths, waiting.variableMonths]).toEqual([3, 4]);
    expect(repair).toEqual({ years: 1, cost: yuan("400"), removesMonths: 1, waitingMonthsAfter: 6 });
  });
  test("six lapsed years: 3 + 6 months, and paying for three of them leaves 6", () => {
    const { waiting, repair } = lapsed(6);
    expect([waiting.fixedMonths, waiting.variableMonths]).toEqual([3, 6]);
    expect(repair).toEqual({ years: 3, cost: yuan("1200"), removesMonths: 3, waitingMonthsAfter: 6 });
  });
  test("where the first lapsed year does not count, one month less", () => {
    const reading = {
      ...policy,
      waiting: {
        ...policy.waiting,
        firstLapsedYearCounts: [assumed("2025-01-01", "the other reading", false)],
      },
    };
    const asked = { benefitYear: 2027, on: day("2026-11-20"), tier: 1, person };
    expect(waitingOf(asked, "window", [], reading, day("2027-01-01")).variableMonths).toBe(1);
    expect(waitingOf(asked, "window", [], policy, day("2027-01-01")).variableMonths).toBe(2);
  });
});

describe("the areas' contribution rules", () => {
  test("all ten seed areas are there", () => {
    for (const area of seeds) expect(areas.has(area)).toBe(true);
  });
});
