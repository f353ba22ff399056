import { endpoints } from "../../shared/api/contributions.ts";
import { maskName } from "../../shared/person.ts";
import { mustBeOpen } from "../channel/switch.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { bookOrder } from "./booking.ts";
import { mustMatch, pricedLine } from "./price.ts";
import { orderReply } from "./reply.ts";
import { openOrder } from "./store.ts";
import { personOf } from "./whom.ts";

/** POST /orders · 下缴费单: freezes the price that the payer was shown; an order of nothing due enrols at once. */
export const handler = http(endpoints["contributions.order"], async ({ resident, body }) => {
  const { requestNo, expected } = body;
  await spendTry("order", resident.accountNo);
  const price = async () => {
    const lines = await Promise.all(
      body.lines.map(async ({ whom, ...wish }) => {
        const page = await personOf(whom, resident);
        const { name } = page.profile;
        return pricedLine(page, wish, {
          name: whom.who === "other" ? maskName(name) : name,
          self: whom.who === "self",
        });
      }),
    );
    await mustBeOpen(lines.map(({ poolingArea }) => poolingArea));
    return mustMatch(lines, expected);
  };
  const order = await openOrder({ payer: resident, requestNo, body }, price);
  const due = order.total > 0 || order.state !== "awaiting-payment";
  return orderReply(due ? order : await bookOrder(order.orderNo, null));
});
