import { endpoints } from "../../shared/api/claims-agency.ts";
import { http } from "../http.ts";
import { propose } from "../proposal.ts";
import { disputeFor, planTakingBack, reject, takesBack, uphold } from "./moves.ts";
import { movedReply } from "./reply.ts";

/** POST /agency/disputes/{disputeNo}/decision · 答复争议: by the officer who took it; a claim is taken back once another one agrees. */
export const handler = http(endpoints["claims-agency.decide"], async ({ officer, ...said }) => {
  const { disputeNo } = said.params;
  const { uphold: yes, reason } = said.body;
  const dispute = await disputeFor(officer, disputeNo, "claims-agency.decide", reason);
  if (yes && (await takesBack(dispute, officer))) {
    const proposed = await propose("claims-agency.decide", said, officer, planTakingBack);
    return { ...(await movedReply(dispute, officer)), proposed };
  }
  const decided = await (yes ? uphold : reject)(disputeNo, officer, reason);
  return { ...(await movedReply(decided, officer)), proposed: null };
});
