import * as z from "zod";
import { carriers } from "../contribution/posting.ts";
import { refundReasonNames, refundStateNames } from "../contribution/refund.ts";
import { payBackFailureNames } from "../contribution/suspense.ts";
import { Amount, CalendarDay } from "../edge.ts";
import { UnitCode } from "./agency.ts";
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

/** The same as an officer sees it: who proposed and who decided, and why the channel did not pay. */
export const OfficersRefund = Refund.extend({
  village: UnitCode,
  subsidised: Amount,
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  failure: z.enum(payBackFailureNames).nullable(),
});

const Wish = z.strictObject({
  orderNo: OrderNo.shape.orderNo,
  /** Which line of the order, from 0. */
  line: z.int().min(0).max(5),
  reason: z.enum(refundReasonNames),
  note: z.string().trim().max(200).default(""),
});
const params = z.strictObject({ refundNo: RefundNo });
const proven = { audience: "resident", trust: "proven" } as const;
const officers = { audience: "officer", roles: ["refunds"] } as const;

export const refunds = {
  "refunds.request": endpoint({
    method: "POST",
    path: "/refunds",
    title: "申请退费",
    caller: proven,
    access: { main: "write" },
    /** The same again is answered with the same request. */
    body: Wish,
    reply: Refund,
  }),
  "refunds.mine": endpoint({
    method: "GET",
    path: "/refunds",
    title: "我的退费",
    caller: { audience: "resident", trust: "bound" },
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
  "refunds-agency.worklist": endpoint({
    method: "GET",
    path: "/agency/refunds",
    title: "退费待办",
    caller: { audience: "officer", roles: ["refunds", "counter"] },
    access: { main: "read", audit: "append" },
    query: z.strictObject({ unit: UnitCode }),
    reply: z.strictObject({ refunds: z.array(OfficersRefund) }),
  }),
  "refunds-agency.propose": endpoint({
    method: "POST",
    path: "/agency/refunds",
    title: "提出退费",
    caller: officers,
    access: { main: "write", audit: "append" },
    body: Wish,
    reply: OfficersRefund,
  }),
  "refunds-agency.decide": endpoint({
    method: "POST",
    path: "/agency/refunds/{refundNo}/decision",
    title: "审核退费",
    caller: officers,
    access: { main: "write", ledger: "append", audit: "append" },
    params,
    body: z.strictObject({ approve: z.boolean(), reason: z.string().trim().min(2).max(200) }),
    reply: OfficersRefund,
  }),
  "refunds-agency.again": endpoint({
    method: "POST",
    path: "/agency/refunds/{refundNo}/again",
    title: "再退一次",
    caller: officers,
    access: { main: "write", audit: "append" },
    params,
    reply: OfficersRefund,
  }),
};
