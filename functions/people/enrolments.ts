import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";

/** 参保 · one person's cover of one benefit year; there is at most one, whoever paid. */
export const Enrolment = z.object({
  personNo: z.string(),
  benefitYear: z.int(),
  tier: z.int(),
  channel: z.string(),
  coverFrom: CalendarDay,
  coverUntil: CalendarDay,
  waitingMonths: z.int(),
  /** Fen. */
  standard: z.int(),
  subsidised: z.int(),
  due: z.int(),
  repairYears: z.int(),
  enrolledOn: CalendarDay,
  orderNo: z.string(),
  /** The refund that was asked for and not refused: nobody can ask for another one. */
  refundNo: z.string().optional(),
});

export type Enrolment = z.output<typeof Enrolment>;
