import { type Day, dayOf, yearOf } from "../day.ts";

/** 参保状态 · where a person stands in one benefit year on a day. Days are inclusive. */
export type Cover =
  | {
      readonly year: number;
      readonly state: "covered" | "waiting" | "starts-later" | "over";
      readonly from: Day;
      readonly until: Day;
    }
  | { readonly year: number; readonly state: "not-enrolled" | "employee" };

interface Enrolled {
  readonly benefitYear: number;
  readonly coverFrom: Day;
  readonly coverUntil: Day;
  readonly waitingMonths: number;
}

/** The state of a benefit year: an enrolment decides; without one, employee cover or nothing. */
export function coverOf(year: number, on: Day, enrolments: readonly Enrolled[], employeeCovered: boolean): Cover {
  const enrolment = enrolments.find((one) => one.benefitYear === year);
  if (!enrolment) return { year, state: employeeCovered ? "employee" : "not-enrolled" };
  const { coverFrom: from, coverUntil: until, waitingMonths } = enrolment;
  if (on > until) return { year, state: "over", from, until };
  if (on >= from) return { year, state: "covered", from, until };
  return { year, state: waitingMonths > 0 ? "waiting" : "starts-later", from, until };
}

/** The last day of cover of a benefit year. */
export const coverUntil = (benefitYear: number): Day => dayOf(benefitYear, 12, 31);

/** This year and the next: what a person wants to know. */
export const yearsAhead = (on: Day): readonly [number, number] => [yearOf(on), yearOf(on) + 1];
