import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { mustBeWithin } from "../officers/store.ts";
import { recordList } from "../oversight/store.ts";
import { openCases } from "./case-store.ts";
import { casesReply } from "./officers.ts";

/** GET /agency/credential-cases · 用码疑点待办: what waits in a unit for an officer, the soonest due first. */
export const handler = http(endpoints["credentials.cases"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const cases = await openCases(unit);
  await recordList(officer, cases, { call: "credentials.cases" });
  return { cases: await casesReply(cases) };
});
