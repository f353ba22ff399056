import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { payAgain } from "./moves.ts";
import { refundFor } from "./officers.ts";
import { officersReply } from "./reply.ts";

/** POST /agency/refunds/{refundNo}/again · 再退一次: has the channel asked once more after it could not pay back. */
export const handler = http(endpoints["refunds.again"], async ({ officer, params: { refundNo } }) => {
  await refundFor(officer, refundNo, "refunds.again");
  return officersReply(await payAgain(refundNo));
});
