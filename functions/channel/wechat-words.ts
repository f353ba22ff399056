import * as z from "zod";
import type { Yuan } from "../../shared/money.ts";
import { type Merchant, readVerified, Sealed, unseal, WeChatPayError } from "./wechat-sign.ts";

const Fen = z.int().min(0) as unknown as z.ZodType<Yuan, number>;
const Moment = z.iso.datetime({ offset: true }).transform((written) => Date.parse(written));

/** 微信支付的一笔交易 · in our words; times are milliseconds, amounts fen. */
export type Trade =
  | { readonly orderNo: string; readonly state: "unpaid" | "closed" }
  | {
      readonly orderNo: string;
      /** `refunded`: a refund was asked for, of all or of a part; the payment itself stands. */
      readonly state: "paid" | "refunded";
      readonly transactionNo: string;
      readonly amount: Yuan;
      readonly paidAt: number;
    };

/** A trade that money came for. */
export type PaidTrade = Extract<Trade, { transactionNo: string }>;

/** 退款 · `abnormal`: the account is gone and the merchant platform must decide; `closed`: nothing was refunded. */
export interface ChannelRefund {
  readonly refundNo: string;
  /** WeChat Pay's own number of the refund. */
  readonly channelNo: string;
  readonly orderNo: string;
  readonly transactionNo: string;
  readonly state: "processing" | "succeeded" | "closed" | "abnormal";
  readonly amount: Yuan;
  /** The amount that had been paid. */
  readonly paid: Yuan;
  readonly succeededAt: number | null;
}

const tradeStates = {
  SUCCESS: "paid",
  REFUND: "refunded",
  NOTPAY: "unpaid",
  USERPAYING: "unpaid",
  PAYERROR: "unpaid",
  CLOSED: "closed",
  REVOKED: "closed",
} as const;

/** 商户订单号查询订单: a trade as a reply or a notification holds it. A state that is not documented is unreadable. */
export const TradeFields = z.object({
  appid: z.string().optional(),
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.enum(Object.keys(tradeStates) as [keyof typeof tradeStates]),
  transaction_id: z.string().min(1).optional(),
  success_time: Moment.optional(),
  amount: z.object({ total: Fen.optional(), currency: z.string().optional() }).optional(),
});

/** A trade in our words; throws `foreign` unless it is of our merchant, our app and in CNY. */
export function tradeOf(fields: z.output<typeof TradeFields>, merchant: Merchant): Trade {
  const { appid, mchid, out_trade_no: orderNo, transaction_id: transactionNo, success_time: paidAt } = fields;
  if (mchid !== merchant.mchid || (appid ?? merchant.appid) !== merchant.appid) throw foreign("of another merchant");
  const state = tradeStates[fields.trade_state];
  if (state === "unpaid" || state === "closed") return { orderNo, state };
  const { total, currency } = fields.amount ?? {};
  if (currency !== "CNY") throw foreign("not in CNY");
  if (transactionNo === undefined || paidAt === undefined || total === undefined) {
    throw new WeChatPayError("unreadable", "a payment without number, time or amount");
  }
  return { orderNo, state, transactionNo, amount: total, paidAt };
}

const refundStates = {
  SUCCESS: "succeeded",
  CLOSED: "closed",
  PROCESSING: "processing",
  ABNORMAL: "abnormal",
} as const;

const RefundStatus = z.enum(Object.keys(refundStates) as [keyof typeof refundStates]);

const refundFields = {
  refund_id: z.string().min(1),
  out_refund_no: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string(),
  success_time: Moment.optional(),
};

/** 申请退款, 查询单笔退款: the reply. */
export const RefundFields = z.object({
  ...refundFields,
  status: RefundStatus,
  amount: z.object({ total: Fen, refund: Fen, currency: z.literal("CNY") }),
});

/** 退款结果通知: it names the merchant and leaves the currency out. */
const RefundNotified = z.object({
  ...refundFields,
  mchid: z.string(),
  refund_status: RefundStatus,
  amount: z.object({ total: Fen, refund: Fen, currency: z.literal("CNY").optional() }),
});

type AnyRefund = Omit<z.output<typeof RefundFields>, "amount"> & { amount: { total: Yuan; refund: Yuan } };

/** A refund in our words. */
export function refundOf(fields: AnyRefund): ChannelRefund {
  const state = refundStates[fields.status];
  if (state === "succeeded" && fields.success_time === undefined) {
    throw new WeChatPayError("unreadable", "a refund without its time");
  }
  return {
    refundNo: fields.out_refund_no,
    channelNo: fields.refund_id,
    orderNo: fields.out_trade_no,
    transactionNo: fields.transaction_id,
    state,
    amount: fields.amount.refund,
    paid: fields.amount.total,
    succeededAt: state === "succeeded" ? fields.success_time! : null,
  };
}

/** Throws `foreign`: it is WeChat Pay's, and not about what we asked. */
export const foreign = (what: string): WeChatPayError => new WeChatPayError("foreign", what);

const Envelope = z.object({
  id: z.string().min(1).max(36),
  event_type: z.enum(["TRANSACTION.SUCCESS", "REFUND.SUCCESS", "REFUND.ABNORMAL", "REFUND.CLOSED"]),
  resource_type: z.literal("encrypt-resource"),
  resource: Sealed,
});

/** What a notification tells, in our words. */
export type News =
  | { readonly id: string; readonly kind: "payment"; readonly trade: PaidTrade }
  | { readonly id: string; readonly kind: "refund"; readonly refund: ChannelRefund };

/** 支付成功回调通知, 退款结果通知: opens a notification whose signature has been verified. */
export function newsOf(body: Uint8Array, merchant: Merchant): News {
  const { id, event_type, resource } = readVerified(Envelope, Buffer.from(body).toString("utf8"));
  const plain = unseal(merchant.apiV3Key, resource);
  if (event_type === "TRANSACTION.SUCCESS") {
    const trade = tradeOf(readVerified(TradeFields, plain), merchant);
    if (trade.state !== "paid") throw new WeChatPayError("unreadable", "paid by its envelope, not by its content");
    return { id, kind: "payment", trade };
  }
  const { mchid, refund_status, ...fields } = readVerified(RefundNotified, plain);
  if (mchid !== merchant.mchid) throw foreign("of another merchant");
  if (event_type !== `REFUND.${refund_status}`) {
    throw new WeChatPayError("unreadable", "one state by its envelope, another by its content");
  }
  return { id, kind: "refund", refund: refundOf({ ...fields, status: refund_status }) };
}
