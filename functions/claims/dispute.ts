import { endpoints } from "../../shared/api/claims.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { openDispute, requestedDispute } from "./dispute-store.ts";
import { disputeReply } from "./reply.ts";
import { claimOf } from "./store.ts";

/** POST /claims/{claimNo}/disputes · 提出争议: a claim is not mine, or its amounts are wrong; for oneself or a dependant. */
export const handler = http(
  endpoints["claims.dispute"],
  async ({ resident, params: { claimNo }, query: { tie }, body }) => {
    const { personNo, profile, tieNo } = await actingFor(resident.personNo, tie, "claims.dispute");
    await claimOf(personNo, claimNo);
    const filedBy = { personNo: resident.personNo, accountNo: resident.accountNo };
    const request = { claimNo, personNo, filedBy, ...body };
    const standing = await requestedDispute(request);
    if (!standing) await spendTry("dispute", resident.accountNo);
    return disputeReply(standing ?? (await openDispute(request)), { name: profile.name, tieNo });
  },
);
