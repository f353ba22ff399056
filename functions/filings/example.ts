import { endpoints } from "../../shared/api/filings.ts";
import { yearOf } from "../../shared/day.ts";
import { today } from "../clock.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";
import { exampleFor } from "./offers.ts";

/** POST /filings/example · 备案前后对比: the same stay not filed and filed, each computed by `settle`; nothing is written. */
export const handler = http(endpoints["filings.example"], async ({ resident, query: { tie }, body }) => {
  const { personNo } = await actingFor(resident.personNo, tie, "filings.example");
  return exampleFor(await factsOf(personNo, [yearOf(today())]), body);
});
