import { type ReceiptState, receiptStates } from "../../../../shared/contribution/receipt.ts";
import type { Receipt } from "../../api.ts";
import type { Tone } from "../../words.ts";

const tones: Record<ReceiptState, Tone> = { valid: "done", refunded: "plain", void: "attention" };

/** 票据状态 · what it is called, and how that is coloured. */
export const receiptWords = (state: ReceiptState): { readonly tone: Tone; readonly name: string } => ({
  tone: tones[state],
  name: receiptStates[state],
});

/** How the money came. */
export const carrierWords = (carrier: Receipt["carrier"]): string => {
  if (carrier === null) return "全额资助，个人没有付钱";
  return carrier === "wechat" ? "微信支付" : "窗口现金";
};

/** Who paid the subsidy. */
export const subsidyWords = (by: Receipt["subsidisedBy"]): string =>
  by === "medical-aid-fund" ? "医疗救助资助" : "财政资助";

/** 2026 ABCD EFGH JKMN: to be read out and typed. */
export const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1 ");
