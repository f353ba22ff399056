import { endpoints } from "../../shared/api/contributions.ts";
import { http } from "../http.ts";
import { orderReply } from "./reply.ts";
import { ordersOf } from "./store.ts";

/** GET /orders · 我的缴费单, the newest first. */
export const handler = http(endpoints["contributions.orders"], async ({ resident }) => ({
  orders: (await ordersOf(resident)).map(orderReply),
}));
