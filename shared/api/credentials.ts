import * as z from "zod";
import { caseKindNames, caseStateNames } from "../credential/case.ts";
import type { CredentialState } from "../credential/credential.ts";
import { algorithmNames } from "../credential/phone.ts";
import { businessTypeNames } from "../credential/purpose.ts";
import { AreaCode, CalendarDay, RequestNo } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";

/** A phone's number: the id of its device key. */
const DeviceNo = z.string().regex(/^[0-9a-f]{16}$/);
const UseNo = z.string().regex(/^\d{13}[0-9A-Z]{16}$/);
export const CaseNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);
const Moment = z.int().min(0);
const Signature = z.string().regex(/^[0-9a-f]{128}$/);

const states = ["not-opened", "active", "suspended", "closed"] as const satisfies CredentialState[];
/** 经过 · what can have happened to a credential. */
export const credentialHappenings = [
  "opened",
  "phone-added",
  "phone-removed",
  "suspended",
  "restored",
  "reissued",
  "closed",
  "paper-printed",
] as const;

/** 手机 · one phone on which the code is opened. */
const Phone = z.strictObject({
  deviceNo: DeviceNo,
  name: z.string(),
  addedOn: CalendarDay,
  /** It is a guardian's: the guardian's name. */
  guardian: z.string().nullable(),
});

/** What happened to a credential, and by whose hand; an officer is not named to residents. */
const Happening = z.strictObject({
  what: z.enum(credentialHappenings),
  on: CalendarDay,
  at: Moment,
  by: z.enum(["self", "guardian", "officer"]),
  /** The guardian's name, or to an officer the officer's. */
  name: z.string().nullable(),
  /** The phone's name, or an officer's reason. */
  detail: z.string(),
});

/** 医保码 · a person's credential as they, or who holds them, see it. */
export const Credential = z.strictObject({
  tieNo: TieNo.nullable(),
  name: z.string(),
  state: z.enum(states),
  /** An officer suspended it: only an officer gives it back. */
  held: z.boolean(),
  /** The last day of cover of today's, null where there is none. */
  coverUntil: CalendarDay.nullable(),
  phones: z.array(Phone),
  mostPhones: z.int(),
  /** The newest first. */
  history: z.array(Happening),
  /** With which algorithm a new phone makes its key. */
  algorithm: z.enum(algorithmNames),
  /** Our wall clock: a phone whose own is off corrects itself by it. */
  now: Moment,
});

/** What a phone keeps: it shows codes from it, online or not, until it has run out. */
const Kept = z.strictObject({
  credential: Credential,
  deviceNo: DeviceNo,
  /** CBOR in hex, signed by the issuer. */
  statement: z.string(),
  goodUntil: CalendarDay,
});

/** 用码疑点 as the person sees it. */
export const Case = z.strictObject({
  caseNo: CaseNo,
  useNo: UseNo.nullable(),
  kind: z.enum(caseKindNames),
  words: z.string(),
  state: z.enum(caseStateNames),
  filedOn: CalendarDay,
  /** The last day of an answer in time: an assumption of ours. */
  dueOn: CalendarDay,
  outcome: z.strictObject({ on: CalendarDay, reason: z.string() }).nullable(),
});

/** 用码记录 · one time that a provider read a code. */
export const Use = z.strictObject({
  useNo: UseNo,
  provider: z.string(),
  businessType: z.enum(businessTypeNames),
  purpose: z.string(),
  /** Wall clock: when it was shown. */
  at: Moment,
  /** Read without a network and handed in later. */
  offline: z.boolean(),
  /** A printed code: whoever took it looked at the identity card too. */
  weak: z.boolean(),
  /** The phone's name, null for paper or a phone that is out since. */
  phone: z.string().nullable(),
  caseNo: CaseNo.nullable(),
});

/** 离线用码 · one use that a desk noted without a network. */
const OfflineUse = z.strictObject({
  text: z.string().min(1).max(400),
  /** Wall clock. */
  at: Moment,
  businessType: z.enum(businessTypeNames),
});
export type OfflineUse = z.output<typeof OfflineUse>;
/** What a provider hands in, in one signed call. */
export const OfflineUses = z.strictObject({ uses: z.array(OfflineUse).min(1).max(100) });

const bound = { audience: "resident", trust: "bound" } as const;
const proven = { audience: "resident", trust: "proven" } as const;
/** What puts a code into other hands, or takes it out of the right ones; stopping a code never waits for it. */
const fresh = { audience: "resident", trust: "fresh" } as const;
/** `tie`: of a dependant of the family account. */
const Whose = z.strictObject({ tie: TieNo.optional() });
/** That the phone holds its key: its signature of `phoneMessage`, and the time in it. */
const Proof = { at: Moment, signature: Signature };
const looked = { main: "read", audit: "append" } as const;
const acted = { main: "write", audit: "append" } as const;
const mine = { main: "write" } as const;

export const endpoints = {
  "credentials.mine": endpoint({
    method: "GET",
    path: "/credential",
    title: "我的医保码",
    caller: proven,
    access: { main: "read" },
    query: Whose,
    reply: Credential,
  }),
  "credentials.open": endpoint({
    method: "POST",
    path: "/credential",
    title: "开通医保码，或加一部手机",
    caller: fresh,
    access: mine,
    query: Whose,
    body: z.strictObject({
      /** The phone's public key in hex; the same again changes nothing. */
      publicKey: z.string().regex(/^([0-9a-f]{2}){32,33}$/),
      name: z.string().trim().min(1).max(30),
      ...Proof,
    }),
    reply: Kept,
  }),
  "credentials.renew": endpoint({
    method: "POST",
    path: "/credential/renewals",
    title: "更新这部手机的凭证",
    // The phone signs with the key that it was given after a proof: it shows codes every day, its holder proves anew when they manage it.
    caller: bound,
    access: mine,
    query: Whose,
    body: z.strictObject({ deviceNo: DeviceNo, ...Proof }),
    reply: Kept,
  }),
  "credentials.suspend": endpoint({
    method: "POST",
    path: "/credential/suspension",
    title: "挂失医保码",
    caller: proven,
    access: mine,
    query: Whose,
    reply: Credential,
  }),
  "credentials.resume": endpoint({
    method: "POST",
    path: "/credential/resumption",
    title: "解除挂失",
    caller: fresh,
    access: mine,
    query: Whose,
    reply: Credential,
  }),
  "credentials.reissue": endpoint({
    method: "POST",
    path: "/credential/reissue",
    title: "换发医保码，旧的马上失效",
    caller: fresh,
    access: mine,
    query: Whose,
    /** The version that the client saw is not asked: each call makes another one, and ends every phone of before. */
    body: z.strictObject({ requestNo: RequestNo }),
    reply: Credential,
  }),
  "credentials.close": endpoint({
    method: "POST",
    path: "/credential/closure",
    title: "注销医保码",
    caller: fresh,
    access: mine,
    query: Whose,
    reply: Credential,
  }),
  "credentials.remove-phone": endpoint({
    method: "POST",
    path: "/credential/phones/{deviceNo}/removal",
    title: "移除一部手机",
    caller: proven,
    access: mine,
    params: z.strictObject({ deviceNo: DeviceNo }),
    query: Whose,
    reply: Credential,
  }),
  "credentials.uses": endpoint({
    method: "GET",
    path: "/credential/uses",
    title: "谁用过我的码",
    caller: proven,
    access: looked,
    query: Whose,
    reply: z.strictObject({
      name: z.string(),
      /** The newest first, at most so many. */
      uses: z.array(Use),
      /** Guardians who showed the code on their own phones, the newest first. */
      showings: z.array(z.strictObject({ name: z.string(), at: Moment })),
      cases: z.array(Case),
    }),
  }),
  "credentials.shown": endpoint({
    method: "POST",
    path: "/credential/showings",
    title: "记下：家人的手机出示了医保码",
    // The dependant hears of it whether or not the guardian proved anew.
    caller: bound,
    access: mine,
    body: z.strictObject({
      tie: TieNo,
      deviceNo: DeviceNo,
      /** Wall clock; what was shown offline is told when there is a network again. The same again is kept once. */
      times: z.array(Moment).min(1).max(50),
    }),
    reply: z.strictObject({ kept: z.int() }),
  }),
  "credentials.not-mine": endpoint({
    method: "POST",
    path: "/credential/uses/{useNo}/case",
    title: "不是我：马上挂失，请工作人员核查",
    caller: proven,
    access: mine,
    params: z.strictObject({ useNo: UseNo }),
    query: Whose,
    body: z.strictObject({ words: z.string().trim().max(300).default("") }),
    /** Of one use one case: the same again is answered with it. */
    reply: z.strictObject({ case: Case, credential: Credential }),
  }),
  "credentials.bundle": endpoint({
    method: "GET",
    path: "/credential/bundle",
    title: "离线验码包",
    caller: { audience: "anyone" },
    access: mine,
    query: z.strictObject({ area: AreaCode }),
    reply: z.strictObject({
      area: AreaCode,
      on: CalendarDay,
      /** Signed by the root; base64. */
      bundle: z.string(),
      /** In hex. A desk pins the first that it was given, by its agency or on its first day online, and believes no other. */
      root: z.string(),
    }),
  }),
  "credentials.decode": endpoint({
    method: "POST",
    path: "/gateway/codes",
    title: "医保码解码",
    caller: { audience: "provider" },
    access: acted,
    /** The national names of ec.query, spelt by `shared/gateway/wire.ts`. */
    reply: z.string(),
  }),
  "credentials.offline-uses": endpoint({
    method: "POST",
    path: "/gateway/offline-uses",
    title: "补报离线用码",
    caller: { audience: "provider" },
    access: acted,
    /** Takes `OfflineUses`, signed like a message; gives `{ results: [{ result, useNo } | { result: "refused", code, message }] }`, in their order. */
    reply: z.string(),
  }),
};
