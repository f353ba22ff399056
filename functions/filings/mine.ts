import { endpoints } from "../../shared/api/filings.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { filingReply } from "./reply.ts";
import { filingsOf, overviewOf } from "./store.ts";

/** GET /filings · 我的备案: one's own or a dependant's, the newest first. */
export const handler = http(endpoints["filings.mine"], async ({ resident, query: { tie } }) => {
  const { personNo, profile, tieNo } = await actingFor(resident.personNo, tie, "filings.mine");
  const [filings, overview] = await Promise.all([filingsOf(personNo), overviewOf(personNo)]);
  return { filings: filings.map((one) => filingReply(one, overview, { name: profile.name, tieNo })) };
});
