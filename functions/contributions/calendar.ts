import { endpoints } from "../../shared/api/contributions.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { calendarOf } from "../../shared/contribution/calendar.ts";
import { maskName } from "../../shared/person.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { coverYears, insured } from "../people/page.ts";
import { personOf } from "./whom.ts";

/** POST /contributions/calendar · 参保日历: as it is now, and what a payment today would change; stores nothing. */
export const handler = http(endpoints["contributions.calendar"], async ({ resident, body: { whom, benefitYear } }) => {
  const page = await personOf(whom, resident);
  const { name, poolingArea } = page.profile;
  const enquiry = { benefitYear, on: today(), tier: 1, person: insured(page) };
  return {
    name: whom.who === "other" ? maskName(name) : name,
    ...calendarOf(enquiry, coverYears(page), policyOf(poolingArea)),
  };
});
