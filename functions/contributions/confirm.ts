import { endpoints } from "../../shared/api/contributions.ts";
import { http } from "../http.ts";
import { orderReply } from "./reply.ts";
import { isOpen, ownOrder } from "./store.ts";
import { confirmOrder } from "./trades.ts";

/** POST /orders/{orderNo}/confirm · 确认支付结果: asks the channel; what it says was paid is booked. */
export const handler = http(
  endpoints["contributions.confirm"],
  async ({ resident, params: { orderNo }, body: { paid } }) => {
    const order = await ownOrder(orderNo, resident);
    const asking = isOpen(order) && order.opened !== undefined;
    return orderReply(asking ? await confirmOrder(order, paid) : order);
  },
);
