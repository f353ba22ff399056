import { endpoints } from "../../shared/api/refunds.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { withdraw } from "./moves.ts";
import { refundReply } from "./reply.ts";
import { refundOf } from "./store.ts";

/** POST /refunds/{refundNo}/withdrawal · 撤回退费申请: one's own, before anybody decided. */
export const handler = http(endpoints["refunds.withdraw"], async ({ resident, params: { refundNo } }) => {
  const { payerNo, proposedBy } = await refundOf(refundNo);
  if (payerNo !== resident.personNo) throw new Refusal("not-found");
  if (proposedBy) throw new Refusal("refund-not-possible");
  return refundReply(await withdraw(refundNo));
});
