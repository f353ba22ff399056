import { endpoints } from "../../shared/api/counter.ts";
import type { Officer } from "../callers/officers.ts";
import { mustBeOpen } from "../channel/switch.ts";
import { now } from "../clock.ts";
import { bookOrder } from "../contributions/booking.ts";
import { mustMatch, pricedLine } from "../contributions/price.ts";
import { orderReply } from "../contributions/reply.ts";
import { type Order, openOrder } from "../contributions/store.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { aliveAtCounter } from "./store.ts";

/** POST /counter/orders · 窗口代收缴费: takes cash for people of the officer's unit, at today's price, and books it at once. */
export const handler = http(endpoints["counter.order"], async ({ officer, body }) => {
  const payer = { accountNo: `COUNTER-${officer.officerNo}`, personNo: null };
  const price = async () => {
    const lines = await Promise.all(
      body.lines.map(async ({ personNo, ...wish }) => {
        const { profile } = await aliveAtCounter(officer, personNo, "counter.order", body.seen);
        return pricedLine(await personPage(profile.personNo), wish, { name: profile.name, self: false });
      }),
    );
    await mustBeOpen(lines.map(({ poolingArea }) => poolingArea));
    return mustMatch(lines, body.expected);
  };
  const request = { payer, requestNo: body.requestNo, body, collector: collectorOf(officer) };
  const order = await openOrder(request, price);
  return orderReply(order.state === "awaiting-payment" ? await booked(order, officer) : order);
});

const collectorOf = ({ officerNo, name, unit }: Officer) => ({ officerNo, name, unit });

/** The money is in the officer's hand, under a number that the order has once. */
function booked({ orderNo, total: amount }: Order, officer: Officer): Promise<Order> {
  if (amount === 0) return bookOrder(orderNo, null);
  const transactionNo = `CASH-${orderNo}`;
  const collector = collectorOf(officer);
  return bookOrder(orderNo, { transactionNo, tradeNo: null, amount, paidAt: now(), carrier: "cash", collector });
}
