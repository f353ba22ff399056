import * as z from "zod";
import { Amount, CalendarDay } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { BenefitYear, IdentityNumberTyped, Name } from "./residents.ts";

/** Whose contribution: the signed-in person's own, or that of somebody whose name and identity number the payer knows. */
export const Whom = z.discriminatedUnion("who", [
  z.strictObject({ who: z.literal("self") }),
  z.strictObject({ who: z.literal("other"), name: Name, identityNumber: IdentityNumberTyped }),
]);

const Tier = z.int().min(1).max(9);

/** One rule that decided, with its document. */
const RuleText = z.strictObject({
  parameter: z.string(),
  value: z.unknown(),
  from: CalendarDay,
  cite: z.string(),
  standing: z.enum(["stated", "derived", "assumed"]),
  note: z.string(),
});

/** Years of repair the payer chose, 0 to what the quote offers. */
const RepairYears = z.int().min(0).max(50);

const QuoteText = z.strictObject({
  window: z.strictObject({ from: CalendarDay, until: CalendarDay }),
  channel: z.enum(["newborn", "window", "moved-from-employee", "first-enrolment", "late"]),
  standard: Amount,
  subsidised: Amount,
  due: Amount,
  subsidies: z.array(z.strictObject({ payer: z.enum(["medical-aid-fund", "finance"]), amount: Amount })).readonly(),
  fiscal: Amount,
  cover: z.strictObject({
    from: CalendarDay.nullable(),
    waitingMonths: z.int(),
    fixedMonths: z.int(),
    variableMonths: z.int(),
  }),
  repair: z
    .strictObject({ years: z.int(), cost: Amount, removesMonths: z.int(), waitingMonthsAfter: z.int() })
    .nullable(),
  warnings: z.array(z.string()).readonly(),
  assumed: z.boolean(),
  trace: z
    .array(
      z.strictObject({
        step: z.string(),
        inputs: z.record(z.string(), z.unknown()),
        rules: z.array(RuleText).readonly(),
        result: z.unknown(),
      }),
    )
    .readonly(),
});

const OrderLine = z.strictObject({
  name: z.string(),
  self: z.boolean(),
  benefitYear: BenefitYear,
  standard: Amount,
  subsidised: Amount,
  due: Amount,
  repairYears: z.int(),
  repairCost: Amount,
  amount: Amount,
  coverFrom: CalendarDay,
  waitingMonths: z.int(),
  /** What became of this person's part. */
  outcome: z.enum(["open", "enrolled", "suspended"]),
});

export const Order = z.strictObject({
  orderNo: z.string(),
  state: z.enum(["awaiting-payment", "booked", "partly-booked", "suspended", "closed"]),
  lines: z.array(OrderLine),
  total: Amount,
  createdOn: CalendarDay,
  /** Wall-clock milliseconds. */
  createdAt: z.int(),
  expiresAt: z.int(),
});

const OrderNo = z.strictObject({ orderNo: z.string().regex(/^[0-9A-Z]{20,32}$/) });
const bound = { audience: "resident", trust: "bound" } as const;

export const contributions = {
  "contributions.owed": endpoint({
    method: "POST",
    path: "/contributions/owed",
    title: "应缴多少、什么时候生效",
    caller: bound,
    // It writes only how often a payer asked about others.
    access: { main: "write" },
    body: z.strictObject({ whom: Whom, benefitYear: BenefitYear, tier: Tier.default(1) }),
    reply: z.strictObject({
      name: z.string(),
      tiers: z.array(Amount),
      quote: QuoteText,
      /** What repairing so many lapsed years costs and brings, none first; the total is what an order must expect. */
      choices: z.array(
        z.strictObject({
          repairYears: RepairYears,
          cost: Amount,
          total: Amount,
          waitingMonths: z.int(),
          coverFrom: CalendarDay.nullable(),
        }),
      ),
    }),
  }),
  "contributions.order": endpoint({
    method: "POST",
    path: "/orders",
    title: "下缴费单",
    caller: bound,
    access: { main: "write", ledger: "append" },
    body: z.strictObject({
      /** Made by the client once for each order; the same request again is answered with the same order. */
      requestNo: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
      lines: z
        .array(
          z.strictObject({
            whom: Whom,
            benefitYear: BenefitYear,
            tier: Tier.default(1),
            repairYears: RepairYears.default(0),
          }),
        )
        .min(1)
        .max(6),
      /** The sum that the payer was shown; another sum is refused, never charged. */
      expected: Amount,
    }),
    reply: Order,
  }),
  "contributions.orders": endpoint({
    method: "GET",
    path: "/orders",
    title: "我的缴费单",
    caller: bound,
    access: { main: "read" },
    reply: z.strictObject({ orders: z.array(Order) }),
  }),
  "contributions.order-state": endpoint({
    method: "GET",
    path: "/orders/{orderNo}",
    title: "一张缴费单",
    caller: bound,
    access: { main: "read" },
    params: OrderNo,
    reply: Order,
  }),
  "contributions.pay": endpoint({
    method: "POST",
    path: "/orders/{orderNo}/payment",
    title: "去支付",
    caller: bound,
    access: { main: "read" },
    params: OrderNo,
    reply: z.strictObject({ cashier: z.url() }),
  }),
  "contributions.close": endpoint({
    method: "POST",
    path: "/orders/{orderNo}/close",
    title: "取消缴费单",
    caller: bound,
    access: { main: "write" },
    params: OrderNo,
    reply: Order,
  }),
};

export const payments = {
  "payments.notified": endpoint({
    method: "POST",
    path: "/payments/notifications",
    title: "支付结果通知",
    caller: { audience: "channel" },
    access: { main: "write", ledger: "append" },
    body: z.strictObject({
      orderNo: z.string().max(32),
      transactionNo: z.string().min(1).max(64),
      amount: Amount,
      paidAt: z.int(),
      signature: z.string().max(200),
    }),
    reply: z.strictObject({ code: z.literal("SUCCESS") }),
  }),
};
