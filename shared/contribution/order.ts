import type { Machine } from "../machine.ts";

/** What money that came makes of an order that waits for it. */
const paid = {
  "paid-for-all": "booked",
  "paid-for-some": "partly-booked",
  "paid-for-none": "suspended",
} as const;

/** 缴费单 · the states of an order. Money that cannot be booked lies in suspense, never nowhere. */
export const orderStates: Machine<OrderState, OrderEvent> = {
  "awaiting-payment": { name: "待支付", on: { ...paid, "said-paid": "confirming", close: "closed" } },
  // The phone says so and the channel could not be asked yet: never closed before the channel says that nobody paid.
  confirming: { name: "已扣款，正在确认", on: { ...paid, "not-paid": "awaiting-payment" } },
  booked: {
    name: "已参保",
    on: { "found-twice-some": "partly-booked", "found-twice-all": "suspended", "refunded-all": "refunded" },
  },
  "partly-booked": {
    name: "部分参保",
    on: { "found-twice-some": "partly-booked", "found-twice-all": "suspended", "refunded-all": "refunded" },
  },
  suspended: { name: "未入账，待退", on: { returned: "returned" } },
  returned: { name: "已退款", on: { "paid-for-none": "suspended" } },
  refunded: { name: "已退费", on: {} },
  closed: { name: "已取消", on: { "paid-for-none": "suspended" } },
};

export const orderStateNames = [
  "awaiting-payment",
  "confirming",
  "booked",
  "partly-booked",
  "suspended",
  "returned",
  "refunded",
  "closed",
] as const;
export type OrderState = (typeof orderStateNames)[number];

/**
 * found-twice: two people turned out to be one who had paid one year twice; some lines, or all, wait to be refunded.
 * returned: all that lay in suspense went back; refunded: every enrolment of the order was undone at somebody's wish.
 */
export type OrderEvent =
  | keyof typeof paid
  | "said-paid"
  | "not-paid"
  | "found-twice-some"
  | "found-twice-all"
  | "returned"
  | "refunded-all"
  | "close";

/** What became of one person's part of an order. */
export const lineOutcomes = ["open", "enrolled", "suspended", "returned", "refunded"] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** How long an order can be paid at its frozen price, in minutes of the wall clock. */
export const orderMinutes = 30;
