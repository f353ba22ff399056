import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { approve, reject } from "./moves.ts";
import { byOfficer, refundFor } from "./officers.ts";
import { officersReply } from "./reply.ts";

/** POST /agency/refunds/{refundNo}/decision · 审核退费: by an officer who did not propose it. */
export const handler = http(
  endpoints["refunds.decide"],
  async ({ officer, params: { refundNo }, body: { approve: yes, reason } }) => {
    await refundFor(officer, refundNo, "refunds.decide", reason);
    return officersReply(await (yes ? approve : reject)(refundNo, byOfficer(officer), reason));
  },
);
