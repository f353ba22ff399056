import type { Whom } from "../../api.ts";
import { go } from "../../route.ts";
import { calendarOf } from "./drafts.ts";

/** Opens somebody's calendar; without a year, the one in which something can be paid today. */
export function toCalendar(whom: Whom = { who: "self" }, benefitYear: number | null = null): void {
  calendarOf.change({ whom, benefitYear });
  go("contributions/calendar");
}
