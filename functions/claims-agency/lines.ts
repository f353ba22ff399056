import { endpoints } from "../../shared/api/claims-agency.ts";
import { recordAccess } from "../audit.ts";
import { feeLinesOf } from "../claims/fee-lines.ts";
import { linesReply } from "../claims/reply.ts";
import { http } from "../http.ts";
import { shownClaim } from "./store.ts";

const most = 200;

/** GET /agency/people/{personNo}/claims/{claimNo}/lines · 查看费用明细: a page of a claim's fee lines. */
export const handler = http(
  endpoints["claims-agency.lines"],
  async ({ officer, params: { personNo, claimNo }, query }) => {
    const { claim } = await shownClaim(officer, personNo, claimNo);
    await recordAccess(officer, { personNo }, { call: "claims-agency.lines" });
    const { lines, more } = await feeLinesOf(claim, query.after, ({ name }) => name.includes(query.q ?? ""), most);
    return linesReply(lines, more);
  },
);
