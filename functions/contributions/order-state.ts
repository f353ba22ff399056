import { endpoints } from "../../shared/api/contributions.ts";
import { http } from "../http.ts";
import { orderReply } from "./reply.ts";
import { ownOrder } from "./store.ts";

/** GET /orders/{orderNo} · 一张缴费单. */
export const handler = http(endpoints["contributions.order-state"], async ({ resident, params: { orderNo } }) =>
  orderReply(await ownOrder(orderNo, resident)),
);
