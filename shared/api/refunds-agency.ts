import * as z from "zod";
import { payBackFailureNames } from "../contribution/suspense.ts";
import { Amount } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { UnitCode } from "./officers.ts";
import { Refund, RefundNo, Wish } from "./refunds.ts";

/** 退费 as an officer sees it: who proposed and who decided, and why the channel did not pay. */
export const OfficersRefund = Refund.extend({
  village: UnitCode,
  subsidised: Amount,
  proposedBy: z.string().nullable(),
  decidedBy: z.string().nullable(),
  failure: z.enum(payBackFailureNames).nullable(),
});

const params = z.strictObject({ refundNo: RefundNo });
const officers = { audience: "officer", roles: ["refunds"] } as const;

export const endpoints = {
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
