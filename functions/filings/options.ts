import { endpoints } from "../../shared/api/filings.ts";
import { yearOf } from "../../shared/day.ts";
import { today } from "../clock.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";
import { optionsFor } from "./offers.ts";

/** GET /filings/options · 我能怎么备案: what can be filed for by the rules of today, what it needs, and on what that rests. */
export const handler = http(endpoints["filings.options"], async ({ resident, query: { tie } }) => {
  const { personNo } = await actingFor(resident.personNo, tie, "filings.options");
  return optionsFor(await factsOf(personNo, [yearOf(today())]));
});
