import { endpoints } from "../../shared/api/claims-agency.ts";
import { http } from "../http.ts";
import { disputeFor, handBack } from "./moves.ts";
import { movedReply } from "./reply.ts";

/** POST /agency/disputes/{disputeNo}/hand-back · 放回争议: for somebody else to take. */
export const handler = http(endpoints["claims-agency.hand-back"], async ({ officer, params: { disputeNo } }) => {
  await disputeFor(officer, disputeNo, "claims-agency.hand-back");
  return movedReply(await handBack(disputeNo, officer), officer);
});
