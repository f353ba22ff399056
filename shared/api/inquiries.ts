import * as z from "zod";
import { Amount, CalendarDay, MaskedNumber, PersonNo, RequestNo } from "../edge.ts";
import {
  callOutcomeNames,
  doubtNames,
  findingNames,
  inquiryEventNames,
  inquiryStateNames,
  sideNames,
} from "../inquiry/inquiry.ts";
import { ClaimNo } from "./claims.ts";
import { endpoint } from "./endpoint.ts";
import { Destination, DestinationCode, FilingNo } from "./filings.ts";
import { UnitCode } from "./officers.ts";
import { IdentityNumberTyped, Name } from "./residents.ts";

const InquiryNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);
const Telephone = z.string().regex(/^[0-9+() -]{5,20}$/);
const line = (least: number, most: number) => z.string().trim().min(least).max(most);
/** An officer as a reader sees them; `own`: it is the reader. */
const Hand = z.strictObject({ name: z.string(), own: z.boolean() });

/** 被协查方 · an agency with officers here, or one outside that is telephoned. */
const asked = {
  unit: z.strictObject({ kind: z.literal("unit"), unit: UnitCode }),
  outside: z.strictObject({ kind: z.literal("outside"), name: line(2, 60), telephone: Telephone }),
};

/** 协查 as it stands in a list: all that the agency that is asked may know of the person is in it. */
const Row = z.strictObject({
  inquiryNo: InquiryNo,
  /** The reader's. */
  side: z.enum(sideNames),
  /** Masked; `personNo` is told to the side that asks alone. */
  person: z.strictObject({ personNo: PersonNo.nullable(), name: z.string(), identityNumber: MaskedNumber }),
  provider: z.strictObject({ code: z.string(), name: z.string(), place: Destination }),
  from: CalendarDay,
  until: CalendarDay,
  amount: Amount.nullable(),
  doubts: z.array(z.enum(doubtNames)),
  askingName: z.string(),
  asked: z.discriminatedUnion("kind", [asked.unit.extend({ name: z.string() }), asked.outside]),
  askedOn: CalendarDay,
  /** The last day of an answer in time: an assumption of ours. */
  dueOn: CalendarDay,
  overdue: z.boolean(),
  state: z.enum(inquiryStateNames),
  owner: Hand.nullable(),
  finding: z.enum(findingNames).nullable(),
});

/** 协查 · one inquiry as an officer of either side sees it. */
const Inquiry = Row.extend({
  askedBy: Hand,
  claimNo: ClaimNo.nullable(),
  filingNo: FilingNo.nullable(),
  questions: z.array(z.string()),
  answer: z
    .strictObject({
      finding: z.enum(findingNames),
      /** One for each question, "" where there was none to give. */
      answers: z.array(z.string()),
      words: z.string(),
      on: CalendarDay,
      by: Hand,
    })
    .nullable(),
  withdrawnFor: z.string().nullable(),
  calls: z.array(
    z.strictObject({
      on: CalendarDay,
      whom: z.string(),
      outcome: z.enum(callOutcomeNames),
      words: z.string(),
      by: Hand,
    }),
  ),
  history: z.array(z.strictObject({ event: z.enum(inquiryEventNames), on: CalendarDay, by: Hand })),
  /** What the reader may do now. */
  may: z.array(z.enum(inquiryEventNames)),
});

const caller = { audience: "officer", roles: ["filings"] } as const;
const reads = { main: "read", audit: "append" } as const;
const writes = { main: "write", audit: "append" } as const;
const params = z.strictObject({ inquiryNo: InquiryNo });

export const endpoints = {
  "inquiries.ask": endpoint({
    method: "POST",
    path: "/agency/inquiries",
    title: "发起协查",
    caller,
    access: writes,
    body: z.strictObject({
      requestNo: RequestNo,
      person: z.union([
        z.strictObject({ personNo: PersonNo }),
        z.strictObject({ name: Name, identityNumber: IdentityNumberTyped }),
      ]),
      /** The code is "" where it is not known. */
      provider: z.strictObject({
        code: z.string().regex(/^([HP]\d{11})?$/),
        name: line(2, 100),
        place: DestinationCode,
      }),
      from: CalendarDay,
      until: CalendarDay,
      amount: Amount.nullable(),
      claimNo: ClaimNo.nullable(),
      filingNo: FilingNo.nullable(),
      doubts: z
        .array(z.enum(doubtNames))
        .min(1)
        .refine((some) => new Set(some).size === some.length),
      questions: z.array(line(4, 100)).min(1).max(6),
      asked: z.discriminatedUnion("kind", [asked.unit, asked.outside]),
    }),
    reply: Inquiry,
  }),
  "inquiries.list": endpoint({
    method: "GET",
    path: "/agency/inquiries",
    title: "协查待办",
    caller,
    access: reads,
    query: z.strictObject({ side: z.enum(sideNames) }),
    reply: z.strictObject({
      /** The soonest due first. */
      open: z.array(Row),
      /** There are more open ones than are told. */
      more: z.boolean(),
      /** The last to end first. */
      over: z.array(Row),
    }),
  }),
  "inquiries.agencies": endpoint({
    method: "GET",
    path: "/agency/inquiries/agencies",
    title: "可以请来协查的机构",
    caller,
    access: { main: "read" },
    /** The agencies of the pooling areas that have officers here, without the reader's own. */
    reply: z.strictObject({ agencies: z.array(z.strictObject({ code: UnitCode, name: z.string() })) }),
  }),
  "inquiries.one": endpoint({
    method: "GET",
    path: "/agency/inquiries/{inquiryNo}",
    title: "查看一个协查",
    caller,
    access: reads,
    params,
    reply: Inquiry,
  }),
  "inquiries.take": endpoint({
    method: "POST",
    path: "/agency/inquiries/{inquiryNo}/take",
    title: "接手协查",
    caller,
    access: writes,
    params,
    reply: Inquiry,
  }),
  "inquiries.hand-back": endpoint({
    method: "POST",
    path: "/agency/inquiries/{inquiryNo}/hand-back",
    title: "放回协查",
    caller,
    access: writes,
    params,
    reply: Inquiry,
  }),
  "inquiries.log-call": endpoint({
    method: "POST",
    path: "/agency/inquiries/{inquiryNo}/calls",
    title: "记一次电话核实",
    caller,
    access: writes,
    params,
    body: z.strictObject({
      requestNo: RequestNo,
      on: CalendarDay,
      whom: line(2, 60),
      outcome: z.enum(callOutcomeNames),
      words: line(2, 300),
    }),
    reply: Inquiry,
  }),
  "inquiries.answer": endpoint({
    method: "POST",
    path: "/agency/inquiries/{inquiryNo}/answer",
    title: "答复协查",
    caller,
    access: writes,
    params,
    body: z.strictObject({
      finding: z.enum(findingNames),
      answers: z.array(z.string().trim().max(200)).max(6),
      words: line(4, 500),
    }),
    reply: Inquiry,
  }),
  "inquiries.withdraw": endpoint({
    method: "POST",
    path: "/agency/inquiries/{inquiryNo}/withdrawal",
    title: "撤回协查",
    caller,
    access: writes,
    params,
    body: z.strictObject({ reason: line(4, 100) }),
    reply: Inquiry,
  }),
};
