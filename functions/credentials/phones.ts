import { bytesToHex } from "@noble/hashes/utils.js";
import { goodUntil, readStatement } from "../../shared/credential/code.ts";
import { issue } from "../../shared/credential/issue.ts";
import { keyId, publicKeyFrom, schemes } from "../../shared/credential/keys.ts";
import { phoneClockWindow, phoneMessage } from "../../shared/credential/phone.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import type { Acting } from "../family/acting.ts";
import { coverUntilOf } from "./cover.ts";
import { bytesOf, issuerOf, wallDay } from "./issuer.ts";
import { credentialReply } from "./reply.ts";
import type { Credential, Phone } from "./store.ts";

/** That a phone holds its key: what it signed, and when it says that it did. */
interface Proof {
  readonly at: number;
  readonly signature: string;
}

/** A phone that proves that it holds the key which it wants to show codes with. */
export function newPhone(
  { by, personNo }: Acting,
  { publicKey: hex, name, ...proof }: Proof & { publicKey: string; name: string },
): Phone {
  const given = publicKeyFrom(hex);
  if (given?.algorithm !== config.credentialAlgorithm()) throw new Refusal("phone-signature");
  const deviceNo = bytesToHex(keyId(given.algorithm, given.publicKey));
  mustHoldKey("add", { deviceNo, publicKey: hex }, proof);
  const holderNo = by.hand === "guardian" ? by.no : personNo;
  return { deviceNo, publicKey: hex, algorithm: given.algorithm, name, addedOn: today(), holderNo };
}

/** Throws unless a phone signed with its key, just now. */
export function mustHoldKey(
  what: Parameters<typeof phoneMessage>[0],
  { deviceNo, publicKey: hex }: Pick<Phone, "deviceNo" | "publicKey">,
  { at, signature }: Proof,
): void {
  const known = publicKeyFrom(hex);
  const isSigned =
    known && schemes[known.algorithm].verify(known.publicKey, phoneMessage(what, deviceNo, at), bytesOf(signature));
  if (!isSigned) throw new Refusal("phone-signature");
  if (Math.abs(at - now()) > phoneClockWindow) throw new Refusal("phone-clock");
}

/** The phone of a credential, if it is the caller's own; to anybody else's it is not known. */
export function ownPhone({ phones }: Credential, deviceNo: string, holderNo: string): Phone {
  const found = phones.find((one) => one.deviceNo === deviceNo && one.holderNo === holderNo);
  if (!found) throw new Refusal("phone-unknown");
  return found;
}

/** What a phone keeps from today on: the statement of its key, with the credential as it is. */
export async function keptReply({ profile, tieNo }: Acting, { pseudonym, poolingArea }: Credential, phone: Phone) {
  const [issuer, coverUntil, credential] = await Promise.all([
    issuerOf(poolingArea, phone.algorithm),
    coverUntilOf(profile.personNo),
    credentialReply(profile, { tieNo }),
  ]);
  const deviceKey = bytesOf(phone.publicKey);
  const facts = { pseudonym: bytesOf(pseudonym), area: poolingArea, coverUntil, issuedOn: wallDay(), deviceKey };
  const bytes = issue(facts, issuer);
  const statement = readStatement(bytes)!;
  return {
    credential,
    deviceNo: phone.deviceNo,
    statement: bytesToHex(bytes),
    goodUntil: goodUntil(statement),
  };
}
