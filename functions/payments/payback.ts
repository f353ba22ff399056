import type { PayBackFailure } from "../../shared/contribution/suspense.ts";
import { Refusal } from "../../shared/refusal.ts";
import { channel } from "../channel/channel.ts";
import type { RefundRequest } from "../channel/wechat.ts";
import { WeChatPayError } from "../channel/wechat-sign.ts";
import type { ChannelRefund } from "../channel/wechat-words.ts";
import { backNoOf, suspenseFailed, suspenseOf, suspenseReturned, suspenseSent } from "../contributions/suspense.ts";
import { paidOut, payingFailed } from "../refunds/moves.ts";
import { refundBackNo, refundOf } from "../refunds/store.ts";

/** Money that is to go back through the channel: what it is asked, and what its answers do. */
interface Back {
  readonly request: RefundRequest;
  /** False where it went back already, or waits for somebody. */
  readonly due: boolean;
  sent(): Promise<unknown>;
  succeeded(): Promise<unknown>;
  failed(failure: PayBackFailure): Promise<unknown>;
}

type Kind = "suspense" | "refund";

const backs: Record<Kind, (id: string) => Promise<Back | null>> = {
  suspense: async (id) => {
    const item = await suspenseOf(id);
    const { tradeNo, amount: paid } = item.payment;
    if (tradeNo === null) return null;
    return {
      request: { refundNo: backNoOf(item), orderNo: tradeNo, amount: item.amount, paid },
      due: item.owner === "system" && (item.state === "held" || item.state === "refunding"),
      sent: () => suspenseSent(item),
      succeeded: () => suspenseReturned(id),
      failed: (failure) => suspenseFailed(item, failure),
    };
  },
  refund: async (id) => {
    const refund = await refundOf(id);
    const { amount, payment } = refund;
    if (!payment?.tradeNo) return null;
    return {
      request: { refundNo: refundBackNo(refund), orderNo: payment.tradeNo, amount, paid: payment.amount },
      due: refund.state === "approved",
      sent: async () => {},
      succeeded: () => paidOut(id),
      failed: (failure) => payingFailed(id, failure),
    };
  },
};

/** 退回 · the next step of one sum that goes back; true where nothing is left to be done. */
export async function payBack(kind: Kind, id: string): Promise<boolean> {
  const back = await backs[kind](id);
  return !back?.due || reached(back, await said(back.request));
}

/** Asks the channel how far it is, and to pay back where it has not heard of it; both may be repeated. */
async function said(request: RefundRequest): Promise<ChannelRefund["state"] | PayBackFailure> {
  try {
    return ((await channel().refundOf(request.refundNo)) ?? (await channel().refund(request))).state;
  } catch (error) {
    // An account of the merchant that is empty for the moment is filled again: that is no answer for good.
    const final = error instanceof WeChatPayError && error.verified && !error.retryable && error.code !== "NOT_ENOUGH";
    if (!final) throw error;
    return "refused";
  }
}

async function reached(back: Back, state: ChannelRefund["state"] | PayBackFailure): Promise<boolean> {
  if (state === "succeeded") await back.succeeded();
  else if (state === "processing") await back.sent();
  else await back.failed(state);
  return state !== "processing";
}

/** What we asked the channel to pay back under a number of ours; null where we never did. */
export async function backKnown(refundNo: string): Promise<RefundRequest | null> {
  try {
    return (await backOf(refundNo))?.request ?? null;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") return null;
    throw error;
  }
}

async function backOf(refundNo: string): Promise<Back | null> {
  const [, letter, id = ""] = /^([SR])(.+)-\d+$/.exec(refundNo) ?? [];
  return letter ? backs[letter === "S" ? "suspense" : "refund"](id) : null;
}

/** 退款结果 · what the channel told of paying back; under a number that we no longer use only a success counts. */
export async function heardOfBack(told: ChannelRefund): Promise<void> {
  const back = await backOf(told.refundNo);
  if (!back) throw new Refusal("notice-refused", { detail: "没有这笔退款" });
  const { amount, orderNo, refundNo } = back.request;
  if (told.amount !== amount || told.orderNo !== orderNo) {
    throw new Refusal("notice-refused", { detail: "退款的金额或单号不符" });
  }
  if (told.state === "succeeded" || (back.due && told.refundNo === refundNo)) await reached(back, told.state);
}
