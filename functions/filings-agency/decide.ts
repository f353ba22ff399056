import { endpoints } from "../../shared/api/filings-agency.ts";
import { decide } from "../filings/moves.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";
import { replyFor } from "./reply.ts";
import { shownFiling } from "./store.ts";

/** POST /agency/people/{personNo}/filings/{filingNo}/decision · 审核备案: agreed, returned with one list, refused, or taken back as false. */
export const handler = http(endpoints["filings-agency.decide"], async ({ officer, params, body }) => {
  const { profile } = await shownFiling(officer, params, "filings-agency.decide");
  return replyFor(await decide(params.personNo, params.filingNo, body, byOfficer(officer)), profile, officer);
});
