import { createPrivateKey } from "node:crypto";
import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import type { Yuan } from "../../shared/money.ts";
import type { SignedMessage } from "../signed.ts";
import { type Bill, mustHash, readBill } from "./wechat-bill.ts";
import { type Verified, weChatCaller } from "./wechat-call.ts";
import { type Merchant, newNonce, type Outside, signature, WeChatPayError } from "./wechat-sign.ts";
import {
  type ChannelRefund,
  foreign,
  type News,
  newsOf,
  RefundFields,
  refundOf,
  type Trade,
  TradeFields,
  tradeOf,
} from "./wechat-words.ts";

/** An order as WeChat Pay gets it: our number, the sum and until when it may be paid; nothing about a person. */
interface Payable {
  readonly orderNo: string;
  readonly total: Yuan;
  /** Milliseconds; at least a minute ahead, or WeChat Pay moves it. */
  readonly expiresBy: number;
}

/** 申请退款 · of an order that was paid; the same number again is the same refund. */
export interface RefundRequest {
  readonly refundNo: string;
  readonly orderNo: string;
  readonly amount: Yuan;
  /** The whole sum that was paid. */
  readonly paid: Yuan;
}

/** What `wx.requestPayment` takes, in its own words. */
export interface PaymentParameters {
  readonly timeStamp: string;
  readonly nonceStr: string;
  readonly package: string;
  readonly signType: "RSA";
  readonly paySign: string;
}

/** A notification that is WeChat Pay's. A nonce that comes again before `passesUntil` is a replay: the caller keeps them. */
export type Notification = Verified & News;

/** 微信支付 · every call throws WeChatPayError where it did not go through. */
export interface WeChatPay {
  /** 小程序下单: what the mini-program hands to wx.requestPayment. */
  openInMiniProgram(order: Payable, openid: string): Promise<PaymentParameters>;
  /** Native下单: the address that a QR code shows. */
  openAsCode(order: Payable): Promise<string>;
  /** H5下单: the page that a phone's browser opens; it comes back to `returnTo`. */
  openInBrowser(order: Payable, address: string, returnTo: string): Promise<string>;
  /** 商户订单号查询订单; null where WeChat Pay has no such order. */
  tradeOf(orderNo: string): Promise<Trade | null>;
  /** 微信支付订单号查询订单; only a paid trade has such a number. */
  tradeByNumber(transactionNo: string): Promise<Trade | null>;
  /** 关闭订单: nobody can pay it any more. Throws where it was paid; the trade then says so. */
  close(orderNo: string): Promise<void>;
  refund(request: RefundRequest): Promise<ChannelRefund>;
  /** 查询单笔退款; null where WeChat Pay has no such refund. */
  refundOf(refundNo: string): Promise<ChannelRefund | null>;
  /** 申请交易账单: a day's bill, ready from 10 o'clock of the next day; null where nothing was paid or refunded. */
  billOf(day: Day): Promise<Bill | null>;
  /** 回调通知: the raw body as it came, headers with lower-case names. */
  read(message: SignedMessage): Promise<Notification>;
}

/** 商品描述 · the same for everybody: what is paid for whom stays with us. */
const description = "城乡居民基本医疗保险缴费";

const Prepaid = z.object({ prepay_id: z.string().min(1).max(64) });
const CodeAddress = z.object({ code_url: z.string().min(1).max(512) });
const PageAddress = z.object({ h5_url: z.url() });
const BillFile = z.object({
  hash_type: z.literal("SHA1"),
  hash_value: z.string().regex(/^[0-9a-f]{40}$/i),
  download_url: z.url(),
});

/** The client of one merchant; it keeps platform certificates, so make one and keep it. */
export function weChatPay(merchant: Merchant, outside: Outside): WeChatPay {
  const { call, download, verify } = weChatCaller(merchant, outside);
  const privateKey = createPrivateKey(merchant.privateKeyPem);
  const { appid, mchid } = merchant;

  const order = ({ orderNo, total, expiresBy }: Payable) => ({
    appid,
    mchid,
    description,
    out_trade_no: orderNo,
    time_expire: rfc3339(expiresBy),
    notify_url: merchant.notifyUrl,
    amount: { total, currency: "CNY" },
  });

  const trade = async (path: string, expected: { orderNo?: string; transactionNo?: string }) => {
    const query = new URLSearchParams({ mchid });
    const fields = await orNone(["ORDER_NOT_EXIST", "ORDERNOTEXIST"], () =>
      call(TradeFields, "GET", `v3/pay/transactions/${path}?${query}`),
    );
    if (!fields) return null;
    const found = tradeOf(fields, merchant);
    const number = "transactionNo" in found ? found.transactionNo : undefined;
    mustBe(found.orderNo, expected.orderNo ?? found.orderNo);
    mustBe(number, expected.transactionNo ?? number);
    return found;
  };

  return {
    async openInMiniProgram(payable, openid) {
      const body = { ...order(payable), payer: { openid } };
      const { prepay_id } = await call(Prepaid, "POST", "v3/pay/transactions/jsapi", body);
      return paymentParameters(prepay_id);
    },
    async openAsCode(payable) {
      return (await call(CodeAddress, "POST", "v3/pay/transactions/native", order(payable))).code_url;
    },
    async openInBrowser(payable, address, returnTo) {
      const scene_info = { payer_client_ip: address, h5_info: { type: "Wap" } };
      const { h5_url } = await call(PageAddress, "POST", "v3/pay/transactions/h5", { ...order(payable), scene_info });
      const page = new URL(h5_url);
      page.searchParams.set("redirect_url", returnTo);
      return page.href;
    },
    tradeOf: (orderNo) => trade(`out-trade-no/${encodeURIComponent(orderNo)}`, { orderNo }),
    tradeByNumber: (transactionNo) => trade(`id/${encodeURIComponent(transactionNo)}`, { transactionNo }),
    async close(orderNo) {
      const path = `v3/pay/transactions/out-trade-no/${encodeURIComponent(orderNo)}/close`;
      // An order that is closed already, or never arrived, is what was asked for.
      await orNone(["ORDER_CLOSED", "ORDERCLOSED", "ORDER_NOT_EXIST", "ORDERNOTEXIST"], () =>
        call(z.null(), "POST", path, { mchid }),
      );
    },
    async refund({ refundNo, orderNo, amount, paid }) {
      const fields = await call(RefundFields, "POST", "v3/refund/domestic/refunds", {
        out_trade_no: orderNo,
        out_refund_no: refundNo,
        notify_url: merchant.notifyUrl,
        amount: { refund: amount, total: paid, currency: "CNY" },
      });
      const refund = refundOf(fields);
      mustBe(refund.refundNo, refundNo);
      mustBe(refund.orderNo, orderNo);
      mustBe(refund.amount, amount);
      return refund;
    },
    async refundOf(refundNo) {
      const path = `v3/refund/domestic/refunds/${encodeURIComponent(refundNo)}`;
      const fields = await orNone(["RESOURCE_NOT_EXISTS"], () => call(RefundFields, "GET", path));
      if (!fields) return null;
      mustBe(fields.out_refund_no, refundNo);
      return refundOf(fields);
    },
    async billOf(day) {
      const query = new URLSearchParams({ bill_date: day, bill_type: "ALL" });
      const file = await orNone(["NO_STATEMENT_EXIST"], () => call(BillFile, "GET", `v3/bill/tradebill?${query}`));
      if (!file) return null;
      const content = await download(file.download_url);
      mustHash(content, file.hash_value);
      return readBill(content, mchid);
    },
    async read(message) {
      const verified = await verify(message);
      return { ...verified, ...newsOf(message.body, merchant) };
    },
  };

  /** 小程序调起支付: four lines signed with the merchant's key. */
  function paymentParameters(prepayNo: string): PaymentParameters {
    const timeStamp = String(Math.floor(outside.now().getTime() / 1000));
    const nonceStr = newNonce();
    const prepaid = `prepay_id=${prepayNo}`;
    const paySign = signature(privateKey, appid, timeStamp, nonceStr, prepaid);
    return { timeStamp, nonceStr, package: prepaid, signType: "RSA", paySign };
  }
}

function mustBe(found: unknown, expected: unknown): void {
  if (found !== expected) throw foreign("the answer to another question");
}

/** Null where WeChat Pay itself, signed, says one of these; an unsigned no is not believed. */
async function orNone<T>(codes: readonly string[], ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    const none = error instanceof WeChatPayError && error.verified && codes.includes(error.code ?? "");
    if (!none) throw error;
    return null;
  }
}

/** rfc3339 in Beijing's time, to the second, as WeChat Pay writes its times. */
export const rfc3339 = (at: number): string => `${new Date(at + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
