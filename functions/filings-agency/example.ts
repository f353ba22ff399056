import { endpoints } from "../../shared/api/filings-agency.ts";
import { yearOf } from "../../shared/day.ts";
import { today } from "../clock.ts";
import { exampleFor } from "../filings/offers.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";
import { servedPerson } from "../served.ts";

/** POST /agency/people/{personNo}/filings/example · 替人看备案前后对比: the same comparison as the person sees. */
export const handler = http(endpoints["filings-agency.example"], async ({ officer, params: { personNo }, body }) => {
  await servedPerson(officer, personNo, { call: "filings-agency.example" });
  return exampleFor(await factsOf(personNo, [yearOf(today())]), body);
});
