import { endpoints } from "../../shared/api/endpoints.ts";
import { claimantOf } from "../claims/claimant.ts";
import { http } from "../http.ts";
import { filingReply } from "./reply.ts";
import { filingsOf, standingsOf } from "./store.ts";

/** GET /filings · 我的备案: one's own or a dependant's, the newest first. */
export const handler = http(endpoints["filings.mine"], async ({ resident, query: { tie } }) => {
  const { personNo, profile, tieNo } = await claimantOf(resident.personNo, tie, "filings.mine");
  const [filings, standings] = await Promise.all([filingsOf(personNo), standingsOf(personNo)]);
  return { filings: filings.map((one) => filingReply(one, standings, { name: profile.name, tieNo })) };
});
