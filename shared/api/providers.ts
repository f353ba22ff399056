import * as z from "zod";
import { CalendarDay } from "../edge.ts";
import { agreementStateNames, providerEventNames } from "../provider/agreement.ts";
import { Address, Levels, OfficeTelephone, ProviderName, Services } from "../provider/fields.ts";
import { keyAlgorithms, longestOverlap, usualOverlap } from "../provider/keys.ts";
import { ownerships, providerKinds } from "../provider/provider.ts";
import { endpoint } from "./endpoint.ts";
import { UnitCode } from "./officers.ts";
import { Proposed } from "./proposals.ts";

/** What somebody typed as a provider's code; its grammar is read by `readProviderCode`, whose no says how it should be. */
const Code = z.string().trim().toUpperCase().min(1).max(20);
const params = z.strictObject({ code: Code });
const Kind = z.enum(Object.keys(providerKinds) as [keyof typeof providerKinds]);
const Ownership = z.enum(Object.keys(ownerships) as [keyof typeof ownerships]);
const State = z.enum(agreementStateNames);
const Reason = z.string().trim().min(2).max(200);
/** What the officer had on the screen; somebody else's change in between is not overwritten. */
const version = z.int().min(1);

const Terms = Levels.extend({ from: CalendarDay, services: Services });
const Agreement = z.strictObject({
  /** As it is today: a period that ran out is `expired`. */
  state: State,
  from: CalendarDay.nullable(),
  until: CalendarDay.nullable(),
});
const Summary = z.strictObject({
  code: z.string(),
  name: z.string(),
  kind: Kind,
  county: UnitCode,
  /** Null where the county is not in our tree. */
  countyName: z.string().nullable(),
  ownership: Ownership,
  agreement: Agreement,
  /** What counts today; null before the first day that anything does. */
  terms: Terms.nullable(),
});

/** 定点机构 · all that an officer sees of one. */
const Page = Summary.extend({
  poolingArea: UnitCode,
  reformed: z.boolean(),
  address: z.string(),
  telephone: z.string(),
  version,
  allTerms: z.array(Terms),
  /** Which unit evaluates it, and on what that rests. */
  evaluation: z.strictObject({
    unit: UnitCode,
    unitName: z.string().nullable(),
    standing: z.enum(["stated", "assumed"]),
    why: z.string(),
  }),
  /** What may happen to the agreement now, and why this officer may not do it; null where they may. */
  moves: z.array(z.strictObject({ event: z.enum(providerEventNames), refusal: z.string().nullable() })),
  keys: z.array(
    z.strictObject({
      keyNo: z.string(),
      algorithm: z.enum(keyAlgorithms),
      publicKey: z.string().nullable(),
      /** Wall-clock milliseconds. */
      from: z.int(),
      until: z.int().nullable(),
      live: z.boolean(),
      issuedBy: z.string(),
    }),
  ),
  /** The newest first. */
  history: z.array(
    z.strictObject({
      event: z.enum(providerEventNames),
      on: CalendarDay,
      at: z.int(),
      by: z.string(),
      /** Who agreed, where it took two hands. */
      agreedBy: z.string().nullable(),
      reason: z.string(),
      /** The state that it led to, where it led to another. */
      state: State.nullable(),
      terms: Terms.nullable(),
      keyNo: z.string().nullable(),
    }),
  ),
});

const caller = { audience: "officer", roles: ["providers"] } as const;
const access = { main: "write", audit: "append" } as const;
const said = z.strictObject({ reason: Reason, version });
const move = (path: `/${string}`, title: string) =>
  endpoint({ method: "POST", path, title, caller, access, params, body: said, reply: Page });

export const endpoints = {
  "providers.list": endpoint({
    method: "GET",
    path: "/providers",
    title: "定点机构名单",
    caller,
    access: { main: "read" },
    query: z.strictObject({
      state: State.optional(),
      kind: Kind.optional(),
      /** Part of a name, or the beginning of a code. */
      q: z.string().trim().max(40).optional(),
      /** The code of the last one that was read. */
      after: Code.optional(),
    }),
    reply: z.strictObject({ providers: z.array(Summary), more: z.boolean() }),
  }),
  "providers.one": endpoint({
    method: "GET",
    path: "/providers/{code}",
    title: "一家定点机构",
    caller,
    access: { main: "read" },
    params,
    reply: Page,
  }),
  "providers.apply": endpoint({
    method: "POST",
    path: "/providers",
    title: "登记定点申请",
    caller,
    access,
    body: z.strictObject({
      code: Code,
      name: ProviderName,
      ownership: Ownership,
      reformed: z.boolean(),
      levels: Levels,
      services: Services,
      address: Address,
      telephone: OfficeTelephone,
      reason: Reason,
    }),
    reply: Page,
  }),
  "providers.evaluate": endpoint({
    method: "POST",
    path: "/providers/{code}/evaluation",
    title: "评估",
    caller,
    access,
    params,
    body: said.extend({ pass: z.boolean() }),
    reply: Page,
  }),
  "providers.decide": endpoint({
    method: "POST",
    path: "/providers/{code}/decision",
    title: "决定是否定点",
    caller,
    access,
    params,
    body: z.discriminatedUnion("approve", [
      said.extend({ approve: z.literal(true), from: CalendarDay, until: CalendarDay }),
      said.extend({ approve: z.literal(false) }),
    ]),
    reply: Page,
  }),
  "providers.withdraw": move("/providers/{code}/withdrawal", "撤回定点申请"),
  "providers.suspend": move("/providers/{code}/suspension", "中止协议"),
  "providers.resume": endpoint({
    method: "POST",
    path: "/providers/{code}/resumption",
    title: "恢复协议",
    caller,
    access,
    hands: 2,
    params,
    body: said,
    reply: Proposed,
  }),
  "providers.end": move("/providers/{code}/end", "解除协议"),
  "providers.change": endpoint({
    method: "PUT",
    path: "/providers/{code}",
    title: "变更等级、服务和联系方式",
    caller,
    access,
    hands: 2,
    params,
    /** Levels and services count from `from` on, today or later; what counted before stays known. */
    body: said.extend({
      from: CalendarDay,
      levels: Levels,
      services: Services,
      address: Address,
      telephone: OfficeTelephone,
    }),
    reply: Proposed,
  }),
  "providers.key": endpoint({
    method: "POST",
    path: "/providers/{code}/keys",
    title: "发放密钥",
    caller,
    access,
    params,
    body: z.discriminatedUnion("algorithm", [
      said.extend({
        algorithm: z.literal("HMAC-SM3"),
        overlapDays: z.int().min(0).max(longestOverlap).default(usualOverlap),
      }),
      said.extend({
        algorithm: z.literal("SM2"),
        /** Uncompressed, in hex: 04 and the two coordinates. */
        publicKey: z.string().trim().toLowerCase().max(200),
        overlapDays: z.int().min(0).max(longestOverlap).default(usualOverlap),
      }),
    ]),
    /** The secret of an HMAC key, base64, this once and never again. */
    reply: Page.extend({ keyNo: z.string(), secret: z.string().nullable() }),
  }),
  "providers.end-key": endpoint({
    method: "POST",
    path: "/providers/{code}/keys/{keyNo}/end",
    title: "停用密钥",
    caller,
    access,
    params: params.extend({ keyNo: z.string().regex(/^[0-9A-Z]{12}$/) }),
    body: said,
    reply: Page,
  }),
  "providers.import": endpoint({
    method: "POST",
    path: "/providers/import",
    title: "导入已生效的定点机构",
    caller,
    access,
    body: z.strictObject({ csv: z.string().min(1).max(90_000), reason: Reason }),
    reply: z.strictObject({
      added: z.int(),
      unchanged: z.int(),
      /** Rows that were not taken, as lines of the file, the heading being line 1. */
      faults: z.array(z.strictObject({ line: z.int(), code: z.string(), message: z.string() })),
    }),
  }),
};
