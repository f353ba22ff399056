import { describe, expect, test } from "vitest";
import { coverOf, coverUntil, yearsAhead } from "../../shared/contribution/cover.ts";
import { day } from "../../shared/day.ts";

describe("where a person stands in a benefit year", () => {
  const [from, until] = [day("2026-05-01"), day("2026-12-31")];
  const enrolled = (waitingMonths: number, benefitYear = 2026) => ({
    benefitYear,
    coverFrom: from,
    coverUntil: until,
    waitingMonths,
  });
  const state = (on: string, waitingMonths = 0) => coverOf(2026, day(on), [enrolled(waitingMonths)], false);

  test("covered from the first day to the last, both included", () => {
    expect(state("2026-05-01")).toEqual({ year: 2026, state: "covered", from, until });
    expect(state("2026-12-31")).toEqual({ year: 2026, state: "covered", from, until });
  });
  test("the day before, it starts later, or waits where months are to be waited", () => {
    expect(state("2026-04-30")).toEqual({ year: 2026, state: "starts-later", from, until });
    expect(state("2026-04-30", 1)).toEqual({ year: 2026, state: "waiting", from, until });
    expect(state("2026-05-01", 1)).toEqual({ year: 2026, state: "covered", from, until });
  });
  test("the day after the last, it is over", () => {
    expect(state("2027-01-01", 3)).toEqual({ year: 2026, state: "over", from, until });
  });
  test("without an enrolment of that year: employee cover, or nothing", () => {
    const others = [enrolled(0, 2025), enrolled(0, 2027)];
    expect(coverOf(2026, day("2026-06-01"), others, true)).toEqual({ year: 2026, state: "employee" });
    expect(coverOf(2026, day("2026-06-01"), others, false)).toEqual({ year: 2026, state: "not-enrolled" });
  });
  test("of several years it is the enrolment of the year asked, and it stands over employee cover", () => {
    const both = [{ ...enrolled(0, 2025), coverFrom: day("2025-01-01") }, enrolled(0)];
    expect(coverOf(2026, day("2026-06-01"), both, true)).toEqual({ year: 2026, state: "covered", from, until });
  });
  test("cover ends with the year; a person wants to know this year and the next", () => {
    expect(coverUntil(2026)).toBe("2026-12-31");
    expect(yearsAhead(day("2026-12-31"))).toEqual([2026, 2027]);
  });
});
