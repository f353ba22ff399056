import { type Day, dayOf } from "../day.ts";
import type { Machine } from "../machine.ts";

/** 退费 · a contribution that is given back before its benefit year begins, at the payer's or an officer's instance. */
export const refundStates: Machine<RefundState, RefundEvent> = {
  requested: { name: "待审核", on: { approve: "approved", reject: "rejected", withdraw: "withdrawn" } },
  approved: { name: "已同意，退款中", on: { succeeded: "refunded", failed: "failed" } },
  failed: { name: "退款没有成功，等人处理", on: { again: "approved", succeeded: "refunded" } },
  refunded: { name: "已退费", on: {} },
  rejected: { name: "未同意", on: {} },
  withdrawn: { name: "已撤回", on: {} },
};

export type RefundState = "requested" | "approved" | "failed" | "refunded" | "rejected" | "withdrawn";
export type RefundEvent = "approve" | "reject" | "withdraw" | "succeeded" | "failed" | "again";
export const refundStateNames = Object.keys(refundStates) as [RefundState, ...RefundState[]];

/** 退费情形 · why a contribution may be given back. */
export const refundReasons = {
  "double-payment": "重复缴费",
  death: "去世",
  "moved-to-employee": "转入职工医保",
  "wrong-payment": "缴错了",
  "became-subsidised": "缴费后成为资助参保对象",
  enlisted: "参军入伍",
  "moved-abroad": "出国（境）定居",
} as const;
export type RefundReason = keyof typeof refundReasons;
export const refundReasonNames = Object.keys(refundReasons) as [RefundReason, ...RefundReason[]];

/** May a contribution still be given back on a day? Only before cover starts and before the benefit year does. */
export const mayRefund = (on: Day, line: { readonly benefitYear: number; readonly coverFrom: Day }): boolean =>
  on < line.coverFrom && on < dayOf(line.benefitYear, 1, 1);
