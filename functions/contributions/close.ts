import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { orderReply } from "./reply.ts";
import { closeOrder, ownOrder } from "./store.ts";

/** POST /orders/{orderNo}/close · 取消缴费单. */
export const handler = http(endpoints["contributions.close"], async ({ resident, params: { orderNo } }) =>
  orderReply(await closeOrder(await ownOrder(orderNo, resident.accountNo))),
);
