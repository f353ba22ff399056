import { endpoints } from "../../shared/api/contributions.ts";
import type { PayWay } from "../../shared/contribution/trade.ts";
import { Refusal } from "../../shared/refusal.ts";
import { channel } from "../channel/channel.ts";
import { mustBeOpen } from "../channel/switch.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { http } from "../http.ts";
import { type Account, openIdOf } from "../sign-in/accounts.ts";
import { type Order, ownOrder } from "./store.ts";
import { openTrade } from "./trades.ts";

/** POST /orders/{orderNo}/payment · 去支付: opens the payment at the channel, in the way that the payer's device has. */
export const handler = http(
  endpoints["contributions.pay"],
  async ({ resident, address, params: { orderNo }, body: { how } }) => {
    const order = await ownOrder(orderNo, resident);
    if (order.state !== "awaiting-payment") throw new Refusal("order-not-payable");
    if (order.expiresBy <= now()) throw new Refusal("order-expired");
    await mustBeOpen(order.lines.map(({ poolingArea }) => poolingArea));
    return ways[how](order, resident.account, address);
  },
);

const ways = {
  jsapi: async (order: Order, account: Account, _: string) => {
    const openId = await openIdOf(account);
    if (openId === null) throw new Refusal("wechat-needed");
    const parameters = await openTrade(order, "jsapi", (no) => channel().openInMiniProgram(payable(order, no), openId));
    return { how: "jsapi" as const, parameters };
  },
  native: async (order: Order) => {
    const code = await openTrade(order, "native", (no) => channel().openAsCode(payable(order, no)));
    return { how: "native" as const, code };
  },
  h5: async (order: Order, _: Account, address: string) => {
    const back = `${config.residentSite()}#/pages/contributions/result/index?orderNo=${order.orderNo}`;
    const page = await openTrade(order, "h5", (no) => channel().openInBrowser(payable(order, no), address, back));
    return { how: "h5" as const, page };
  },
} satisfies Record<PayWay, unknown>;

const payable = ({ total, expiresBy }: Order, orderNo: string) => ({ orderNo, total, expiresBy });
