import type { Machine } from "../machine.ts";

/** 暂收款 · money that could not be booked, until it went back to whoever paid. */
export const suspenseStates: Machine<SuspenseState, SuspenseEvent> = {
  held: { name: "待退", on: { sent: "refunding", succeeded: "returned", failed: "failed" } },
  refunding: { name: "退款中", on: { succeeded: "returned", failed: "failed" } },
  failed: { name: "退不回去，等人处理", on: { again: "held", succeeded: "returned" } },
  returned: { name: "已退回", on: {} },
};

export type SuspenseState = "held" | "refunding" | "failed" | "returned";
export type SuspenseEvent = "sent" | "succeeded" | "failed" | "again";
export const suspenseStateNames = Object.keys(suspenseStates) as [SuspenseState, ...SuspenseState[]];

/** Why money could not be booked. */
export const suspenseReasons = {
  "unknown-order": "没有这张缴费单",
  "wrong-amount": "金额与缴费单不符",
  "order-closed": "缴费单已取消",
  "paid-again": "缴费单已经付过",
  "enrolled-already": "这个人这一年已经参保",
  "found-twice": "合并后发现同一人同一年缴了两次",
} as const;
export type SuspenseReason = keyof typeof suspenseReasons;
export const suspenseReasonNames = Object.keys(suspenseReasons) as [SuspenseReason, ...SuspenseReason[]];

/** Who has to do the next thing: the system refunds by itself, the finance officers decide, a counter pays out cash. */
export const suspenseOwners = { system: "系统自动退款", finance: "基金财务", counter: "服务窗口" } as const;
export type SuspenseOwner = keyof typeof suspenseOwners;

/** Why the channel did not pay back: `closed`, `refused`: nothing moved; `abnormal`: it must be put right at the channel. */
export const payBackFailures = {
  closed: "退款已关闭",
  refused: "支付渠道拒绝退款",
  abnormal: "收款账户异常，要在商户平台处理",
} as const;
export type PayBackFailure = keyof typeof payBackFailures;
export const payBackFailureNames = Object.keys(payBackFailures) as [PayBackFailure, ...PayBackFailure[]];
