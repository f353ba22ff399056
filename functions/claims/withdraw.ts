import { endpoints } from "../../shared/api/claims.ts";
import { Refusal } from "../../shared/refusal.ts";
import { actingFor } from "../family/acting.ts";
import { byResident } from "../hand.ts";
import { http } from "../http.ts";
import { moveDispute } from "./dispute-store.ts";
import { disputeReply } from "./reply.ts";

/** POST /disputes/{disputeNo}/withdrawal · 撤回争议: one's own or a dependant's, before it was decided. */
export const handler = http(
  endpoints["claims.withdraw"],
  async ({ resident, params: { disputeNo }, query: { tie } }) => {
    const { personNo, profile, tieNo } = await actingFor(resident.personNo, tie, "claims.withdraw");
    const moved = await moveDispute(disputeNo, {
      event: "withdraw",
      by: byResident(resident.personNo, tie),
      change: { owner: null },
      allowed: (dispute) => {
        if (dispute.personNo !== personNo) throw new Refusal("not-found");
      },
    });
    return disputeReply(moved, { name: profile.name, tieNo });
  },
);
