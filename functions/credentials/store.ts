import { randomBytes } from "node:crypto";
import * as z from "zod";
import { credentialHappenings } from "../../shared/api/credentials.ts";
import { pseudonymLength } from "../../shared/credential/code.ts";
import {
  type CredentialEvent,
  type CredentialState,
  credentialStates,
  mostPhones,
} from "../../shared/credential/credential.ts";
import { algorithmNames } from "../../shared/credential/phone.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { Hand } from "../hand.ts";
import { beginning, key, partition } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { itemAt, itemsUnder } from "../read.ts";
import { decideAndWrite, exists, isNew, type Step, toPut, toRemove, toUpdate, unchanged } from "../write.ts";

/** Whose hand changes a credential: nobody but the person, a guardian or an officer. */
const CredentialHand = Hand.extend({ hand: z.enum(["self", "guardian", "officer"]) });
export type CredentialHand = z.output<typeof CredentialHand>;

/** 手机 · one phone of a credential and the key that it signs with. */
const Phone = z.object({
  /** The id of the key. */
  deviceNo: z.string(),
  publicKey: z.string(),
  algorithm: z.enum(algorithmNames),
  name: z.string(),
  addedOn: CalendarDay,
  /** Whose phone it is: the person's own, or a guardian's. */
  holderNo: z.string(),
});
export type Phone = z.output<typeof Phone>;

/** 医保码 · a person's credential as it is stored. */
export const Credential = z.object({
  personNo: z.string(),
  poolingArea: z.string(),
  state: z.enum(Object.keys(credentialStates) as [CredentialState]),
  /** Hex; every re-issue makes another one. */
  pseudonym: z.string(),
  phones: z.array(Phone),
  /** The last printed code that is still good. */
  paperNo: z.string().nullable(),
  suspendedBy: CredentialHand.shape.hand.nullable(),
  /** Since when, in wall-clock milliseconds. */
  suspendedAt: z.int().nullable(),
  version: z.int().min(1),
});
export type Credential = z.output<typeof Credential>;

/** 经过 · one thing that happened to a credential, under the version that it made. */
export const Happening = z.object({
  what: z.enum(credentialHappenings),
  on: CalendarDay,
  at: z.int(),
  by: CredentialHand,
  detail: z.string(),
  /** The phones and papers that it ended. */
  ended: z.array(z.string()),
  requestNo: z.string().optional(),
});
export type Happening = z.output<typeof Happening>;

/** A person's credential, or null before the first. */
export const credentialOf = (personNo: string): Promise<Credential | null> =>
  itemAt(key.credential(personNo), Credential);

/** What happened to a person's credentials, the newest first. */
export const happeningsOf = (personNo: string): Promise<Happening[]> =>
  itemsUnder(partition.person(personNo), beginning.credentialEvent, Happening, { newestFirst: true });

/** 假名 · whose it is, and since when it is worth nothing, where it is. */
const Pseudonym = z.object({ personNo: z.string(), endedAt: z.int().nullable() });

/** The person of a pseudonym, or null where nobody ever had it. */
export const pseudonymOf = (pseudonym: string): Promise<z.output<typeof Pseudonym> | null> =>
  itemAt(key.pseudonym(pseudonym), Pseudonym);

/** Nothing that was issued is good for so long: three days a statement, a week a paper. */
const revokedDays = 10;

/** The writes that put an id on the list of what is revoked, and take it off again. */
const revoke = (area: string, id: string): Step =>
  toPut({ ...key.revocation(area, id), id, expiresAt: Math.floor(now() / 1000) + revokedDays * 86_400 });
const unrevoke = (area: string, id: string): Step => toRemove(key.revocation(area, id));

const newPseudonym = () => randomBytes(pseudonymLength).toString("hex");

/** A change of a credential: what it becomes, what is kept of it, and what is written with it or not at all. */
interface Change {
  readonly next: Omit<Credential, "version">;
  readonly what: Happening["what"];
  readonly detail?: string;
  readonly requestNo?: string;
  readonly steps?: readonly Step[];
}

/**
 * 变更 · changes a credential that nobody else changed meanwhile. `decide` gives null where nothing is left to do; it is asked
 * again with newer facts where somebody was faster. The person is told of every change.
 */
export const changeCredential = (
  personNo: string,
  by: CredentialHand,
  decide: (before: Credential | null) => Promise<Change | null> | Change | null,
): Promise<Credential> =>
  decideAndWrite(async () => {
    const before = await credentialOf(personNo);
    const change = await decide(before);
    if (!change) return { answer: before!, steps: [] };
    const made: Credential = { ...change.next, version: (before?.version ?? 0) + 1 };
    return { answer: made, steps: changing(before, made, change, by) };
  });

/** The same, of a credential that was opened before. */
export const changeStanding = (
  personNo: string,
  by: CredentialHand,
  decide: (before: Credential) => Promise<Change | null> | Change | null,
): Promise<Credential> =>
  changeCredential(personNo, by, (before) => {
    if (!before) throw new Refusal("credential-state", { detail: `现在是${credentialStates["not-opened"].name}` });
    return decide(before);
  });

/** Did a request change this credential before? */
export const wasRequested = async (personNo: string, requestNo: string): Promise<boolean> =>
  (await happeningsOf(personNo)).some((one) => one.requestNo === requestNo);

/** All that is written for a change. */
export function changing(before: Credential | null, made: Credential, change: Change, by: CredentialHand): Step[] {
  const { personNo, version, pseudonym } = made;
  const { what, detail = "", requestNo } = change;
  const on = today();
  const happening: Happening = {
    what,
    on,
    at: now(),
    by,
    detail,
    ended: endedBy(before, made),
    ...(requestNo && { requestNo }),
  };
  const put = toPut({ ...key.credential(personNo), ...made }, unchanged(before?.version ?? 0));
  const kept: Step = toPut({ ...key.credentialEvent(personNo, version), ...happening }, isNew);
  const told: Step = toOutbox([
    { kind: "told", personNo, on, fact: { about: "credential-changed", change: what, version } },
  ]);
  const renamed = before?.pseudonym === pseudonym ? [] : pseudonymSteps(before, made);
  return [put, kept, ...renamed, ...revocations(before, made), ...(change.steps ?? []), told];
}

/** The new pseudonym, and the end of the one before it: whoever hands in a late use of it is still found. */
function pseudonymSteps(before: Credential | null, { personNo, pseudonym }: Credential): Step[] {
  const Item = { ...key.pseudonym(pseudonym), personNo, endedAt: null };
  const made: Step = toPut(Item, isNew);
  return before ? [made, ...(before.state === "closed" ? [] : [ended(before)])] : [made];
}

const ended = ({ pseudonym }: Credential): Step =>
  toUpdate(key.pseudonym(pseudonym), { set: { endedAt: now() } }, exists);

/** The phones and the paper of a credential that a change ended. */
function endedBy(before: Credential | null, made: Credential): string[] {
  if (!before) return [];
  const gone = before.phones.filter(({ deviceNo }) => !made.phones.some((one) => one.deviceNo === deviceNo));
  const paper = before.paperNo !== null && before.paperNo !== made.paperNo ? [before.paperNo] : [];
  return [...gone.map(({ deviceNo }) => deviceNo), ...paper];
}

/** What desks without a network must know of a change: from the next bundle on. */
function revocations(before: Credential | null, made: Credential): Step[] {
  if (!before) return [];
  const { poolingArea: area, pseudonym } = before;
  const wasGood = before.state === "active";
  // Whoever has another pseudonym from now on leaves phones and papers behind that are all of the old one.
  if (pseudonym !== made.pseudonym) return wasGood ? [revoke(area, pseudonym)] : [];
  const isGood = made.state === "active";
  const added = made.phones.filter(({ deviceNo }) => !before.phones.some((one) => one.deviceNo === deviceNo));
  return [
    ...endedBy(before, made).map((id) => revoke(area, id)),
    ...added.map(({ deviceNo }) => unrevoke(area, deviceNo)),
    ...(wasGood === isGood ? [] : [(isGood ? unrevoke : revoke)(area, pseudonym)]),
    ...(made.state === "closed" ? [ended(made)] : []),
  ];
}

/** The state after an event, or a refusal. */
function stateAfter(state: CredentialState, event: CredentialEvent): CredentialState {
  const next = after(credentialStates, state, event);
  if (next === null) throw new Refusal("credential-state", { detail: `现在是${credentialStates[state].name}` });
  return next;
}

/** A credential that is opened for the first time, or anew after it was closed. */
export const opened = (personNo: string, poolingArea: string): Omit<Credential, "version"> => ({
  personNo,
  poolingArea,
  state: stateAfter("not-opened", "open"),
  pseudonym: newPseudonym(),
  phones: [],
  paperNo: null,
  suspendedBy: null,
  suspendedAt: null,
});

/** Throws unless a credential is in use. */
export function mustBeActive({ state }: Credential): void {
  if (state !== "active") throw new Refusal("credential-state", { detail: `现在是${credentialStates[state].name}` });
}

/** 加手机 · a phone more, or null where it is there already. */
export function withPhone(before: Credential, phone: Phone): Change | null {
  mustBeActive(before);
  if (before.phones.some(({ deviceNo }) => deviceNo === phone.deviceNo)) return null;
  if (before.phones.length >= mostPhones) throw new Refusal("phones-full");
  return { next: { ...before, phones: [...before.phones, phone] }, what: "phone-added", detail: phone.name };
}

/** 移除手机 · its key is worth nothing from now on. */
export function withoutPhone(before: Credential, deviceNo: string): Change | null {
  const gone = before.phones.find((one) => one.deviceNo === deviceNo);
  if (!gone) return null;
  const phones = before.phones.filter((one) => one !== gone);
  return { next: { ...before, phones }, what: "phone-removed", detail: gone.name };
}

/** 挂失 · by whom it was, says who may give it back; an officer's is the stronger. */
export function suspended(before: Credential, by: CredentialHand, detail = ""): Change | null {
  if (before.state === "suspended" && (by.hand !== "officer" || before.suspendedBy === "officer")) return null;
  const state = before.state === "suspended" ? before.state : stateAfter(before.state, "suspend");
  const suspendedAt = before.suspendedAt ?? now();
  return { next: { ...before, state, suspendedBy: by.hand, suspendedAt }, what: "suspended", detail };
}

/** Throws where an officer holds what somebody else would take back. */
function mustLetGo({ suspendedBy }: Credential, { hand }: CredentialHand): void {
  if (suspendedBy === "officer" && hand !== "officer") throw new Refusal("credential-held");
}

/** 解除挂失. */
export function restored(before: Credential, by: CredentialHand, detail = ""): Change | null {
  if (before.state === "active") return null;
  const state = stateAfter(before.state, "restore");
  mustLetGo(before, by);
  return { next: { ...before, state, suspendedBy: null, suspendedAt: null }, what: "restored", detail };
}

/** 换发 · another pseudonym, without any phone or paper of before. What an officer holds he gives back himself. */
export function reissued(before: Credential, by: CredentialHand, requestNo: string): Change {
  const state = stateAfter(before.state, "reissue");
  mustLetGo(before, by);
  const fresh = { pseudonym: newPseudonym(), phones: [], paperNo: null, suspendedBy: null, suspendedAt: null };
  return { next: { ...before, ...fresh, state }, what: "reissued", requestNo };
}

/** 注销 · not of what an officer holds: opened anew it would be out of his hand. */
export function closed(before: Credential, by: CredentialHand): Change | null {
  if (before.state === "closed") return null;
  const state = stateAfter(before.state, "close");
  mustLetGo(before, by);
  const gone = { phones: [], paperNo: null, suspendedBy: null, suspendedAt: null };
  return { next: { ...before, ...gone, state }, what: "closed" };
}

/** 打印纸质码 · a new paper, in the place of the one before; it opens a credential for whoever has none. */
export function printed(
  before: Credential | null,
  { personNo, poolingArea }: Pick<Credential, "personNo" | "poolingArea">,
  paperNo: string,
): Change {
  if (before && before.state !== "closed") mustBeActive(before);
  const standing = before && before.state !== "closed" ? before : opened(personNo, poolingArea);
  return { next: { ...standing, paperNo }, what: "paper-printed" };
}

/** Since when what was shown is no longer good, in wall-clock milliseconds; null where it is. */
export async function endedAt(
  credential: Credential,
  { pseudonym, id }: { readonly pseudonym: string; readonly id: string },
): Promise<number | null> {
  if (credential.pseudonym !== pseudonym || credential.state === "closed") {
    return (await pseudonymOf(pseudonym))?.endedAt ?? 0;
  }
  if (credential.state === "suspended") return credential.suspendedAt ?? 0;
  if (credential.paperNo === id || credential.phones.some(({ deviceNo }) => deviceNo === id)) return null;
  // What nobody knows to have ended at a time never was good.
  return (await happeningsOf(credential.personNo)).find((one) => one.ended.includes(id))?.at ?? 0;
}
