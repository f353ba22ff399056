import * as z from "zod";
import { AreaCode, CalendarDay } from "../../shared/edge.ts";
import { IdentityText } from "../../shared/policy/identity-text.ts";

/** 人员 · one person of the register. Identity number and telephone are sealed; no mask of them is kept. */
export const Profile = z.object({
  personNo: z.string(),
  name: z.string(),
  identityNumberSealed: z.string(),
  telephoneSealed: z.string().nullable(),
  /** The day on which somebody last said or proved that the telephone is the person's. */
  telephoneConfirmedOn: CalendarDay.nullable().default(null),
  sex: z.enum(["male", "female"]),
  bornOn: CalendarDay,
  poolingArea: AreaCode,
  /** The village, 12 digits. */
  village: z.string(),
  household: z.string(),
  head: z.boolean(),
  student: z.boolean(),
  identities: z.array(IdentityText),
  /** 以前的待遇期 · cover of benefit years before this system kept enrolments, as taken over. */
  coverBefore: z.array(z.object({ benefitYear: z.int(), coverFrom: CalendarDay, coverUntil: CalendarDay })),
  employeeCovered: z.boolean(),
  employeeCoverEndedOn: CalendarDay.nullable(),
  diedOn: CalendarDay.nullable(),
  /** 新生儿 · a birth certificate's number stands where the identity number will. */
  temporary: z.boolean().optional(),
  /** 没有核对 · so far only a parent says that there is this newborn: not on the register until an officer has seen the certificate. */
  unconfirmed: z.boolean().optional(),
  /** How often an order of this temporary person was booked: a merge sees whether it has read them all. */
  bookings: z.int().optional(),
  /** The benefit years in which this temporary person was added to those who should be insured. */
  countedYears: z.array(z.int()).optional(),
  /** The same person under the number that stays. */
  mergedInto: z.string().optional(),
});

export type Profile = z.output<typeof Profile>;

/** What a person's telephone and identity number are sealed for. */
export const telephonePlace = (personNo: string) => `telephone of person ${personNo}`;
export const identityNumberPlace = (personNo: string) => `identity number of person ${personNo}`;
