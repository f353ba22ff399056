import * as z from "zod";
import { CalendarDay, MaskedNumber } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { DecidedBy, ProofName, RelationshipName, TieNo, TieStateName } from "./family.ts";
import { IdentityNumberTyped, Name } from "./residents.ts";

/** 证件 · what an officer saw at the counter. */
const Seen = z.enum(["identity-card", "household-book", "social-card"]);

/** One side of a tie as an officer sees it: the name to call, the number masked. */
const Person = z.strictObject({ name: z.string(), identityNumber: MaskedNumber, bornOn: CalendarDay });

export const CounterTie = z.strictObject({
  tieNo: TieNo,
  state: TieStateName,
  village: z.string(),
  guardian: Person,
  dependant: Person,
  /** The dependant is a newborn who has no identity number yet. */
  temporary: z.boolean(),
  relationship: RelationshipName,
  proof: ProofName.nullable(),
  /** The number on the paper to be shown, masked. */
  birthCertificate: MaskedNumber.nullable(),
  askedOn: CalendarDay,
  changedOn: CalendarDay,
  until: CalendarDay.nullable(),
  decidedBy: DecidedBy.nullable(),
});

const counter = { audience: "officer", roles: ["counter"] } as const;
const params = z.strictObject({ tieNo: TieNo });

export const endpoints = {
  "family-agency.reviews": endpoint({
    method: "GET",
    path: "/counter/family",
    title: "亲情账户待办",
    caller: counter,
    access: { main: "read", audit: "append" },
    reply: z.strictObject({
      /** Waiting for an officer (review) or for the dependant (asked), at most a hundred of them. */
      ties: z.array(CounterTie),
      more: z.boolean(),
    }),
  }),
  "family-agency.review": endpoint({
    method: "POST",
    path: "/counter/family/{tieNo}/review",
    title: "核对亲情账户关系证明",
    caller: counter,
    access: { main: "write", audit: "append" },
    params,
    body: z.strictObject({ agree: z.boolean(), reason: z.string().trim().min(4).max(100) }),
    reply: CounterTie,
  }),
  "family-agency.consent": endpoint({
    method: "POST",
    path: "/counter/family/{tieNo}/consent",
    title: "在窗口当面同意亲情账户",
    caller: counter,
    access: { main: "write", audit: "append" },
    params,
    body: z.strictObject({ seen: Seen }),
    reply: CounterTie,
  }),
  "family-agency.identity-number": endpoint({
    method: "POST",
    path: "/counter/family/{tieNo}/identity-number",
    title: "在窗口给孩子补上身份证号",
    caller: counter,
    access: { main: "write", ledger: "append", audit: "append" },
    params,
    body: z.strictObject({ name: Name, identityNumber: IdentityNumberTyped, seen: Seen }),
    reply: CounterTie,
  }),
};
