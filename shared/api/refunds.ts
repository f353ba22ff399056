import * as z from "zod";
import { carriers } from "../contribution/posting.ts";
import { refundReasonNames, refundStateNames } from "../contribution/refund.ts";
import { Amount, CalendarDay } from "../edge.ts";
import { OrderNo } from "./contributions.ts";
import { endpoint } from "./endpoint.ts";
import { BenefitYear } from "./residents.ts";

export const RefundNo = z.string().regex(/^[0-9A-Z]{24}$/);

/** 退费 · one request as its payer sees it. */
export const Refund = z.strictObject({
  refundNo: RefundNo,
  orderNo: z.string(),
  line: z.int(),
  /** As on the order: masked where it is somebody whom the payer only named. */
  name: z.string(),
  benefitYear: BenefitYear,
  amount: Amount,
  reason: z.enum(refundReasonNames),
  note: z.string(),
  state: z.enum(refundStateNames),
  requestedOn: CalendarDay,
  /** An officer proposed it. */
  proposed: z.boolean(),
  decision: z.strictObject({ approve: z.boolean(), on: CalendarDay, reason: z.string() }).nullable(),
  /** How the money goes back: the way it came; null where nothing was paid. */
  carrier: z.enum(carriers).nullable(),
});

/** What is asked for: by its payer, or by an officer who proposes it. */
export const Wish = z.strictObject({
  orderNo: OrderNo.shape.orderNo,
  /** Which line of the order, from 0. */
  line: z.int().min(0).max(5),
  reason: z.enum(refundReasonNames),
  note: z.string().trim().max(200).default(""),
});
const params = z.strictObject({ refundNo: RefundNo });
const proven = { audience: "resident", trust: "proven" } as const;

export const endpoints = {
  "refunds.request": endpoint({
    method: "POST",
    path: "/refunds",
    title: "申请退费",
    caller: { audience: "resident", trust: "fresh" },
    access: { main: "write" },
    /** The same again is answered with the same request. */
    body: Wish,
    reply: Refund,
  }),
  "refunds.mine": endpoint({
    method: "GET",
    path: "/refunds",
    title: "我的退费",
    caller: { audience: "resident", trust: "proven" },
    access: { main: "read" },
    reply: z.strictObject({ refunds: z.array(Refund) }),
  }),
  "refunds.withdraw": endpoint({
    method: "POST",
    path: "/refunds/{refundNo}/withdrawal",
    title: "撤回退费申请",
    caller: proven,
    access: { main: "write" },
    params,
    reply: Refund,
  }),
};
