import { areas } from "../../shared/areas/areas.ts";
import { read } from "../../shared/credential/code.ts";
import { type BusinessType, businessTypes } from "../../shared/credential/credential.ts";
import { paperPrefix, verifyPaper } from "../../shared/credential/paper.ts";
import { isBusinessType, purposeOf } from "../../shared/credential/purpose.ts";
import { verify } from "../../shared/credential/verify.ts";
import { inForceOn, offersOn, providerKinds, services } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { liveTie } from "../family/store.ts";
import type { Provider } from "../providers/store.ts";
import { issuerKeysOf } from "./issuer.ts";
import { type Credential, credentialOf, endedAt, pseudonymOf } from "./store.ts";

/** The business type of a number, if this provider reads codes for it today; or a refusal. */
export function allowedType(provider: Provider, written: string): BusinessType {
  if (!isBusinessType(written)) throw new Refusal("malformed", { detail: "用码业务类型" });
  const on = today();
  if (!inForceOn(provider, on)) throw new Refusal("agreement-not-in-force");
  const { kinds, service } = purposeOf(written);
  if (!kinds.includes(provider.kind)) {
    throw new Refusal("service-not-opened", {
      detail: `${businessTypes[written]}限${kinds.map((kind) => providerKinds[kind]).join("、")}`,
    });
  }
  if (service !== null && !offersOn(provider, service, on)) {
    throw new Refusal("service-not-opened", { detail: services[service] });
  }
  return written;
}

/** 读出的码 · whose it is, which phone or paper, which showing; and since when it is worth nothing, where it is. */
export interface ReadCode {
  readonly credential: Credential;
  readonly pseudonym: string;
  /** The phone's key id, or the paper's number. */
  readonly id: string;
  readonly weak: boolean;
  /** A paper has none: it is good more than once. */
  readonly counter: number | null;
  readonly endedAt: number | null;
}

/** What a text proves at a moment by the keys of then, before anybody asks whether it was revoked. */
async function proven(text: string, provider: Provider, now: number) {
  const nothing = () => false;
  if (text.startsWith(paperPrefix)) {
    const issuerKeys = await issuerKeysOf(provider.poolingArea);
    const { pseudonym, paperNo: id } = verifyPaper(text, { now, issuerKeys, isRevoked: nothing });
    return { pseudonym, id, weak: true, counter: null };
  }
  const { area } = read(text).statement;
  const issuerKeys = areas.has(area) ? await issuerKeysOf(area) : [];
  const { pseudonym, deviceKeyId: id, counter } = verify(text, { now, issuerKeys, isRevoked: nothing });
  return { pseudonym, id, weak: false, counter };
}

/** 读码 · what a text says of whom at a moment, whatever became of it since. */
export async function readCode(text: string, provider: Provider, now: number): Promise<ReadCode> {
  const shown = await proven(text, provider, now);
  const owner = await pseudonymOf(shown.pseudonym);
  const credential = owner && (await credentialOf(owner.personNo));
  // Signed by us, so there was one: it belongs to a number that became another.
  if (!credential) throw new Refusal("code-revoked");
  return { ...shown, credential, endedAt: await endedAt(credential, shown) };
}

/** Throws unless a code is good now, and who shows it on a phone of their own still holds the person. */
export async function mustBeGood({ credential, id, endedAt: ended }: ReadCode): Promise<void> {
  if (ended !== null) throw new Refusal("code-revoked");
  const phone = credential.phones.find(({ deviceNo }) => deviceNo === id);
  if (!phone || phone.holderNo === credential.personNo) return;
  const tie = await liveTie(phone.holderNo, credential.personNo);
  if (tie?.state !== "agreed") throw new Refusal("code-revoked");
}
