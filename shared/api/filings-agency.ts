import * as z from "zod";
import { CalendarDay, MaskedNumber, PersonNo, RequestNo } from "../edge.ts";
import { filingStateNames } from "../filing/filing.ts";
import { AttachmentNo } from "./attachments.ts";
import { endpoint } from "./endpoint.ts";
import {
  Destination,
  DestinationCode,
  Evidence,
  Example,
  ExampleAsked,
  Filing,
  FilingNo,
  Kind,
  Options,
} from "./filings.ts";
import { UnitCode } from "./officers.ts";
import { IdentityNumberTyped, Name } from "./residents.ts";

/** Why somebody's data is looked at; kept with the record of it. */
const Reason = z.string().trim().min(4).max(100);

/** 谁的 · the person whose filing it is, as an officer sees them. */
const Owner = z.strictObject({
  personNo: PersonNo,
  name: z.string(),
  identityNumber: MaskedNumber,
  telephone: MaskedNumber.nullable(),
  unitName: z.string(),
});

/** 备案 as an officer sees it; officers who acted are named. */
const OfficersFiling = Filing.omit({ tieNo: true, may: true, needs: true, lockedUntil: true }).extend({
  person: Owner,
  /** Who filed it for them, and how they agreed. */
  agent: z
    .strictObject({
      name: z.string(),
      consent: z.enum(["family", "code", "paper"]),
      /** The paper that they signed. */
      attachmentNo: AttachmentNo.nullable(),
    })
    .nullable(),
  /** The commitment as it was signed, and with which name. */
  signed: z.strictObject({ name: z.string(), on: CalendarDay, sentences: z.array(z.string()) }).nullable(),
  /** The reader filed it: another officer decides. */
  own: z.boolean(),
  /** What waits: the application, or a paper that was supplied. */
  waits: z.enum(["application", "proof"]).nullable(),
});

const reads = { main: "read", audit: "append" } as const;
const writes = { main: "write", audit: "append" } as const;
const review = { audience: "officer", roles: ["filings"] } as const;
const agents = { audience: "officer", roles: ["visits", "counter"] } as const;
const anyDesk = { audience: "officer", roles: ["filings", "visits", "counter"] } as const;
const params = z.strictObject({ personNo: PersonNo, filingNo: FilingNo });
const version = z.int().min(1);
const Which = z.strictObject({ personNo: PersonNo, filingNo: FilingNo, version });

export const endpoints = {
  "filings-agency.list": endpoint({
    method: "GET",
    path: "/agency/filings",
    title: "备案待办",
    caller: review,
    access: reads,
    query: z.strictObject({ unit: UnitCode }),
    /** What waits for an officer, the soonest due first. */
    reply: z.strictObject({ filings: z.array(OfficersFiling), more: z.boolean() }),
  }),
  "filings-agency.find": endpoint({
    method: "POST",
    path: "/agency/filings/search",
    title: "查一个人的备案",
    caller: anyDesk,
    access: writes,
    body: z.strictObject({ identityNumber: IdentityNumberTyped, reason: Reason }),
    reply: z.strictObject({ person: Owner, filings: z.array(OfficersFiling), options: Options }),
  }),
  "filings-agency.one": endpoint({
    method: "GET",
    path: "/agency/people/{personNo}/filings/{filingNo}",
    title: "查看一个备案",
    caller: anyDesk,
    access: reads,
    params,
    reply: z.strictObject({
      filing: OfficersFiling,
      options: Options,
      /** Their other filings, the newest first. */
      others: z.array(OfficersFiling),
    }),
  }),
  "filings-agency.decide": endpoint({
    method: "POST",
    path: "/agency/people/{personNo}/filings/{filingNo}/decision",
    title: "审核备案",
    caller: review,
    access: writes,
    params,
    body: z.discriminatedUnion("what", [
      z.strictObject({ what: z.literal("approve"), version }),
      /** All that is to be mended, in one list that the person reads. */
      z.strictObject({
        what: z.literal("return"),
        version,
        mend: z.array(z.string().trim().min(2).max(100)).min(1).max(8),
      }),
      z.strictObject({ what: z.literal("refuse"), version, reason: z.string().trim().min(4).max(200) }),
      /** A filing in force that turns out to be false: it counts for nothing that is not settled yet. */
      z.strictObject({ what: z.literal("revoke"), version, reason: z.string().trim().min(4).max(200) }),
    ]),
    reply: OfficersFiling,
  }),
  "filings-agency.approve-many": endpoint({
    method: "POST",
    path: "/agency/filings/approvals",
    title: "批量同意备案",
    caller: review,
    access: writes,
    body: z.strictObject({ filings: z.array(Which).min(1).max(50) }),
    /** One answer for each, in the order asked; what was refused says why and the others go on. */
    reply: z.strictObject({
      results: z.array(
        z.strictObject({ filingNo: FilingNo, state: z.enum(filingStateNames).nullable(), message: z.string() }),
      ),
    }),
  }),
  "filings-agency.where": endpoint({
    method: "GET",
    path: "/agency/filings/destinations",
    title: "去哪里看病",
    caller: review,
    access: { main: "read" },
    query: z.strictObject({ unit: UnitCode }),
    reply: z.strictObject({
      /** Filings that took effect, by destination, the most first. */
      destinations: z.array(
        z.strictObject({
          destination: Destination,
          province: z.string(),
          longTerm: z.int(),
          referral: z.int(),
          temporary: z.int(),
        }),
      ),
    }),
  }),
  "filings-agency.example": endpoint({
    method: "POST",
    path: "/agency/people/{personNo}/filings/example",
    title: "替人看备案前后对比",
    caller: anyDesk,
    access: reads,
    params: z.strictObject({ personNo: PersonNo }),
    body: ExampleAsked,
    reply: Example,
  }),
  "filings-agency.consent": endpoint({
    method: "POST",
    path: "/agency/people/{personNo}/filings/consent",
    title: "代办前发同意验证码",
    caller: agents,
    access: writes,
    params: z.strictObject({ personNo: PersonNo }),
    /** The code is good for this officer and this place alone, which the message names. */
    body: z.strictObject({ destination: DestinationCode }),
    reply: z.strictObject({
      /** The telephone on record, masked; null where there is none and a signed paper is needed. */
      telephone: MaskedNumber.nullable(),
      validMinutes: z.int(),
    }),
  }),
  "filings-agency.file": endpoint({
    method: "POST",
    path: "/agency/filings",
    title: "代办备案",
    caller: agents,
    access: writes,
    body: Evidence.extend({
      requestNo: RequestNo,
      identityNumber: IdentityNumberTyped,
      name: Name,
      /** That the person agrees: the code that they read out, or a paper that they signed. */
      consent: z.discriminatedUnion("by", [
        z.strictObject({ by: z.literal("code"), code: z.string().regex(/^\d{6}$/) }),
        z.strictObject({ by: z.literal("paper"), attachmentNo: AttachmentNo }),
      ]),
      kind: Kind,
      destination: DestinationCode,
      from: CalendarDay,
    }),
    reply: OfficersFiling,
  }),
};
