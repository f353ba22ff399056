import { endpoints } from "../../shared/api/refunds.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { ask } from "./moves.ts";
import { refundReply } from "./reply.ts";

/** POST /refunds · 申请退费: for one line of an order of one's own, before its benefit year begins. */
export const handler = http(endpoints["refunds.request"], async ({ resident, body }) =>
  refundReply(
    await ask(body, null, ({ order }) => {
      if (order.payerNo !== resident.personNo) throw new Refusal("not-found");
    }),
  ),
);
