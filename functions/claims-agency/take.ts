import { endpoints } from "../../shared/api/claims-agency.ts";
import { http } from "../http.ts";
import { disputeFor, take } from "./moves.ts";
import { movedReply } from "./reply.ts";

/** POST /agency/disputes/{disputeNo}/take · 接手争议: one officer answers from now on. */
export const handler = http(endpoints["claims-agency.take"], async ({ officer, params: { disputeNo } }) => {
  await disputeFor(officer, disputeNo, "claims-agency.take");
  return movedReply(await take(disputeNo, officer), officer);
});
