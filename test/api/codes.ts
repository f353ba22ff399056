import { vi } from "vitest";
import { bundleMinutes } from "../../functions/credentials/bundles.ts";
import type { Sender } from "../../hospital/client.ts";
import { type CodeRead, readCode, handIn as toldOf } from "../../hospital/codes.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { readBundle } from "../../shared/credential/bundle.ts";
import type { BusinessType } from "../../shared/credential/credential.ts";
import { publicKeyFrom } from "../../shared/credential/keys.ts";
import { openDesk, type Use, verifyOffline } from "../../shared/credential/offline.ts";
import { Refusal } from "../../shared/refusal.ts";
import { openHospitals, senderOf } from "../world/hospitals.ts";
import { unit, type World, world } from "../world/world.ts";
import { newPhone } from "./phones.ts";

export const today = "2025-11-20";
export const settling = "01301" satisfies BusinessType;
export const registering = "01101" satisfies BusinessType;
export const minutes = (count: number) => count * 60_000;
export const days = (count: number) => count * 86_400_000;

/** Turns the wall clock, timers as they are; `vi.useRealTimers` gives it back. */
export const wallClock = (milliseconds: number) => {
  vi.useFakeTimers({ toFake: ["Date"] });
  vi.setSystemTime(milliseconds);
};

export const decode = (sender: Sender, text: string, businessType: string, identityNumber: string | null = null) =>
  readCode(sender, { text, businessType: businessType as BusinessType, identityNumber });
export const said = (decoded: CodeRead): string => (decoded.kind === "refused" ? decoded.code : decoded.kind);
/** Whom a decoding found, or a failure of the test. */
export function found(decoded: CodeRead) {
  if (decoded.kind !== "done") throw new Error(JSON.stringify(decoded));
  return decoded.person;
}

/** What became of uses that were handed in, or a failure of the test. */
export async function handIn(sender: Sender, uses: readonly Use[]) {
  const results = await toldOf(sender, uses);
  if (results === null) throw new Error("not answered");
  return results as readonly ((typeof results)[number] & { readonly useNo?: string })[];
}

/** What a bundle says of a text: the refusal's code, or "passed". */
export function offlineCode(text: string, known: ReturnType<typeof readBundle>): string {
  try {
    verifyOffline(text, known, Date.now());
    return "passed";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

let serial = 0;
export const nextTelephone = () => `1370${String(++serial).padStart(7, "0")}`;

/** A provider of the demonstration by the clock that tests turn. */
export const turning = (code: string): Sender => ({ ...senderOf(code), now: () => Date.now() });

/** What the tests of 医保码 have: residents with phones, two hospitals, an officer, and bundles. */
export async function codeWorld() {
  const made: World = await world(today);
  await Promise.all([unit("370600", "烟台市"), unit("370611", "福山区"), unit("370611001201", "杏林村")]);
  await openHospitals(made);
  const officer: Call = await made.officer("credentials", "370611", ["credentials", "counter"]);

  const { proven } = made;
  /** Somebody proven, whose code is open on one phone. */
  async function holder(facts: Partial<Resident> = {}) {
    const { person, call } = await proven(facts);
    const phone = newPhone();
    await phone.open(call);
    return { person, call, phone };
  }
  /** A guardian and a dependant who agreed, the guardian's phone on the dependant's credential. */
  async function family() {
    const [guardian, dependant] = [await holder(), await proven({ name: "李四" })];
    const { name, identityNumber } = dependant.person;
    const asked = { requestNo: `codes-${nextTelephone()}`, name, identityNumber, relationship: "parent" as const };
    const { tieNo } = await guardian.call("family.ask", { body: asked });
    await dependant.call("family.answer", { params: { tieNo }, body: { agree: true } });
    const phone = newPhone();
    await phone.open(guardian.call, tieNo);
    return { guardian, dependant, tieNo, phone };
  }
  /** The bundle that is made for whoever asks after the kept one has grown old. */
  async function freshBundle() {
    wallClock(Date.now() + minutes(bundleMinutes));
    const reply = await made.anyone("credentials.bundle", { query: { area: "370600" } });
    const root = publicKeyFrom(reply.root)!;
    const bytes = new Uint8Array(Buffer.from(reply.bundle, "base64"));
    return { bytes, root, read: readBundle(bytes, root, Date.now()) };
  }
  /** A desk with the network off. */
  async function deskOf() {
    const kept = new Map<string, string>();
    const { bytes, root } = await freshBundle();
    const get = async (name: string) => kept.get(name) ?? null;
    const set = async (name: string, value: string) => void kept.set(name, value);
    const desk = openDesk({ get, set }, root);
    await desk.load(bytes, Date.now());
    return desk;
  }
  return {
    made,
    officer,
    proven,
    holder,
    family,
    freshBundle,
    deskOf,
    hospital: turning("H37061100001"),
    other: turning("H37061100002"),
  };
}
export type CodeWorld = Awaited<ReturnType<typeof codeWorld>>;
