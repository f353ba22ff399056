import { endpoints } from "../../shared/api/counter.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { paidOut } from "../refunds/moves.ts";
import { officersReply } from "../refunds/reply.ts";
import { refundFor } from "../refunds-agency/store.ts";

/** POST /counter/refunds/{refundNo}/payout · 窗口付出退费: cash that was taken at a counter is given back at one. */
export const handler = http(endpoints["counter.pay-out"], async ({ officer, params: { refundNo }, body: { seen } }) => {
  const { payment } = await refundFor(officer, refundNo, "counter.pay-out", seen);
  if (payment?.carrier !== "cash") throw new Refusal("refund-not-possible");
  return officersReply(await paidOut(refundNo));
});
