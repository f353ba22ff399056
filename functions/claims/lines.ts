import { endpoints } from "../../shared/api/claims.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { feeLinesOf } from "./fee-lines.ts";
import { linesReply } from "./reply.ts";
import { claimOf } from "./store.ts";

const most = 500;

/** GET /claims/{claimNo}/lines · 费用明细: a page of a claim's fee lines, or of those whose name holds some words. */
export const handler = http(endpoints["claims.lines"], async ({ resident, params: { claimNo }, query }) => {
  const { personNo } = await actingFor(resident.personNo, query.tie, "claims.lines");
  const claim = await claimOf(personNo, claimNo);
  const { lines, more } = await feeLinesOf(claim, query.after, ({ name }) => name.includes(query.q ?? ""), most);
  return linesReply(lines, more);
});
