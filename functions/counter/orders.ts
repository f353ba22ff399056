import { endpoints } from "../../shared/api/counter.ts";
import { http } from "../http.ts";
import { carrierOf } from "../receipts/reply.ts";
import { receiptsOf, yearsOf } from "../receipts/store.ts";
import { officersReply } from "../refunds/reply.ts";
import { refundOf } from "../refunds/store.ts";
import { shownAtCounter } from "./store.ts";

/** GET /counter/people/{personNo}/orders · 窗口看缴费记录: a person's own lines that became a receipt, the newest year first. */
export const handler = http(endpoints["counter.orders"], async ({ officer, params: { personNo } }) => {
  const page = await shownAtCounter(officer, personNo, "counter.orders");
  const [receipts, years] = await Promise.all([receiptsOf(page), yearsOf(page)]);
  const lines = await Promise.all(
    receipts.map(async (receipt) => {
      const { order, at, line, number, checkCode, state } = receipt;
      const { benefitYear, amount, subsidised, outcome, coverFrom } = line;
      const year = years.find((one) => one.orderNo === order.orderNo && one.benefitYear === benefitYear);
      return {
        orderNo: order.orderNo,
        line: at,
        on: order.createdOn,
        benefitYear,
        amount,
        subsidised,
        carrier: carrierOf(receipt),
        outcome,
        coverFrom,
        refund: year?.refundNo ? officersReply(await refundOf(year.refundNo)) : null,
        receipt: { number, checkCode, state },
      };
    }),
  );
  return { lines: lines.sort((a, b) => b.benefitYear - a.benefitYear || (a.on < b.on ? 1 : -1)) };
});
