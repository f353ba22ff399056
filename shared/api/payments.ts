import * as z from "zod";
import { carriers } from "../contribution/posting.ts";
import { differenceKindNames } from "../contribution/reconciliation.ts";
import {
  payBackFailureNames,
  type SuspenseOwner,
  suspenseOwners,
  suspenseReasonNames,
  suspenseStateNames,
} from "../contribution/suspense.ts";
import { Amount, CalendarDay, Total } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { Proposed } from "./proposals.ts";

const finance = { audience: "officer", roles: ["finance"] } as const;

const Turning = z.strictObject({ open: z.boolean(), sentence: z.string().trim().min(4).max(100) });
const Turned = z.strictObject({
  open: z.boolean(),
  sentence: z.string().nullable(),
  /** Who turned it last; null where nobody has yet. */
  by: z.string().nullable(),
  on: CalendarDay.nullable(),
});

export const endpoints = {
  "payments.notified": endpoint({
    method: "POST",
    path: "/payments/notifications",
    title: "支付结果通知",
    caller: { audience: "channel" },
    access: { main: "write", ledger: "append" },
    reply: z.strictObject({ code: z.literal("SUCCESS") }),
  }),
  "payments.switches": endpoint({
    method: "GET",
    path: "/agency/payments",
    title: "缴费开关",
    caller: finance,
    access: { main: "read" },
    reply: z.strictObject({
      /** The switch of the officer's own area. */
      area: Turned,
      /** The channel's: it stops every area, by two hands of the area that runs the merchant's account. */
      channel: Turned.extend({
        /** May this officer's unit turn it? */
        yours: z.boolean(),
        agreedBy: z.string().nullable(),
      }),
    }),
  }),
  "payments.switch": endpoint({
    method: "PUT",
    path: "/agency/payments",
    title: "暂停或恢复本统筹区缴费",
    caller: finance,
    access: { main: "write", audit: "append" },
    body: Turning,
    reply: z.strictObject({ open: z.boolean(), sentence: z.string().nullable() }),
  }),
  "payments.propose-channel": endpoint({
    method: "PUT",
    path: "/agency/channel",
    title: "提出暂停或恢复整个支付渠道",
    caller: finance,
    access: { main: "write", audit: "append" },
    hands: 2,
    body: Turning,
    reply: Proposed,
  }),
  "payments.differences": endpoint({
    method: "GET",
    path: "/agency/payments/differences",
    title: "对账与差异",
    caller: finance,
    access: { main: "read" },
    reply: z.strictObject({
      /** The bills of the last month that were reconciled, the newest first. */
      days: z.array(
        z.strictObject({
          day: CalendarDay,
          lines: z.int(),
          paid: Total,
          refunded: Total,
          /** Payments that only the bill had: they are booked. */
          foundMissing: z.int(),
          differences: z.int(),
          /** Wall-clock milliseconds. */
          at: z.int(),
        }),
      ),
      differences: z.array(
        z.strictObject({
          day: CalendarDay,
          kind: z.enum(differenceKindNames),
          number: z.string(),
          tradeNo: z.string(),
          ours: Amount.nullable(),
          theirs: Amount.nullable(),
        }),
      ),
    }),
  }),
  "payments.suspense": endpoint({
    method: "GET",
    path: "/agency/payments/suspense",
    title: "暂收款",
    caller: finance,
    access: { main: "read" },
    reply: z.strictObject({
      items: z.array(
        z.strictObject({
          suspenseNo: z.string(),
          transactionNo: z.string(),
          carrier: z.enum(carriers),
          amount: Amount,
          why: z.enum(suspenseReasonNames),
          orderNo: z.string().nullable(),
          on: CalendarDay,
          state: z.enum(suspenseStateNames),
          /** Who has to do the next thing. */
          owner: z.enum(Object.keys(suspenseOwners) as [SuspenseOwner]),
          failure: z.enum(payBackFailureNames).nullable(),
        }),
      ),
    }),
  }),
  "payments.return": endpoint({
    method: "POST",
    path: "/agency/payments/suspense/{suspenseNo}/return",
    title: "退回暂收款",
    caller: finance,
    access: { main: "write", audit: "append" },
    hands: 2,
    params: z.strictObject({ suspenseNo: z.string().min(1).max(64) }),
    reply: Proposed,
  }),
};
