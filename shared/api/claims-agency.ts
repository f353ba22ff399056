import * as z from "zod";
import { chains } from "../care/year.ts";
import { disputeEventNames, disputeKindNames, disputeStateNames, remedyNames } from "../dispute/dispute.ts";
import { Amount, CalendarDay, MaskedNumber, PersonNo } from "../edge.ts";
import { oddityKinds } from "../oddities.ts";
import { filings } from "../policy/table.ts";
import { ClaimNo, ClaimSummary, endpoints as claims, DisputeNo } from "./claims.ts";
import { endpoint } from "./endpoint.ts";
import { UnitCode } from "./officers.ts";
import { Proposed } from "./proposals.ts";
import { IdentityNumberTyped } from "./residents.ts";

const ProviderCode = z.string().regex(/^[HP]\d{11}$/);
/** Why somebody's data is looked at; kept with the record of it. */
const Reason = z.string().trim().min(4).max(100);

/** 一次查阅 · one time that somebody looked. */
const Look = z.strictObject({
  /** Wall-clock milliseconds, and the business day. */
  at: z.int(),
  on: CalendarDay,
  who: z.enum(["officer", "family", "provider"]),
  no: z.string(),
  name: z.string().nullable(),
  unitName: z.string().nullable(),
  call: z.string(),
  title: z.string(),
  reason: z.string().nullable(),
  /** Of a list: how many people stood in it. */
  people: z.int().nullable(),
});

/** 谁的 · the person whose data it is, as an officer sees them. */
const Owner = z.strictObject({ personNo: PersonNo, name: z.string(), identityNumber: MaskedNumber });

/** 一笔费用 · one claim as it stands in an officer's list. */
const Row = ClaimSummary.extend({
  person: Owner,
  providerCode: z.string(),
  settledOn: CalendarDay,
});

/** 年度累计 · one accumulator before and after a claim. */
const Accumulator = z.strictObject({ name: z.string(), before: Amount, after: Amount });

const told = claims["claims.one"].reply.shape;

/** 争议 · one dispute as an officer sees it. */
const OfficersDispute = z.strictObject({
  disputeNo: DisputeNo,
  claimNo: ClaimNo,
  person: Owner,
  unitName: z.string(),
  byGuardian: z.boolean(),
  kind: z.enum(disputeKindNames),
  words: z.string(),
  state: z.enum(disputeStateNames),
  filedOn: CalendarDay,
  /** The last day of an answer in time: an assumption of ours. */
  dueOn: CalendarDay,
  /** Who has taken it; `own`: the officer who asks. */
  owner: z.strictObject({ name: z.string(), own: z.boolean() }).nullable(),
  outcome: z
    .strictObject({
      on: CalendarDay,
      reason: z.string(),
      remedy: z.enum(remedyNames).nullable(),
      by: z.string(),
      agreedBy: z.string().nullable(),
    })
    .nullable(),
  history: z.array(
    /** `by` is null where it was the person, or who holds them. */
    z.strictObject({ event: z.enum(disputeEventNames), on: CalendarDay, by: z.string().nullable() }),
  ),
});

/** 一笔费用的全部 · one claim with all that it rests on, as an officer sees it. */
const ClaimPage = Row.extend({
  unitName: z.string(),
  level: told.level,
  department: z.string(),
  disease: z.strictObject({ code: z.string(), name: z.string() }),
  admittedOn: CalendarDay,
  identity: told.identity,
  filing: z.enum(filings),
  transferred: z.boolean(),
  encounterNo: z.string(),
  batchNo: z.string(),
  messageNo: z.string(),
  /** The settlement's ordinal in the person's year, in which order it can be taken back, and the claim before it. */
  sequence: z.int(),
  chain: z.enum(chains),
  previousNo: z.string().nullable(),
  clearedOn: CalendarDay.nullable(),
  amounts: told.amounts,
  ratios: told.ratios,
  sentences: told.sentences,
  clauses: told.clauses,
  lines: z.int(),
  stays: z.strictObject({ before: z.int(), after: z.int() }),
  /** What moved none of them is left out. */
  year: z.array(Accumulator),
  history: z.array(
    z.strictObject({
      what: z.enum(["settled", "reversed"]),
      on: CalendarDay,
      /** Wall-clock milliseconds. */
      at: z.int(),
      by: z.string(),
      messageNo: z.string().nullable(),
      reason: z.string(),
    }),
  ),
  disputes: z.array(OfficersDispute),
});

const caller = { audience: "officer", roles: ["claims"] } as const;
const looks = { main: "read", audit: "append" } as const;
const decides = { main: "write", ledger: "append", audit: "append" } as const;
const disputeParams = z.strictObject({ disputeNo: DisputeNo });
const claimParams = z.strictObject({ personNo: PersonNo, claimNo: ClaimNo });

export const endpoints = {
  "claims-agency.claims": endpoint({
    method: "POST",
    path: "/agency/claims/search",
    title: "查询费用",
    caller,
    access: { main: "write", audit: "append" },
    body: z.discriminatedUnion("by", [
      z.strictObject({ by: z.literal("person"), identityNumber: IdentityNumberTyped, reason: Reason }),
      /** A claim's number does not say whose it is: its provider or its person must be known too. */
      z.strictObject({
        by: z.literal("claim"),
        claimNo: ClaimNo,
        of: z.union([ProviderCode, PersonNo]),
        reason: Reason,
      }),
      z.strictObject({ by: z.literal("provider"), providerCode: ProviderCode, on: CalendarDay, reason: Reason }),
    ]),
    reply: z.strictObject({
      /** Whom was asked for; null where it was not a person. */
      person: Owner.extend({ unitName: z.string() }).nullable(),
      /** The newest first. */
      claims: z.array(Row),
      /** There are more than are told. */
      more: z.boolean(),
    }),
  }),
  "claims-agency.claim": endpoint({
    method: "GET",
    path: "/agency/people/{personNo}/claims/{claimNo}",
    title: "查看一笔费用",
    caller,
    access: looks,
    params: claimParams,
    reply: ClaimPage,
  }),
  "claims-agency.lines": endpoint({
    method: "GET",
    path: "/agency/people/{personNo}/claims/{claimNo}/lines",
    title: "查看费用明细",
    caller,
    access: looks,
    params: claimParams,
    query: claims["claims.lines"].query.omit({ tie: true }),
    reply: claims["claims.lines"].reply,
  }),
  "claims-agency.disputes": endpoint({
    method: "GET",
    path: "/agency/disputes",
    title: "争议待办",
    caller,
    access: looks,
    query: z.strictObject({ unit: UnitCode }),
    /** What waits for an answer, the soonest due first. */
    reply: z.strictObject({ disputes: z.array(OfficersDispute) }),
  }),
  "claims-agency.dispute": endpoint({
    method: "GET",
    path: "/agency/disputes/{disputeNo}",
    title: "查看一个争议",
    caller,
    access: looks,
    params: disputeParams,
    reply: z.strictObject({
      dispute: OfficersDispute,
      claim: ClaimPage,
      /** What would become of the claim if the dispute were upheld now; null where its provider has to put it right. */
      remedy: z.enum(remedyNames).nullable(),
    }),
  }),
  "claims-agency.take": endpoint({
    method: "POST",
    path: "/agency/disputes/{disputeNo}/take",
    title: "接手争议",
    caller,
    access: { main: "write", audit: "append" },
    params: disputeParams,
    reply: OfficersDispute,
  }),
  "claims-agency.hand-back": endpoint({
    method: "POST",
    path: "/agency/disputes/{disputeNo}/hand-back",
    title: "放回争议",
    caller,
    access: { main: "write", audit: "append" },
    params: disputeParams,
    reply: OfficersDispute,
  }),
  "claims-agency.decide": endpoint({
    method: "POST",
    path: "/agency/disputes/{disputeNo}/decision",
    title: "答复争议",
    caller,
    access: decides,
    hands: 2,
    params: disputeParams,
    /** The reason is the sentence that the person reads. */
    body: z.strictObject({ uphold: z.boolean(), reason: z.string().trim().min(4).max(200) }),
    /** `proposed`: a claim would be taken back, and another officer has to agree first. */
    reply: OfficersDispute.extend({ proposed: Proposed.nullable() }),
  }),
  "claims-agency.access": endpoint({
    method: "POST",
    path: "/agency/access/search",
    title: "查阅记录",
    caller: { audience: "officer", roles: ["audit"] },
    // Reading what was read is itself recorded.
    access: { main: "read", audit: "read-append" },
    body: z.discriminatedUnion("by", [
      z.strictObject({
        by: z.literal("identity-number"),
        identityNumber: IdentityNumberTyped,
        reason: Reason,
        before: z.string().max(60).optional(),
      }),
      z.strictObject({
        by: z.literal("person"),
        personNo: PersonNo,
        reason: Reason,
        before: z.string().max(60).optional(),
      }),
      z.strictObject({
        by: z.literal("unit"),
        unit: UnitCode,
        reason: Reason,
        before: z.string().max(60).optional(),
      }),
    ]),
    reply: z.strictObject({
      person: Owner.extend({ unitName: z.string() }).nullable(),
      unit: z.strictObject({ code: UnitCode, name: z.string() }).nullable(),
      /** The newest first. */
      looks: z.array(Look),
      /** To go on reading before the last one; null where there is nothing more. */
      before: z.string().nullable(),
    }),
  }),
  "claims-agency.access-day": endpoint({
    method: "POST",
    path: "/agency/access/days",
    title: "按天查阅记录",
    caller: { audience: "officer", roles: ["audit"] },
    access: { main: "read", audit: "read-append" },
    /** Looks from a unit and all below it; of one officer or provider where their number is given. */
    body: z.strictObject({ unit: UnitCode, on: CalendarDay, no: z.string().min(1).max(40).optional(), reason: Reason }),
    reply: z.strictObject({
      unit: z.strictObject({ code: UnitCode, name: z.string() }),
      /** What to look at first, the furthest beyond its number first. */
      oddities: z.array(
        z.strictObject({
          no: z.string(),
          name: z.string().nullable(),
          unitName: z.string().nullable(),
          kind: z.enum(oddityKinds),
          count: z.int(),
        }),
      ),
      /** The newest first; an officer's sign-in is one of them. */
      looks: z.array(
        Look.extend({
          /** Of whom, or of which unit's list; a sign-in is of nobody, and has from where as a hash. */
          personNo: PersonNo.nullable(),
          village: UnitCode.nullable(),
          from: z.string().nullable(),
        }),
      ),
      /** There are more than are told: a smaller unit, or one officer, has fewer. */
      more: z.boolean(),
    }),
  }),
};
