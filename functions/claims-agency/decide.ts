import { endpoints } from "../../shared/api/claims-agency.ts";
import { http } from "../http.ts";
import { disputeFor, reject, uphold } from "./moves.ts";
import { movedReply } from "./reply.ts";

/** POST /agency/disputes/{disputeNo}/decision · 答复争议: by the officer who took it, with the sentence that the person reads. */
export const handler = http(
  endpoints["claims-agency.decide"],
  async ({ officer, params: { disputeNo }, body: { uphold: yes, reason } }) => {
    await disputeFor(officer, disputeNo, "claims-agency.decide", reason);
    return movedReply(await (yes ? uphold : reject)(disputeNo, officer, reason), officer);
  },
);
