import * as z from "zod";
import { CalendarDay, MaskedNumber, PersonNo } from "../edge.ts";
import { Case, CaseNo, Credential, Use } from "./credentials.ts";
import { endpoint } from "./endpoint.ts";
import { UnitCode } from "./officers.ts";
import { IdentityNumberTyped } from "./residents.ts";

const ProviderCode = z.string().regex(/^[HP]\d{11}$/);
/** Why an officer looks or acts; kept. */
const Reason = z.string().trim().min(4).max(100);

/** 核查 · a case as an officer sees it. */
const OfficersCase = Case.extend({
  personNo: PersonNo,
  name: z.string(),
  unitName: z.string(),
  /** Where and when: of each use that it is about. */
  uses: z.array(Use.extend({ providerCode: ProviderCode })),
  outcome: z.strictObject({ on: CalendarDay, reason: z.string(), by: z.string() }).nullable(),
});

const officer = { audience: "officer", roles: ["credentials"] } as const;
const personParams = z.strictObject({ personNo: PersonNo });
const looked = { main: "read", audit: "append" } as const;
const acted = { main: "write", audit: "append" } as const;

export const endpoints = {
  "credentials-agency.card": endpoint({
    method: "PUT",
    path: "/counter/people/{personNo}/card",
    title: "窗口：登记社会保障卡号",
    caller: { audience: "officer", roles: ["counter"] },
    access: acted,
    params: personParams,
    body: z.strictObject({
      number: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[0-9A-Z]{6,20}$/),
      seen: z.literal("social-card"),
    }),
    reply: z.strictObject({ card: MaskedNumber, on: CalendarDay }),
  }),
  "credentials-agency.paper": endpoint({
    method: "POST",
    path: "/counter/people/{personNo}/paper-code",
    title: "窗口：打印纸质码",
    caller: { audience: "officer", roles: ["counter", "credentials"] },
    access: acted,
    params: personParams,
    /** Only with the identity card; a paper that was printed before is worth nothing from now on. */
    body: z.strictObject({ seen: z.literal("identity-card") }),
    reply: z.strictObject({
      /** For the QR. */
      text: z.string(),
      paperNo: z.string(),
      name: z.string(),
      from: CalendarDay,
      until: CalendarDay,
      /** Weaker than a phone's: whoever takes it looks at the identity card too. */
      weak: z.literal(true),
    }),
  }),
  "credentials-agency.find": endpoint({
    method: "POST",
    path: "/agency/credentials/search",
    title: "查一个人的医保码",
    caller: officer,
    access: acted,
    body: z.discriminatedUnion("by", [
      z.strictObject({ by: z.literal("identity-number"), identityNumber: IdentityNumberTyped, reason: Reason }),
      z.strictObject({ by: z.literal("person"), personNo: PersonNo, reason: Reason }),
    ]),
    reply: z.strictObject({
      personNo: PersonNo,
      identityNumber: MaskedNumber,
      unitName: z.string(),
      credential: Credential,
      uses: z.array(Use),
      cases: z.array(Case),
      /** 社保卡 on record, masked. */
      card: MaskedNumber.nullable(),
    }),
  }),
  "credentials-agency.hold": endpoint({
    method: "POST",
    path: "/agency/credentials/{personNo}/suspension",
    title: "经办人员挂失医保码",
    caller: officer,
    access: acted,
    params: personParams,
    body: z.strictObject({ reason: Reason }),
    reply: Credential,
  }),
  "credentials-agency.release": endpoint({
    method: "POST",
    path: "/agency/credentials/{personNo}/resumption",
    title: "经办人员解除挂失",
    caller: officer,
    access: acted,
    params: personParams,
    body: z.strictObject({ reason: Reason }),
    reply: Credential,
  }),
  "credentials-agency.cases": endpoint({
    method: "GET",
    path: "/agency/credential-cases",
    title: "用码疑点待办",
    caller: officer,
    access: looked,
    query: z.strictObject({ unit: UnitCode }),
    /** The soonest due first. */
    reply: z.strictObject({ cases: z.array(OfficersCase) }),
  }),
  "credentials-agency.decide": endpoint({
    method: "POST",
    path: "/agency/credential-cases/{caseNo}/decision",
    title: "用码疑点的核查结果",
    caller: officer,
    access: acted,
    params: z.strictObject({ caseNo: CaseNo }),
    body: z.strictObject({ uphold: z.boolean(), reason: z.string().trim().min(2).max(300) }),
    reply: OfficersCase,
  }),
  "credentials-agency.usage": endpoint({
    method: "GET",
    path: "/agency/providers/{code}/code-uses",
    title: "一家机构一天读过的码",
    caller: officer,
    access: looked,
    params: z.strictObject({ code: ProviderCode }),
    query: z.strictObject({ on: CalendarDay }),
    reply: z.strictObject({
      provider: z.string(),
      /** How often for which purpose, of people of the officer's area. */
      counts: z.array(z.strictObject({ purpose: z.string(), online: z.int(), offline: z.int(), weak: z.int() })),
      /** The newest first, at most so many. */
      uses: z.array(Use.extend({ name: z.string(), personNo: PersonNo })),
      more: z.boolean(),
    }),
  }),
};
