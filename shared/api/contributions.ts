import * as z from "zod";
import { monthStateNames } from "../contribution/calendar.ts";
import { lineOutcomes, orderStateNames } from "../contribution/order.ts";
import { payWayNames } from "../contribution/trade.ts";
import { Amount, CalendarDay, RequestNo } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";
import { BenefitYear, IdentityNumberTyped, Name } from "./residents.ts";

/**
 * Whose contribution: the signed-in person's own, that of a member of the family account, or that of somebody whose name
 * and identity number the payer knows.
 */
export const Whom = z.discriminatedUnion("who", [
  z.strictObject({ who: z.literal("self") }),
  z.strictObject({ who: z.literal("member"), tieNo: TieNo }),
  z.strictObject({ who: z.literal("other"), name: Name, identityNumber: IdentityNumberTyped }),
]);

export const Tier = z.int().min(1).max(9);

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
export const RepairYears = z.int().min(0).max(50);

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
  outcome: z.enum(lineOutcomes),
});

export const Order = z.strictObject({
  orderNo: z.string(),
  state: z.enum(orderStateNames),
  lines: z.array(OrderLine),
  total: Amount,
  createdOn: CalendarDay,
  /** Wall-clock milliseconds. */
  createdAt: z.int(),
  expiresAt: z.int(),
});

/** What `wx.requestPayment` takes, in its own words. */
const PaymentParameters = z.strictObject({
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string(),
  signType: z.literal("RSA"),
  paySign: z.string(),
});

export const OrderNo = z.strictObject({ orderNo: z.string().regex(/^[0-9A-Z]{20,32}$/) });
const bound = { audience: "resident", trust: "bound" } as const;

const CalendarMonth = z.strictObject({
  year: z.int(),
  month: z.int(),
  state: z.enum(monthStateNames),
  on: CalendarDay.nullable(),
  sentence: z.string(),
});

/** 应缴 · what a person owes for a year today, and what can be chosen. */
export const Owed = z.strictObject({
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
});

export const endpoints = {
  "contributions.owed": endpoint({
    method: "POST",
    path: "/contributions/owed",
    title: "应缴多少、什么时候生效",
    caller: bound,
    // It writes only how often a payer asked about others.
    access: { main: "write" },
    body: z.strictObject({ whom: Whom, benefitYear: BenefitYear, tier: Tier.default(1) }),
    reply: Owed,
  }),
  "contributions.calendar": endpoint({
    method: "POST",
    path: "/contributions/calendar",
    title: "参保日历",
    caller: bound,
    // It writes only how often a payer asked about others.
    access: { main: "write" },
    body: z.strictObject({ whom: Whom, benefitYear: BenefitYear }),
    reply: z.strictObject({
      name: z.string(),
      /** The benefit year and the next, as they are now. */
      months: z.array(CalendarMonth).readonly(),
      sentence: z.string(),
      /** What paying the first tier today would make of them: without repair, and with all that helps. */
      payments: z
        .array(
          z.strictObject({
            repairYears: RepairYears,
            total: Amount,
            waitingMonths: z.int(),
            coverFrom: CalendarDay.nullable(),
            months: z.array(CalendarMonth).readonly(),
            sentence: z.string(),
          }),
        )
        .readonly(),
      /** Why nothing can be paid today. */
      refused: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
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
      requestNo: RequestNo,
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
    access: { main: "write", ledger: "append" },
    params: OrderNo,
    /** jsapi: inside WeChat, by whoever signed in there; h5: a phone's browser; native: a code for WeChat's camera. */
    body: z.strictObject({ how: z.enum(payWayNames) }),
    reply: z.discriminatedUnion("how", [
      z.strictObject({ how: z.literal("jsapi"), parameters: PaymentParameters }),
      z.strictObject({ how: z.literal("native"), code: z.string() }),
      z.strictObject({ how: z.literal("h5"), page: z.url() }),
    ]),
  }),
  "contributions.confirm": endpoint({
    method: "POST",
    path: "/orders/{orderNo}/confirm",
    title: "确认支付结果",
    caller: bound,
    access: { main: "write", ledger: "append" },
    params: OrderNo,
    /** Does the phone, or the payer, say that it was paid? */
    body: z.strictObject({ paid: z.boolean() }),
    reply: Order,
  }),
  "contributions.close": endpoint({
    method: "POST",
    path: "/orders/{orderNo}/close",
    title: "取消缴费单",
    caller: bound,
    access: { main: "write", ledger: "append" },
    params: OrderNo,
    reply: Order,
  }),
};
