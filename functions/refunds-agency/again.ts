import { endpoints } from "../../shared/api/refunds-agency.ts";
import { http } from "../http.ts";
import { payAgain } from "../refunds/moves.ts";
import { officersReply } from "../refunds/reply.ts";
import { refundFor } from "./store.ts";

/** POST /agency/refunds/{refundNo}/again · 再退一次: has the channel asked once more after it could not pay back. */
export const handler = http(endpoints["refunds-agency.again"], async ({ officer, params: { refundNo } }) => {
  await refundFor(officer, refundNo, "refunds-agency.again");
  return officersReply(await payAgain(refundNo));
});
