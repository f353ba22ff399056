import * as z from "zod";
import { carriers } from "../contribution/posting.ts";
import { receiptStateNames } from "../contribution/receipt.ts";
import { Amount, CalendarDay } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { BenefitYear } from "./residents.ts";

/** 票据 · one enrolment that was paid for, in cash, by WeChat or by a subsidy, as whoever may see all of it sees it. */
export const Receipt = z.strictObject({
  number: z.string(),
  checkCode: z.string(),
  state: z.enum(receiptStateNames),
  name: z.string(),
  /** The signed-in person's own. */
  self: z.boolean(),
  benefitYear: BenefitYear,
  /** What was paid for this person. */
  amount: Amount,
  /** Of it, for lapsed years. */
  repairCost: Amount,
  subsidised: Amount,
  subsidisedBy: z.enum(["medical-aid-fund", "finance"]).nullable(),
  /** How the money came; null where nothing was to be paid. */
  carrier: z.enum(carriers).nullable(),
  /** The day of the order. */
  on: CalendarDay,
  coverFrom: CalendarDay,
  coverUntil: CalendarDay,
  areaName: z.string(),
  unitName: z.string(),
  /** The officer who took cash, and where. */
  collector: z.strictObject({ name: z.string(), unitName: z.string() }).nullable(),
});

export const endpoints = {
  "receipts.mine": endpoint({
    method: "GET",
    path: "/receipts",
    title: "我和家人的票据",
    caller: { audience: "resident", trust: "proven" },
    // A receipt's number is kept when it is first shown, so that anybody can look it up.
    access: { main: "write" },
    reply: z.strictObject({ receipts: z.array(Receipt) }),
  }),
  "receipts.verify": endpoint({
    method: "POST",
    path: "/receipts/verify",
    title: "查验票据真伪",
    caller: { audience: "anyone" },
    access: { main: "write" },
    body: z.strictObject({ number: z.string().min(1).max(40), checkCode: z.string().min(1).max(20) }),
    reply: z.strictObject({
      number: z.string(),
      state: z.enum(receiptStateNames),
      /** Masked. */
      name: z.string(),
      benefitYear: BenefitYear,
      amount: Amount,
      subsidised: Amount,
      carrier: z.enum(carriers).nullable(),
      on: CalendarDay,
      areaName: z.string(),
      /** The counter that took cash. */
      collectedAt: z.string().nullable(),
    }),
  }),
};
