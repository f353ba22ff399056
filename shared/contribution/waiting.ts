import { addMonths, type Day } from "../day.ts";
import { times, type Yuan } from "../money.ts";
import type { ContributionPolicy, WaitingPolicy } from "../policy/contribution.ts";
import type { IdentityKind } from "../policy/identity.ts";
import { inForce, type Rule } from "../policy/series.ts";
import type { Channel, Enquiry, Insured } from "./enquiry.ts";

interface Waiting {
  readonly fixedMonths: number;
  readonly variableMonths: number;
  /** The benefit years that count as lapsed, in order. */
  readonly lapsedYears: readonly number[];
  readonly rules: readonly Rule[];
}

/** 断保修复 · what paying for lapsed years would change: how many, at what price, months removed, months left. */
export interface Repair {
  readonly years: number;
  readonly cost: Yuan;
  readonly removesMonths: number;
  readonly waitingMonthsAfter: number;
}

/**
 * 待遇等待期 · the months to wait: fixed for who is late or has lapsed, variable for each lapsed year.
 *
 * A newborn, a first enrolment at a permitted time, a move from employee cover without a gap and the low-income
 * identities do not wait. No covered year at all is a first enrolment, not a lapse. 国办发〔2024〕38号.
 */
export function waitingOf(
  { benefitYear, on, person }: Enquiry,
  channel: Channel,
  identities: readonly IdentityKind[],
  policy: ContributionPolicy,
  yearBegins: Day,
): Waiting {
  const none = (rules: readonly Rule[]): Waiting => ({
    fixedMonths: 0,
    variableMonths: 0,
    lapsedYears: [],
    rules,
  });
  const { waiting } = policy;
  const applies = inForce("contribution.waiting.applies", waiting.applies, yearBegins);
  if (!applies.value) return none([applies]);

  const gap = inForce("contribution.employeeGapMonths", policy.employeeGapMonths, yearBegins);
  if (channel === "newborn" || channel === "first-enrolment") return none([applies]);
  if (movedFromEmployee(person, on, gap.value)) return none([applies, gap]);
  const exempt = inForce("contribution.waiting.exempt", waiting.exempt, yearBegins);
  if (identities.some((kind) => exempt.value.includes(kind))) return none([applies, exempt]);

  const countedFrom = inForce("contribution.waiting.lapsesCountedFrom", waiting.lapsesCountedFrom, yearBegins);
  const firstCounts = inForce("contribution.waiting.firstLapsedYearCounts", waiting.firstLapsedYearCounts, yearBegins);
  const lastCovered = Math.max(...person.coveredYears.filter((year) => year < benefitYear));
  const lapsedYears: number[] = [];
  for (
    let year = Math.max(lastCovered + 1, countedFrom.value);
    Number.isFinite(lastCovered) && year < benefitYear;
    year++
  ) {
    lapsedYears.push(year);
  }
  if (lapsedYears.length === 0 && channel !== "late") return none([applies, countedFrom]);

  const fixed = inForce("contribution.waiting.fixedMonths", waiting.fixedMonths, yearBegins);
  if (lapsedYears.length === 0) {
    return { fixedMonths: fixed.value, variableMonths: 0, lapsedYears, rules: [applies, fixed, countedFrom] };
  }
  const perYear = inForce("contribution.waiting.monthsPerLapsedYear", waiting.monthsPerLapsedYear, yearBegins);
  const counted = lapsedYears.length - (firstCounts.value ? 0 : 1);
  return {
    fixedMonths: fixed.value,
    variableMonths: counted * perYear.value,
    lapsedYears,
    rules: [applies, fixed, perYear, countedFrom, firstCounts],
  };
}

/**
 * 修复 · the fewest lapsed years whose payment removes all the waiting that payment can remove; null where it would not help.
 * Each is paid at this year's standard. After many consecutive lapsed years a floor remains.
 */
export function repairOf(
  { fixedMonths, variableMonths, lapsedYears }: Waiting,
  standard: Yuan,
  policy: WaitingPolicy,
  yearBegins: Day,
): { repair: Repair | null; rules: readonly Rule[] } {
  if (variableMonths === 0) return { repair: null, rules: [] };
  const perYear = inForce(
    "contribution.waiting.monthsRemovedPerRepairedYear",
    policy.monthsRemovedPerRepairedYear,
    yearBegins,
  );
  const floorFrom = inForce("contribution.waiting.floorFromLapsedYears", policy.floorFromLapsedYears, yearBegins);
  const floor = inForce("contribution.waiting.floorMonths", policy.floorMonths, yearBegins);

  const now = fixedMonths + variableMonths;
  const floored = lapsedYears.length >= floorFrom.value;
  const reachable = floored ? Math.max(fixedMonths, floor.value) : fixedMonths;
  const years = Math.ceil((now - reachable) / perYear.value);
  const rules = floored ? [perYear, floorFrom, floor] : [perYear];
  if (years <= 0) return { repair: null, rules };
  const waitingMonthsAfter = Math.max(reachable, now - years * perYear.value);
  return {
    repair: {
      years,
      cost: times(standard, years),
      removesMonths: now - waitingMonthsAfter,
      waitingMonthsAfter,
    },
    rules,
  };
}

/** Did employee cover end so lately that the move to the resident scheme leaves no gap? */
export function movedFromEmployee({ employeeCoverEndedOn }: Insured, on: Day, gapMonths: number): boolean {
  return employeeCoverEndedOn !== null && on <= addMonths(employeeCoverEndedOn, gapMonths);
}
