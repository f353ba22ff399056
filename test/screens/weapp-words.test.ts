import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { questions, reasonsFor, ruleName } from "../../miniapp/src/pages/contributions/owed/why.ts";
import { nextOf } from "../../miniapp/src/pages/home/next-step.ts";
import { coverWords, daysLeft } from "../../miniapp/src/words.ts";
import type { Answered } from "../../shared/api/endpoint.ts";
import { type Endpoints, endpoints } from "../../shared/api/endpoints.ts";
import { areas } from "../../shared/areas/areas.ts";
import type { Enquiry } from "../../shared/contribution/enquiry.ts";
import { choicesOf, quote, tiersOf } from "../../shared/contribution/quote.ts";
import { addDays, day } from "../../shared/day.ts";
import { identityKinds } from "../../shared/policy/identity.ts";
import type { Policy } from "../../shared/policy/policy.ts";
import { assumed } from "../../shared/policy/series.ts";
import { NoRuleInForce, Refusal } from "../../shared/refusal.ts";

type Owed = Answered<Endpoints["contributions.owed"]>;

const days = (from: string, count: number) => fc.nat({ max: count }).map((passed) => addDays(day(from), passed));

const yantai = areas.get("370600")!;
/** 烟台 with a window that ends before the year does, and lapses that count long enough for the floor of repair. */
const stricter: Policy = {
  ...yantai,
  contribution: {
    ...yantai.contribution,
    window: [assumed("2009-01-01", "for this test", { from: "10-15", until: "12-10", untilNextYear: false })],
    waiting: {
      ...yantai.contribution.waiting,
      lapsesCountedFrom: [assumed("2009-01-01", "for this test", 2019)],
      monthsRemovedPerRepairedYear: [assumed("2009-01-01", "for this test", 2)],
    },
  },
};

/** Somebody of any area who asks from the window's first days to the end of the benefit year. */
const cases = fc
  .record({
    policy: fc.constantFrom(stricter, stricter, ...areas.values()),
    benefitYear: fc.constantFrom(2024, 2025, 2026),
    passed: fc.nat({ max: 440 }),
    tier: fc.constantFrom(1, 1, 1, 2),
    bornOn: fc.oneof(days("1940-01-01", 30_000), days("2025-01-01", 300)),
    student: fc.boolean(),
    identities: fc.array(
      fc.record({
        kind: fc.constantFrom(...identityKinds),
        from: days("2022-01-01", 700),
        until: fc.constant(null),
      }),
      { maxLength: 2 },
    ),
    covered: fc.subarray([1, 2, 3, 4, 5]),
    employeeCoverEndedOn: fc.option(days("2024-10-01", 300), { freq: 5 }),
  })
  .map(({ policy, benefitYear, passed, tier, covered, ...person }) => {
    const coveredYears = covered.map((before) => benefitYear - before).reverse();
    const enquiry: Enquiry = {
      benefitYear,
      on: addDays(day(`${benefitYear - 1}-10-15`), passed),
      tier,
      person: { ...person, coveredYears, employeeCovered: false, firstEnrolment: covered.length === 0 },
    };
    return { policy, enquiry };
  });

/** What the API answers, as text; null where it refuses. */
function owed(enquiry: Enquiry, policy: Policy): Owed | null {
  try {
    const quoted = quote(enquiry, policy);
    return z.encode(endpoints["contributions.owed"].reply, {
      name: "张三",
      tiers: tiersOf(policy, enquiry.benefitYear),
      quote: { ...quoted, fiscal: quoted.fiscal.total },
      choices: choicesOf(enquiry, quoted, policy),
    });
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoRuleInForce) return null;
    throw error;
  }
}

/** Every quote that random people get, over all areas. */
function forEveryQuote(look: (told: Owed) => void): void {
  let seen = 0;
  fc.assert(
    fc.property(cases, ({ policy, enquiry }) => {
      const told = owed(enquiry, policy);
      if (!told) return;
      seen += 1;
      look(told);
    }),
    { numRuns: 8_000 },
  );
  expect(seen).toBeGreaterThan(300);
}

describe("what the mini-program says of a quote", () => {
  test("every amount can be asked why: whole sentences in Chinese, and every rule has a name", () => {
    forEveryQuote(({ quote: told, choices }) => {
      for (const choice of choices) {
        for (const question of Object.keys(questions) as (keyof typeof questions)[]) {
          for (const { sentence, rules } of reasonsFor(told, question, choice)) {
            expect(sentence).toMatch(/。$/);
            expect(sentence).not.toMatch(/[a-z]|undefined|NaN/i);
            for (const rule of rules) expect(ruleName(rule)).not.toMatch(/[a-z]/i);
          }
        }
      }
    });
  });
});

describe("the one next thing to do", () => {
  const asked = (on: string, coveredYears: number[]): Owed =>
    owed(
      {
        benefitYear: 2026,
        on: day(on),
        tier: 1,
        person: {
          bornOn: day("1980-01-30"),
          student: false,
          identities: [],
          coveredYears,
          employeeCovered: false,
          employeeCoverEndedOn: null,
          firstEnrolment: coveredYears.length === 0,
        },
      },
      yantai,
    )!;
  const told = asked("2025-11-20", [2024, 2025]);
  const tooLate = asked("2026-10-15", [2024, 2025]);
  const order = (state: Answered<Endpoints["contributions.order"]>["state"], expiresAt: number) => ({
    orderNo: "20251120AAAAAAAAAAAAAAAA",
    state,
    lines: [],
    total: "400.00",
    createdOn: day("2025-11-20"),
    createdAt: 0,
    expiresAt,
  });

  test("an order left unpaid comes first, until its time is up", () => {
    const soon = Date.now() + 60_000;
    expect(nextOf([order("awaiting-payment", soon)], new Map([[2026, { owed: told }]])).kind).toBe("finish-paying");
    expect(nextOf([order("awaiting-payment", 1)], new Map([[2026, { owed: told }]])).kind).toBe("contribute");
    expect(nextOf([order("closed", soon)], new Map()).kind).toBe("nothing");
  });

  test("a year that can bring no cover is not offered, and is not called unpaid", () => {
    const outcomes = new Map([
      [2025, { owed: tooLate }],
      [2026, { owed: told }],
    ]);
    expect(nextOf([], outcomes)).toMatchObject({ kind: "contribute", benefitYear: 2026 });
    expect(nextOf([], new Map([[2025, { owed: tooLate }]])).kind).toBe("nothing");
    expect(coverWords({ year: 2025, state: "not-enrolled" }, { owed: tooLate })).toMatchObject({
      tone: "plain",
    });
    expect(coverWords({ year: 2026, state: "not-enrolled" }, { owed: told })).toMatchObject({
      tone: "attention",
    });
  });

  test("the last day of the window is said so", () => {
    expect(daysLeft(day("2025-11-20"), "2025-12-31")).toBe("还剩41天");
    expect(daysLeft(day("2025-12-31"), "2025-12-31")).toBe("今天是最后一天");
  });
});
