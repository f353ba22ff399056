import type { Machine } from "../machine.ts";

/**
 * 医保码 · the states of a person's credential. Re-issuing ends every phone and paper of before and begins anew; what is closed
 * stays closed, and opening again makes another credential under another pseudonym.
 */
export const credentialStates: Machine<CredentialState, CredentialEvent> = {
  "not-opened": { name: "未开通", on: { open: "active" } },
  active: { name: "使用中", on: { suspend: "suspended", reissue: "active", close: "closed" } },
  suspended: { name: "已挂失", on: { restore: "active", reissue: "active", close: "closed" } },
  closed: { name: "已注销", on: {} },
};

export type CredentialState = "not-opened" | "active" | "suspended" | "closed";
export type CredentialEvent = "open" | "suspend" | "restore" | "reissue" | "close";

/** 码的时段 · how long a code is shown, in seconds, a divisor of an hour. Assumed: public sources say 5, 30 or 60. */
export const codeSeconds = 60;
/** So many slots before and after its own a code is still taken, because two clocks never agree. Ours. */
export const clockTolerance = 1;
/** So many days after its day of issue a statement is still good; it is renewed daily while online. Ours. */
export const statementDays = 3;
/** One person opens the code on so many phones at most. Ours. */
export const mostPhones = 5;
/** A bundle older than so many hours is stale: a desk that was offline for longer no longer knows what was revoked. Ours. */
export const mostOfflineHours = 48;
/** A bundle may be so many minutes ahead of the desk's clock; more says that the clock is wrong. Ours. */
export const clockMinutes = 10;

/** 用码业务类型 · what a provider decodes a code for (read in implementers' code, not in a published document). */
export const businessTypes = {
  "01101": "挂号",
  "01102": "住院建档",
  "01103": "入院登记",
  "01104": "缴纳预缴金",
  "01201": "问诊",
  "01202": "预约检查",
  "01203": "检查",
  "01204": "治疗",
  "01301": "结算",
  "01302": "取药",
  "01303": "取报告",
  "01304": "打印票据和清单",
  "01305": "病历材料复印",
  "02121": "药店购药",
  "02122": "下载外购处方",
  "03131": "线上身份认证",
} as const;
export type BusinessType = keyof typeof businessTypes;
