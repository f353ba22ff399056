import { endpoints } from "../../shared/api/refunds-agency.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";
import { approve, reject } from "../refunds/moves.ts";
import { officersReply } from "../refunds/reply.ts";
import { refundFor } from "./store.ts";

/** POST /agency/refunds/{refundNo}/decision · 审核退费: by an officer who did not propose it. */
export const handler = http(
  endpoints["refunds-agency.decide"],
  async ({ officer, params: { refundNo }, body: { approve: yes, reason } }) => {
    await refundFor(officer, refundNo, "refunds-agency.decide", reason);
    return officersReply(await (yes ? approve : reject)(refundNo, byOfficer(officer), reason));
  },
);
