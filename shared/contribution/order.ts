import type { Machine } from "../machine.ts";

/** 缴费单 · the states of an order. Money that cannot be booked lies in suspense, never nowhere. */
export const orderStates: Machine<OrderState, OrderEvent> = {
  "awaiting-payment": {
    name: "待支付",
    on: {
      "paid-for-all": "booked",
      "paid-for-some": "partly-booked",
      "paid-for-none": "suspended",
      close: "closed",
    },
  },
  booked: { name: "已参保", on: {} },
  "partly-booked": { name: "部分参保，其余待退", on: {} },
  suspended: { name: "未入账，待退", on: {} },
  closed: { name: "已取消", on: { "paid-for-none": "suspended" } },
};

export type OrderState = "awaiting-payment" | "booked" | "partly-booked" | "suspended" | "closed";
export type OrderEvent = "paid-for-all" | "paid-for-some" | "paid-for-none" | "close";

/** How long an order can be paid at its frozen price, in minutes of the wall clock. */
export const orderMinutes = 30;
