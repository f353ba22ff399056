import type { Day } from "../day.ts";
import type { Identity } from "../policy/identity.ts";

/** 参保人 · what has to be known of a person to say what they owe. */
export interface Insured {
  readonly bornOn: Day;
  readonly student: boolean;
  readonly identities: readonly Identity[];
  /** Benefit years in which the person was covered as a resident. */
  readonly coveredYears: readonly number[];
  readonly employeeCovered: boolean;
  readonly employeeCoverEndedOn: Day | null;
  /** Never enrolled in the scheme before; no covered year at all says the same. */
  readonly firstEnrolment: boolean;
}

/** 询价 · for whom, for which benefit year, on which day, in which tier. */
export interface Enquiry {
  readonly benefitYear: number;
  readonly on: Day;
  readonly tier: number;
  readonly person: Insured;
}

/** 参保途径 · by which door somebody comes into the scheme. */
export type Channel = "newborn" | "window" | "moved-from-employee" | "first-enrolment" | "late";
