import { endpoints } from "../../shared/api/counter.ts";
import { recordAccess } from "../audit.ts";
import { orderOf } from "../contributions/store.ts";
import { http } from "../http.ts";
import { receiptReply } from "../receipts/reply.ts";
import { receiptsOfOrder } from "../receipts/store.ts";
import { mustServe } from "../served.ts";

/** GET /counter/orders/{orderNo}/receipts · 窗口：打印票据: those of an order whose people all are of the officer's unit. */
export const handler = http(endpoints["counter.receipt"], async ({ officer, params: { orderNo } }) => {
  const order = await orderOf(orderNo);
  for (const { village } of order.lines) mustServe(officer, [village]);
  for (const personNo of new Set(order.lines.map((line) => line.personNo)))
    await recordAccess(officer, { personNo }, { call: "counter.receipt" });
  const receipts = await receiptsOfOrder(order);
  return { receipts: await Promise.all(receipts.map((receipt) => receiptReply(receipt, false))) };
});
