import { endpoints } from "../../shared/api/contributions.ts";
import { Refusal } from "../../shared/refusal.ts";
import { unreachable } from "../channel/channel.ts";
import { http } from "../http.ts";
import { orderReply } from "./reply.ts";
import { ownOrder } from "./store.ts";
import { closeOrder } from "./trades.ts";

/** POST /orders/{orderNo}/close · 取消缴费单: at the channel first; closing it again changes nothing. */
export const handler = http(endpoints["contributions.close"], async ({ resident, params: { orderNo } }) => {
  const closed = await closeOrder(await ownOrder(orderNo, resident)).catch(unreachable);
  if (closed.state !== "closed") throw new Refusal("order-not-payable");
  return orderReply(closed);
});
