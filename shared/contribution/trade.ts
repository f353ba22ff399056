/**
 * 支付方式 · jsapi: inside WeChat; h5: a phone's browser; native: a code for WeChat's camera. Each has a letter, so that an
 * order paid in another way is another trade of the channel and each call of it can be repeated.
 */
export const payWays = { jsapi: "J", native: "N", h5: "H" } as const;
export type PayWay = keyof typeof payWays;
export const payWayNames = Object.keys(payWays) as [PayWay, ...PayWay[]];

/** 商户订单号 · the channel's number of an order paid in one way. */
export const tradeNoOf = (orderNo: string, how: PayWay): string => `${orderNo}${payWays[how]}`;

/** The order behind a trade, or null where no order of ours has such a number. */
export function orderNoOf(tradeNo: string): string | null {
  return /^[0-9A-Z]{24}[JNH]$/.test(tradeNo) ? tradeNo.slice(0, -1) : null;
}
