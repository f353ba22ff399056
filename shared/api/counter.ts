import * as z from "zod";
import { lineOutcomes } from "../contribution/order.ts";
import { carriers } from "../contribution/posting.ts";
import { receiptStateNames } from "../contribution/receipt.ts";
import { Amount, CalendarDay, MaskedNumber, RequestNo } from "../edge.ts";
import { ProofWay } from "../proof/proof.ts";
import { Order, OrderNo, Owed, RepairYears, Tier } from "./contributions.ts";
import { endpoint } from "./endpoint.ts";
import { CounterTie } from "./family-agency.ts";
import { Receipt } from "./receipts.ts";
import { RefundNo } from "./refunds.ts";
import { OfficersRefund } from "./refunds-agency.ts";
import { BenefitYear, IdentityNumberTyped, Name } from "./residents.ts";
import { Telephone } from "./sign-in.ts";

/** 核验证件 · the paper that an officer saw of whoever stands before them. */
export const PaperSeen = z.enum(["identity-card", "household-book", "social-card"]);
export type PaperSeen = z.output<typeof PaperSeen>;

/** 缴费记录 · one person's part of an order, whoever paid it; the other people of the order are not told. */
const CounterLine = z.strictObject({
  orderNo: z.string(),
  /** Which line of the order, from 0. */
  line: z.int(),
  /** The day of the order. */
  on: CalendarDay,
  benefitYear: BenefitYear,
  amount: Amount,
  subsidised: Amount,
  /** How the money came; null where nothing was to be paid. */
  carrier: z.enum(carriers).nullable(),
  outcome: z.enum(lineOutcomes),
  coverFrom: CalendarDay,
  /** The refund that was asked for and not refused. */
  refund: OfficersRefund.nullable(),
  receipt: z.strictObject({ number: z.string(), checkCode: z.string(), state: z.enum(receiptStateNames) }),
});

const params = z.strictObject({ personNo: z.string().min(1).max(30) });
const caller = { audience: "officer", roles: ["counter"] } as const;
const access = { main: "write", audit: "append" } as const;

export const endpoints = {
  "counter.find": endpoint({
    method: "POST",
    path: "/counter/people",
    title: "窗口：按姓名和身份证号找人",
    caller,
    access,
    body: z.strictObject({ name: Name, identityNumber: IdentityNumberTyped }),
    reply: z.strictObject({
      personNo: z.string(),
      name: z.string(),
      identityNumber: MaskedNumber,
      unitName: z.string(),
      deceased: z.boolean(),
      telephone: MaskedNumber.nullable(),
      telephoneConfirmedOn: CalendarDay.nullable(),
      /** The accounts bound to the person, and how each last proved to be them. */
      accounts: z.array(
        z.strictObject({
          signedInBy: z.enum(["wechat", "telephone"]),
          boundOn: CalendarDay,
          provenBy: ProofWay.nullable(),
          provenOn: CalendarDay.nullable(),
        }),
      ),
    }),
  }),
  "counter.code": endpoint({
    method: "POST",
    path: "/counter/people/{personNo}/codes",
    title: "窗口：发核验码",
    caller,
    access,
    params,
    body: z.strictObject({ seen: PaperSeen }),
    reply: z.strictObject({ code: z.string(), validMinutes: z.int() }),
  }),
  "counter.telephone": endpoint({
    method: "PUT",
    path: "/counter/people/{personNo}/telephone",
    title: "窗口：登记或更换手机号",
    caller,
    access,
    params,
    body: z.strictObject({ telephone: Telephone, seen: PaperSeen }),
    reply: z.strictObject({ telephone: MaskedNumber, confirmedOn: CalendarDay }),
  }),
  "counter.recover": endpoint({
    method: "POST",
    path: "/counter/people/{personNo}/recovery",
    title: "窗口：手机丢了，解除绑定",
    caller,
    access,
    params,
    body: z.strictObject({ seen: PaperSeen }),
    reply: z.strictObject({
      /** Accounts that were unbound, their sessions ended. */
      accounts: z.int(),
      /** The telephone on record, masked: it may have been lost with the phone. */
      telephone: MaskedNumber.nullable(),
    }),
  }),
  "counter.owed": endpoint({
    method: "POST",
    path: "/counter/people/{personNo}/owed",
    title: "窗口：看应缴多少、什么时候生效",
    caller,
    access: { main: "read", audit: "append" },
    params,
    body: z.strictObject({ benefitYear: BenefitYear, tier: Tier.default(1) }),
    reply: Owed,
  }),
  "counter.ties": endpoint({
    method: "GET",
    path: "/counter/people/{personNo}/ties",
    title: "窗口：看亲情账户",
    caller,
    access: { main: "read", audit: "append" },
    params,
    reply: z.strictObject({
      /** Whom the person holds, and whom they have asked. */
      dependants: z.array(CounterTie),
      /** Who holds the person, or wants to. */
      guardians: z.array(CounterTie),
    }),
  }),
  "counter.orders": endpoint({
    method: "GET",
    path: "/counter/people/{personNo}/orders",
    title: "窗口：看缴费记录",
    caller,
    // A receipt's number is kept when it is first shown, so that anybody can look it up.
    access,
    params,
    reply: z.strictObject({ lines: z.array(CounterLine) }),
  }),
  "counter.order": endpoint({
    method: "POST",
    path: "/counter/orders",
    title: "窗口：代收现金缴费",
    caller,
    access: { main: "write", ledger: "append", audit: "append" },
    body: z.strictObject({
      /** Made by the client once for each order; the same request again is answered with the same order. */
      requestNo: RequestNo,
      lines: z
        .array(
          z.strictObject({
            personNo: params.shape.personNo,
            benefitYear: BenefitYear,
            tier: Tier.default(1),
            repairYears: RepairYears.default(0),
          }),
        )
        .min(1)
        .max(6),
      /** The cash in the officer's hand; another sum than what is owed is refused. */
      expected: Amount,
      seen: PaperSeen,
    }),
    reply: Order,
  }),
  "counter.receipt": endpoint({
    method: "GET",
    path: "/counter/orders/{orderNo}/receipts",
    title: "窗口：打印票据",
    caller: { audience: "officer", roles: ["counter"] },
    access: { main: "write", audit: "append" },
    params: OrderNo,
    reply: z.strictObject({ receipts: z.array(Receipt) }),
  }),
  "counter.give-back": endpoint({
    method: "POST",
    path: "/counter/orders/{orderNo}/return",
    title: "窗口：退回没能入账的现金",
    caller,
    access: { main: "write", ledger: "append", audit: "append" },
    params: OrderNo,
    body: z.strictObject({ seen: PaperSeen }),
    reply: z.strictObject({ amount: Amount }),
  }),
  "counter.pay-out": endpoint({
    method: "POST",
    path: "/counter/refunds/{refundNo}/payout",
    title: "窗口：付出同意退的现金",
    caller,
    access: { main: "write", ledger: "append", audit: "append" },
    params: z.strictObject({ refundNo: RefundNo }),
    body: z.strictObject({ seen: PaperSeen }),
    reply: OfficersRefund,
  }),
};
