import { randomBytes } from "node:crypto";
import * as z from "zod";
import { rfc3339 } from "../../functions/channel/wechat.ts";
import { dayInShanghai } from "../../shared/day.ts";
import type { Book, BookedRefund, BookedTrade } from "./book.ts";
import type { Choice } from "./cashier.ts";
import type { deliveries } from "./deliveries.ts";

/** A no of the channel, by WeChat Pay's own codes. */
export class No extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const Amount = z.object({ total: z.int().min(1), currency: z.literal("CNY") });
const Address = z
  .url()
  .max(255)
  .regex(/^[^?]+$/);
const NewTrade = z.object({
  appid: z.string(),
  mchid: z.string(),
  description: z.string().min(1).max(127),
  out_trade_no: z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/),
  time_expire: z.iso.datetime({ offset: true }).optional(),
  notify_url: Address,
  amount: Amount,
  payer: z.object({ openid: z.string().min(1).max(128) }).optional(),
  scene_info: z.object({ payer_client_ip: z.string(), h5_info: z.object({ type: z.string() }) }).optional(),
});
const NewRefund = z.object({
  out_trade_no: z.string().optional(),
  transaction_id: z.string().optional(),
  out_refund_no: z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/),
  notify_url: Address.optional(),
  amount: Amount.extend({ refund: z.int().min(1) }),
});

/** JSON of a request as a schema reads it, or PARAM_ERROR. */
function readBody<S extends z.ZodType>(schema: S, body: Buffer): z.output<S> {
  try {
    return schema.parse(JSON.parse(body.toString("utf8")));
  } catch (cause) {
    throw new No(400, "PARAM_ERROR", cause instanceof z.ZodError ? z.prettifyError(cause) : "不是JSON");
  }
}

const stateNames = { NOTPAY: "订单未支付", SUCCESS: "支付成功", REFUND: "转入退款", CLOSED: "订单已关闭" };
const digits = (length: number) => String(randomBytes(6).readUIntBE(0, 6)).padStart(length, "0");

interface TillOptions {
  readonly book: Book;
  readonly appid: string;
  readonly mchid: string;
  readonly notifications: ReturnType<typeof deliveries>;
  /** How long a refund takes, in milliseconds. */
  readonly refundTakes: number;
  /** Orders that were paid before this channel was there: it believes what a refund says of them. */
  paidBefore(orderNo: string): boolean;
  now(): Date;
}

/** 订单和退款 · what the channel does with money that does not exist, by WeChat Pay's rules. */
export function till({ book, appid, mchid, notifications, refundTakes, paidBefore, now }: TillOptions) {
  const timers = new Set<NodeJS.Timeout>();
  const millis = () => now().getTime();

  const tradeOf = (orderNo: string): BookedTrade => known(book.trades[orderNo]);

  const open = (kind: BookedTrade["kind"], body: Buffer): BookedTrade => {
    const asked = readBody(NewTrade, body);
    if (asked.appid !== appid || asked.mchid !== mchid)
      throw new No(400, "APPID_MCHID_NOT_MATCH", "appid与mchid不匹配");
    if (kind === "JSAPI" && !asked.payer) throw new No(400, "PARAM_ERROR", "缺少payer.openid");
    if (kind === "MWEB" && !asked.scene_info) throw new No(400, "PARAM_ERROR", "缺少scene_info");
    const wanted = {
      orderNo: asked.out_trade_no,
      kind,
      total: asked.amount.total,
      description: asked.description,
      notifyUrl: asked.notify_url,
      timeExpire: asked.time_expire ?? "",
      openid: asked.payer?.openid ?? "",
    };
    const standing = book.trades[wanted.orderNo];
    if (standing) return sameAgain(standing, wanted);
    // 支付结束时间: a week where nothing is said, never less than a minute.
    const asks = asked.time_expire ? Date.parse(asked.time_expire) : millis() + 7 * 86_400_000;
    const trade: BookedTrade = {
      ...wanted,
      expiresAt: Math.max(asks, millis() + 60_000),
      token: randomBytes(16).toString("hex"),
      state: "NOTPAY",
      transactionNo: null,
      paidAt: null,
    };
    book.trades[trade.orderNo] = trade;
    book.save();
    return trade;
  };

  const close = (orderNo: string): void => {
    const trade = tradeOf(orderNo);
    mustBeOpen(trade);
    trade.state = "CLOSED";
    book.save();
  };

  /** False where it cannot be paid any more, or nobody wants to. */
  const pay = async (trade: BookedTrade, choice: Choice): Promise<boolean> => {
    if (choice === "cancel" || trade.state !== "NOTPAY" || trade.expiresAt <= millis()) return false;
    trade.state = "SUCCESS";
    trade.paidAt = millis();
    trade.transactionNo = `4200${dayInShanghai(trade.paidAt).replaceAll("-", "")}${digits(16)}`;
    book.save();
    const when = ({ pay: "now", "pay-told-late": "late", "pay-untold": "never" } as const)[choice];
    const { orderNo, notifyUrl: url } = trade;
    await notifications.tell({ orderNo, url, event: "TRANSACTION.SUCCESS", content: tradeFields(trade) }, when);
    return true;
  };

  const tradeFields = (trade: BookedTrade) => ({
    appid,
    mchid,
    out_trade_no: trade.orderNo,
    trade_state: trade.state,
    trade_state_desc: stateNames[trade.state],
    amount: { total: trade.total, currency: "CNY", payer_total: trade.total, payer_currency: "CNY" },
    ...(trade.transactionNo !== null && {
      transaction_id: trade.transactionNo,
      trade_type: trade.kind,
      bank_type: "OTHERS",
      success_time: rfc3339(trade.paidAt!),
      payer: { openid: trade.openid },
    }),
  });

  const refund = (body: Buffer): BookedRefund => {
    const asked = readBody(NewRefund, body);
    const wants = (one: BookedTrade) =>
      asked.out_trade_no ? one.orderNo === asked.out_trade_no : one.transactionNo === asked.transaction_id;
    const trade = Object.values(book.trades).find(wants) ?? remembered(asked);
    if (!trade) throw new No(404, "RESOURCE_NOT_EXISTS", "订单不存在");
    const standing = book.refunds[asked.out_refund_no];
    if (standing) {
      const same = standing.orderNo === trade.orderNo && standing.amount === asked.amount.refund;
      if (!same) throw new No(400, "PARAM_ERROR", "退款单号已使用，请求参数与首次请求不一致");
      return standing;
    }
    mustBeRefundable(trade, asked.amount);
    const made: BookedRefund = {
      refundNo: asked.out_refund_no,
      channelNo: `5030${digits(20)}`,
      orderNo: trade.orderNo,
      amount: asked.amount.refund,
      notifyUrl: asked.notify_url ?? null,
      at: millis(),
      succeededAt: null,
    };
    trade.state = "REFUND";
    book.refunds[made.refundNo] = made;
    book.save();
    settleLater(made);
    return made;
  };

  const remembered = (asked: z.output<typeof NewRefund>): BookedTrade | null => {
    const { out_trade_no: orderNo, amount } = asked;
    if (!orderNo || !paidBefore(orderNo)) return null;
    const trade: BookedTrade = {
      orderNo,
      kind: "MWEB",
      total: amount.total,
      description: "",
      notifyUrl: "",
      timeExpire: "",
      expiresAt: 0,
      openid: "",
      token: randomBytes(16).toString("hex"),
      state: "SUCCESS",
      transactionNo: `4200${digits(24)}`,
      paidAt: 0,
    };
    book.trades[orderNo] = trade;
    return trade;
  };

  const mustBeRefundable = (trade: BookedTrade, asked: { total: number; refund: number }): void => {
    if (trade.transactionNo === null) throw new No(400, "INVALID_REQUEST", "订单未支付");
    if (asked.total !== trade.total) throw new No(400, "PARAM_ERROR", "订单金额与原订单不一致");
    const before = Object.values(book.refunds).filter((one) => one.orderNo === trade.orderNo);
    const refunded = before.reduce((sum, one) => sum + one.amount, 0);
    if (refunded + asked.refund > trade.total) throw new No(400, "INVALID_REQUEST", "退款金额超过订单金额");
  };

  const settleLater = (one: BookedRefund): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      one.succeededAt = millis();
      book.save();
      const content = { mchid, ...refundNumbers(one), refund_status: "SUCCESS", amount: refundAmounts(one) };
      const { orderNo, notifyUrl: url } = one;
      if (url) void notifications.tell({ orderNo, url, event: "REFUND.SUCCESS", content });
    }, refundTakes).unref();
    timers.add(timer);
  };

  const refundNumbers = (one: BookedRefund) => ({
    refund_id: one.channelNo,
    out_refund_no: one.refundNo,
    transaction_id: tradeOf(one.orderNo).transactionNo,
    out_trade_no: one.orderNo,
    user_received_account: "支付用户零钱",
    ...(one.succeededAt !== null && { success_time: rfc3339(one.succeededAt) }),
  });
  const refundAmounts = (one: BookedRefund) => {
    const { total } = tradeOf(one.orderNo);
    return { total, refund: one.amount, payer_total: total, payer_refund: one.amount };
  };
  const refundFields = (one: BookedRefund) => ({
    ...refundNumbers(one),
    channel: "ORIGINAL",
    create_time: rfc3339(one.at),
    status: one.succeededAt === null ? "PROCESSING" : "SUCCESS",
    amount: { ...refundAmounts(one), discount_refund: 0, currency: "CNY" },
  });

  return {
    open,
    close,
    pay,
    refund,
    tradeOf,
    tradeFields,
    refundFields,
    tradeByNumber: (no: string) => known(Object.values(book.trades).find((one) => one.transactionNo === no)),
    tradeByToken: (token: string) => Object.values(book.trades).find((one) => one.token === token) ?? null,
    refundOf: (refundNo: string): BookedRefund => {
      const found = book.refunds[refundNo];
      if (!found) throw new No(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
      return found;
    },
    /** Takes up the refunds that a stopped channel had not settled. */
    resume: () =>
      Object.values(book.refunds)
        .filter((one) => one.succeededAt === null)
        .forEach(settleLater),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function known(trade: BookedTrade | undefined): BookedTrade {
  if (!trade) throw new No(404, "ORDER_NOT_EXIST", "订单不存在");
  return trade;
}

function mustBeOpen(trade: BookedTrade): void {
  if (trade.state === "CLOSED") throw new No(400, "ORDER_CLOSED", "该订单已关闭");
  if (trade.state !== "NOTPAY") throw new No(400, "ORDERPAID", "该订单已支付");
}

/** 下单: the same call again is the same order; another call under its number is refused. */
function sameAgain(standing: BookedTrade, wanted: Partial<BookedTrade>): BookedTrade {
  mustBeOpen(standing);
  const same = Object.entries(wanted).every(([name, value]) => standing[name as keyof BookedTrade] === value);
  if (!same) throw new No(403, "OUT_TRADE_NO_USED", "商户订单号重复，请求参数与首次请求不一致");
  return standing;
}
