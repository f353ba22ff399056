import { endpoints } from "../../shared/api/endpoints.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { http } from "../http.ts";
import { openPayment } from "../payments/channel.ts";
import { ownOrder } from "./store.ts";

/** POST /orders/{orderNo}/payment · 去支付: hands the order to the payment channel and says where its cashier is. */
export const handler = http(endpoints["contributions.pay"], async ({ resident, params: { orderNo } }) => {
  const order = await ownOrder(orderNo, resident.accountNo);
  if (order.state !== "awaiting-payment") throw new Refusal("order-not-payable");
  if (order.expiresBy <= now()) throw new Refusal("order-expired");
  return { cashier: await openPayment(order) };
});
