import { endpoints } from "../../shared/api/credentials-agency.ts";
import { recordList } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { openCases } from "../credentials/case-store.ts";
import { http } from "../http.ts";
import { casesReply } from "./store.ts";

/** GET /agency/credential-cases · 用码疑点待办: what waits in a unit for an officer, the soonest due first. */
export const handler = http(endpoints["credentials-agency.cases"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const cases = await openCases(unit);
  await recordList(officer, cases, { call: "credentials-agency.cases" });
  return { cases: await casesReply(cases) };
});
