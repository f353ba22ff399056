import * as z from "zod";
import { CalendarDay, Total } from "../edge.ts";
import { endpoint } from "./endpoint.ts";

export const endpoints = {
  "ledger.trial-balance": endpoint({
    method: "GET",
    path: "/ledger/trial-balance",
    title: "试算平衡（从分录重新算起）",
    caller: { audience: "officer", roles: ["finance"] },
    access: { main: "read", ledger: "read" },
    query: z.strictObject({ from: CalendarDay, until: CalendarDay }),
    reply: z.strictObject({
      balanced: z.boolean(),
      entries: z.int(),
      accounts: z.array(
        z.strictObject({
          account: z.string(),
          name: z.string(),
          fund: z.string(),
          debit: Total,
          credit: Total,
          foldedDebit: Total,
          foldedCredit: Total,
        }),
      ),
    }),
  }),
};
