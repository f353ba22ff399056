import * as z from "zod";
import { CalendarDay, MaskedNumber, RequestNo } from "../edge.ts";
import {
  type ProofKind,
  proofNames,
  type Relationship,
  relationships,
  type TieState,
  tieStates,
} from "../family/family.ts";
import { endpoint } from "./endpoint.ts";
import { IdentityNumberTyped, Name } from "./residents.ts";

export const TieNo = z.string().regex(/^[0-9A-Z]{20}$/);
export const RelationshipName = z.enum(Object.keys(relationships) as [Relationship]);
export const TieStateName = z.enum(Object.keys(tieStates) as [TieState]);
export const ProofName = z.enum(Object.keys(proofNames) as [ProofKind]);
/** 谁定的 · who or what made a tie what it is. */
export const DecidedBy = z.enum(["code", "dependant", "guardian", "counter", "household", "certificate", "law"]);

const BirthCertificateTyped = z.string().min(1).max(40);

/** 亲情账户成员 · one tie as one of its two sides sees it: the other side's name, and what they are to the one who looks. */
const Member = z.strictObject({
  tieNo: TieNo,
  name: z.string(),
  identityNumber: MaskedNumber,
  relationship: RelationshipName,
  state: TieStateName,
  /** The dependant is under 16: the guardian alone ends the tie, and it ends by itself at 16. */
  minor: z.boolean(),
  /** The dependant is a newborn who has no identity number yet. */
  temporary: z.boolean(),
  askedOn: CalendarDay,
  /** The day of the last change: agreed, refused, ended, lapsed. */
  changedOn: CalendarDay,
  /** The last day of this state; null where it has none. */
  until: CalendarDay.nullable(),
  decidedBy: DecidedBy.nullable(),
  /** Why an officer refused. */
  reason: z.string(),
});

const proven = { audience: "resident", trust: "proven" } as const;
/** What makes somebody see and act for somebody else, and stays. */
const fresh = { audience: "resident", trust: "fresh" } as const;
const params = z.strictObject({ tieNo: TieNo });

export const endpoints = {
  "family.members": endpoint({
    method: "GET",
    path: "/family",
    title: "亲情账户",
    caller: proven,
    access: { main: "read" },
    reply: z.strictObject({
      /** Whom I hold, and whom I have asked. */
      dependants: z.array(Member),
      /** Who holds me; those in the state "asked" wait for my answer. */
      guardians: z.array(Member),
      most: z.int(),
    }),
  }),
  "family.ask": endpoint({
    method: "POST",
    path: "/family",
    title: "添加亲情账户成员",
    caller: fresh,
    access: { main: "write" },
    body: z.strictObject({
      requestNo: RequestNo,
      name: Name,
      identityNumber: IdentityNumberTyped,
      relationship: RelationshipName,
      /** Only for those under 16. */
      proof: z
        .discriminatedUnion("kind", [
          z.strictObject({ kind: z.literal("household") }),
          z.strictObject({ kind: z.literal("birth-certificate"), number: BirthCertificateTyped }),
          z.strictObject({ kind: z.literal("household-book") }),
        ])
        .nullable()
        .default(null),
      commitment: z.boolean().default(false),
    }),
    reply: Member,
  }),
  "family.code": endpoint({
    method: "POST",
    path: "/family/requests/{tieNo}/codes",
    title: "给家人再发一次同意验证码",
    caller: proven,
    access: { main: "write" },
    params,
    /** The same answer whether or not a telephone is on record. */
    reply: z.strictObject({ validMinutes: z.int() }),
  }),
  "family.consent": endpoint({
    method: "POST",
    path: "/family/requests/{tieNo}/consent",
    title: "填家人念的同意验证码",
    caller: proven,
    access: { main: "write" },
    params,
    body: z.strictObject({ code: z.string().regex(/^\d{6}$/) }),
    reply: Member,
  }),
  "family.answer": endpoint({
    method: "POST",
    path: "/family/requests/{tieNo}/answer",
    title: "答复亲情账户请求",
    caller: fresh,
    access: { main: "write" },
    params,
    body: z.strictObject({ agree: z.boolean() }),
    reply: Member,
  }),
  "family.end": endpoint({
    method: "POST",
    path: "/family/{tieNo}/end",
    title: "解除亲情账户",
    caller: proven,
    access: { main: "write" },
    params,
    reply: Member,
  }),
  "family.newborn": endpoint({
    method: "POST",
    path: "/family/newborns",
    title: "登记还没有身份证号的新生儿",
    caller: fresh,
    access: { main: "write" },
    body: z.strictObject({
      requestNo: RequestNo,
      name: Name,
      sex: z.enum(["male", "female"]),
      bornOn: CalendarDay,
      birthCertificate: BirthCertificateTyped,
      commitment: z.boolean().default(false),
    }),
    reply: Member,
  }),
  "family.identity-number": endpoint({
    method: "POST",
    path: "/family/{tieNo}/identity-number",
    title: "给孩子补上身份证号",
    caller: fresh,
    // Money that was paid twice for one year is moved to suspense by an entry.
    access: { main: "write", ledger: "append" },
    params,
    body: z.strictObject({ name: Name, identityNumber: IdentityNumberTyped }),
    reply: Member,
  }),
};
