import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { policyOf } from "../../shared/areas/areas.ts";
import { type Calendar, type CoverYear, calendarOf, type Month } from "../../shared/contribution/calendar.ts";
import { addDays, addMonths, type Day, day, dayOf, monthLength } from "../../shared/day.ts";
import { text } from "../../shared/money.ts";
import { refusal, type World, world } from "../world/world.ts";

const policy = policyOf("370600");
const wholeYear = (benefitYear: number): CoverYear => ({
  benefitYear,
  coverFrom: dayOf(benefitYear, 1, 1),
  coverUntil: dayOf(benefitYear, 12, 31),
  waitingMonths: 0,
});

/** The calendar of somebody of 烟台, born in 1990. */
function calendar(on: string, benefitYear: number, years: readonly CoverYear[], employeeCovered = false): Calendar {
  const coveredYears = years.map((one) => one.benefitYear);
  const person = {
    bornOn: day("1990-05-01"),
    student: false,
    identities: [],
    coveredYears,
    employeeCovered,
    employeeCoverEndedOn: null,
    firstEnrolment: coveredYears.length === 0,
  };
  return calendarOf({ benefitYear, on: day(on), tier: 1, person }, years, policy);
}

/** The first year of a calendar in letters: c covered, w waiting, s starts, e ends, m employee, - nothing. */
const letters = { covered: "c", waiting: "w", starts: "s", ends: "e", employee: "m", "not-covered": "-" } as const;
const spelt = (months: readonly Month[]) =>
  months
    .slice(0, 12)
    .map(({ state }) => letters[state])
    .join("");

describe("a cover calendar, worked by hand", () => {
  test("enrolled for the whole year: twelve covered months, nothing to pay, and it says why", () => {
    const { months, sentence, payments, refused } = calendar("2026-02-10", 2026, [2025, 2026].map(wholeYear));
    expect(spelt(months)).toBe("cccccccccccc");
    expect(sentence).toBe("现在有保障，到2026年12月31日。");
    expect([payments, refused?.code]).toEqual([[], "already-enrolled"]);
    expect(months).toHaveLength(24);
    expect(months[12]).toEqual({
      year: 2027,
      month: 1,
      state: "not-covered",
      on: null,
      sentence: "没有居民医保保障",
    });
  });

  test("not yet enrolled, within the window: a payment today would cover the whole year", () => {
    const { months, sentence, payments } = calendar("2025-11-20", 2026, [2023, 2024, 2025].map(wholeYear));
    expect(spelt(months)).toBe("------------");
    expect(sentence).toBe("2026年度没有居民医保保障。");
    expect(payments.map((one) => [one.repairYears, text(one.total), spelt(one.months), one.sentence])).toEqual([
      [0, "400.00", "cccccccccccc", "从2026年1月1日起有保障，到2026年12月31日。"],
    ]);
  });

  test("lapsed for a year: waiting without repair, less of it with repair, each at its price", () => {
    const { payments } = calendar("2025-11-20", 2026, [2023, 2024].map(wholeYear));
    const [plain, repaired] = payments;
    expect(spelt(plain!.months).replaceAll("w", "")).toMatch(/^c+$/);
    expect(spelt(plain!.months).match(/w/g)).toHaveLength(plain!.waitingMonths);
    expect(plain!.waitingMonths).toBeGreaterThan(repaired!.waitingMonths);
    expect(repaired!.total).toBeGreaterThan(plain!.total);
    expect(spelt(repaired!.months).match(/w/g)).toHaveLength(repaired!.waitingMonths);
    expect(plain!.sentence).toContain(`要等${plain!.waitingMonths}个月`);
  });

  test("paid late: waiting from the day after, and the month in which cover starts says the day", () => {
    const late = { ...wholeYear(2026), coverFrom: day("2026-06-11"), waitingMonths: 3 };
    const { months, sentence } = calendar("2026-03-10", 2026, [wholeYear(2025), late]);
    expect(spelt(months)).toBe("--wwwscccccc");
    expect(months[5]).toMatchObject({ on: "2026-06-11", sentence: "从2026年6月11日起有保障" });
    expect(sentence).toBe("要等3个月，从2026年6月11日起有保障，到2026年12月31日。");
  });

  test("cover that ends within a month says its last day", () => {
    const { months } = calendar("2026-02-10", 2026, [{ ...wholeYear(2026), coverUntil: day("2026-05-20") }]);
    expect(spelt(months)).toBe("cccce-------");
    expect(months[4]).toMatchObject({ on: "2026-05-20", sentence: "保障到2026年5月20日为止" });
  });

  test("in employee cover: from this month on, and no payment is offered", () => {
    const { months, refused } = calendar("2026-03-10", 2026, [], true);
    expect(spelt(months)).toBe("--mmmmmmmmmm");
    expect(refused?.code).toBe("duplicate-enrolment");
  });

  test("so late that waiting outlasts the year: the payment changes nothing and says so", () => {
    const { payments } = calendar("2026-11-20", 2026, [2023, 2024].map(wholeYear));
    expect(payments[0]).toMatchObject({ coverFrom: null, sentence: "等待期满时这个年度已经结束，缴了也享受不到。" });
    expect(spelt(payments[0]!.months)).toBe("------------");
  });
});

const coverYear = fc
  .record({
    benefitYear: fc.constantFrom(2025, 2026, 2027),
    startsAfter: fc.integer({ min: 0, max: 400 }),
    lasts: fc.integer({ min: 0, max: 400 }),
    waitingMonths: fc.constantFrom(0, 0, 3, 6),
  })
  .map(({ benefitYear, startsAfter, lasts, waitingMonths }): CoverYear => {
    const coverFrom = addDays(dayOf(benefitYear, 1, 1), startsAfter % 365);
    const last = dayOf(benefitYear, 12, 31);
    const until = addDays(coverFrom, lasts);
    return { benefitYear, coverFrom, coverUntil: until < last ? until : last, waitingMonths };
  });
const years = fc.uniqueArray(coverYear, { selector: (one) => one.benefitYear, maxLength: 3 });
const anyDay = fc.integer({ min: 0, max: 900 }).map((n) => addDays(day("2025-06-01"), n));

/** Is a day covered, looked at day by day: what the calendar must agree with. */
const coveredOn = (on: Day, all: readonly CoverYear[]) =>
  all.some((one) => one.coverFrom <= on && on <= one.coverUntil);
const daysOf = ({ year, month }: Month) =>
  Array.from({ length: monthLength(year, month) }, (_, i) => addDays(dayOf(year, month, 1), i));

describe("a cover calendar, whatever the cover", () => {
  test("a month is what its days are", () => {
    fc.assert(
      fc.property(years, anyDay, (all, on) => {
        for (const month of calendar(on, 2026, all).months) {
          const days = daysOf(month).map((one) => coveredOn(one, all));
          if (month.state === "covered") expect(days.every(Boolean)).toBe(true);
          else if (month.state === "starts") {
            expect([days[0], days.at(-1)]).toEqual([false, true]);
            expect(coveredOn(month.on!, all) && !coveredOn(addDays(month.on!, -1), all)).toBe(true);
          } else if (month.state === "ends") expect([coveredOn(month.on!, all), days.at(-1)]).toEqual([true, false]);
          else expect(days.some(Boolean)).toBe(false);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("waiting is told only before cover that waits, and in every month of it that is not covered", () => {
    fc.assert(
      fc.property(years, anyDay, (all, on) => {
        for (const month of calendar(on, 2026, all).months) {
          const waits = daysOf(month).some((one) =>
            all.some((year) => addMonths(year.coverFrom, -year.waitingMonths) <= one && one < year.coverFrom),
          );
          if (month.state === "waiting") expect(waits).toBe(true);
          if (waits) expect(month.state).not.toBe("not-covered");
        }
      }),
      { numRuns: 400 },
    );
  });

  test("a payment takes no covered month away, and repair never covers fewer months", () => {
    fc.assert(
      fc.property(years, anyDay, (all, on) => {
        const { months, payments } = calendar(on, 2026, all);
        const covered = (some: readonly Month[]) => some.filter(({ state }) => state === "covered").length;
        for (const [i, month] of months.entries())
          if (month.state === "covered") for (const one of payments) expect(one.months[i]!.state).toBe("covered");
        const counts = payments.map((one) => covered(one.months));
        expect(counts).toEqual([...counts].sort((a, b) => a - b));
      }),
      { numRuns: 400 },
    );
  });
});

describe("asked through the API", () => {
  let made: World;
  beforeAll(async () => {
    made = await world();
  });

  test("for oneself, for a named one whose name is masked, and for a member who agreed", async () => {
    const person = await made.enlist({ telephone: "13711110001", name: "王小明" });
    const child = await made.enlist({ household: person.household, bornOn: day("2018-05-01"), name: "王小小" });
    const { call } = await made.signIn(person);
    const ask = (whom: Parameters<typeof call<"contributions.calendar">>[1]["body"]["whom"]) =>
      call("contributions.calendar", { body: { whom, benefitYear: 2026 } });
    const own = await ask({ who: "self" });
    expect([own.name, own.payments[0]?.months[0]?.state, own.months[0]?.state]).toEqual([
      "王小明",
      "covered",
      "not-covered",
    ]);
    const { name, identityNumber } = child;
    expect((await ask({ who: "other", name, identityNumber })).name).toBe("王*小");
    await made.prove(call, person);
    const proof = { kind: "household" as const };
    const body = { requestNo: "calendar-child", name, identityNumber, relationship: "child" as const };
    const { tieNo } = await call("family.ask", { body: { ...body, proof, commitment: true } });
    expect((await ask({ who: "member", tieNo })).name).toBe("王小小");
    const stranger = await made.signIn(await made.enlist());
    const theirs = { whom: { who: "member" as const, tieNo }, benefitYear: 2026 };
    expect(await refusal(stranger.call("contributions.calendar", { body: theirs }))).toBe("not-found");
  });
});
