import * as z from "zod";
import { CalendarDay } from "../edge.ts";
import { proposalStateNames } from "../proposal/proposal.ts";
import { endpoint } from "./endpoint.ts";

/** 已提出 · what a call of two hands is answered with: nothing has changed yet. */
export const Proposed = z.strictObject({
  proposalNo: z.string(),
  /** The last day on which another officer may agree. */
  until: CalendarDay,
});

const Shown = Proposed.extend({
  /** Which call waits, and its Chinese name. */
  call: z.string(),
  title: z.string(),
  /** What it is about. */
  what: z.string(),
  changes: z.array(z.strictObject({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  reason: z.string(),
  by: z.string(),
  /** This officer proposed it: somebody else has to agree. */
  mine: z.boolean(),
  /** Wall-clock milliseconds. */
  at: z.int(),
  state: z.enum(proposalStateNames),
});

/** Every role whose calls take two hands; which of them answers which is asked of each proposal. */
const caller = { audience: "officer", roles: ["providers", "claims", "finance"] } as const;

export const endpoints = {
  "proposals.list": endpoint({
    method: "GET",
    path: "/agency/proposals",
    title: "待复核的提议",
    caller,
    access: { main: "read", audit: "append" },
    reply: z.strictObject({ proposals: z.array(Shown) }),
  }),
  "proposals.answer": endpoint({
    method: "POST",
    path: "/agency/proposals/{proposalNo}",
    title: "复核：同意或退回",
    caller,
    access: { main: "write", ledger: "append", audit: "append" },
    params: z.strictObject({ proposalNo: z.string().min(1).max(64) }),
    body: z.discriminatedUnion("accept", [
      z.strictObject({ accept: z.literal(true) }),
      z.strictObject({ accept: z.literal(false), reason: z.string().trim().min(2).max(200) }),
    ]),
    reply: Shown,
  }),
};
