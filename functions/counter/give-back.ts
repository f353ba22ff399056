import { endpoints } from "../../shared/api/counter.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { orderOf } from "../contributions/store.ts";
import { suspenseOf, suspenseReturned } from "../contributions/suspense.ts";
import { http } from "../http.ts";
import { mustServe } from "../served.ts";

/** POST /counter/orders/{orderNo}/return · 窗口退回未入账的现金: cash of an order that could not be booked goes back at once. */
export const handler = http(
  endpoints["counter.give-back"],
  async ({ officer, params: { orderNo }, body: { seen } }) => {
    const order = await orderOf(orderNo);
    const line = order.lines[0]!;
    mustServe(officer, [line.village]);
    const item = await suspenseOf(`CASH-${orderNo}`);
    if (item.owner !== "counter") throw new Refusal("refund-not-possible");
    await recordAccess(officer, { personNo: line.personNo }, { call: "counter.give-back", reason: seen });
    await suspenseReturned(item.suspenseNo);
    return { amount: item.amount };
  },
);
