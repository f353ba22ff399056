import type { RefusalCode } from "../shared/refusal.ts";

/** 怎么办 · what a hospital's system does after a refusal, in the order in which it is easiest. */
export const remedies = {
  scan: {
    zh: "请病人再出示一次医保码，重新扫码取令牌，用新的报文编号再发；扫不了就用身份证。什么也没有办。",
    en: "Ask for the code again, read it for a new token, and send under a new number; or take the identity card. Nothing was done.",
  },
  again: {
    zh: "过几秒把同一条报文再发一次：报文编号不变，重新签名。什么也没有办。",
    en: "Send the same message again in a few seconds: the same number, signed anew. Nothing was done.",
  },
  sign: {
    zh: "查密钥、时钟和签名的办法，重新签名再发；报文编号不变。",
    en: "Check the key, the clock and how you sign; sign anew and send again under the same number.",
  },
  correct: {
    zh: "改正报文，用新的报文编号再发。什么也没有办。",
    en: "Correct the message and send it under a new number. Nothing was done.",
  },
  identify: {
    zh: "先用1101读取本人的就诊凭证，再用新的报文编号发。什么也没有办。",
    en: "Read the person's certificate with 1101 first, then send under a new number. Nothing was done.",
  },
  look: {
    zh: "先用5201、5203、5204查现在的情况，再决定下一步；多半已经办过，或次序不对。",
    en: "Look at how things stand with 5201, 5203 and 5204 first: it was done before, or the order is wrong.",
  },
  patient: {
    zh: "告诉病人这句话；现在不能用医保结算，病人可拨打12393。",
    en: "Tell the patient this sentence: it cannot be settled now; 12393 helps the patient.",
  },
  agency: {
    zh: "联系经办机构；重发没有用。",
    en: "Call the agency; sending again does not help.",
  },
} as const;
export type Remedy = keyof typeof remedies;

/** 错误码 · every code that a message can be answered with, and what is done about it. */
export const gatewayCodes: Partial<Record<RefusalCode, Remedy>> = {
  "try-again": "again",
  "too-many-requests": "again",
  paused: "again",

  "signature-wrong": "sign",
  "clock-off": "sign",
  replayed: "sign",

  malformed: "correct",
  "unknown-transaction": "correct",
  "sender-differs": "correct",
  "wrong-area": "correct",
  "sign-in-unknown": "correct",
  "message-reused": "correct",
  "identity-number": "correct",
  "name-mismatch": "correct",
  "person-not-found": "correct",
  "not-related": "identify",
  "too-many-people": "agency",
  "certificate-mismatch": "correct",
  "certificate-not-served": "correct",
  "token-unknown": "scan",
  "token-expired": "scan",
  "token-purpose": "scan",
  "scheme-not-served": "correct",
  "value-not-served": "correct",
  "care-not-served": "correct",
  "day-out-of-order": "correct",
  "after-discharge": "correct",
  "item-not-in-catalogue": "correct",
  "line-sum": "correct",
  "line-repeated": "correct",
  "too-many-lines": "correct",
  "too-large": "correct",
  "return-too-much": "correct",
  "provider-unknown": "correct",

  "message-undone": "look",
  "not-found": "look",
  "line-unknown": "look",
  "encounter-exists": "look",
  "encounter-closed": "look",
  "already-admitted": "look",
  "not-discharged": "look",
  "lines-left": "look",
  "no-lines": "look",
  "sums-differ": "look",
  "settled-already": "look",
  "not-settled": "look",
  "reversal-order": "look",
  "cannot-be-undone": "look",
  "cover-ended": "look",

  "not-enrolled": "patient",
  "in-waiting": "patient",
  "cover-not-begun": "patient",
  "covered-as-employee": "patient",
  deceased: "patient",

  "agreement-not-in-force": "agency",
  "service-not-opened": "agency",
  "cleared-already": "agency",
  "no-rule-in-force": "agency",
};
