import { bytesToHex } from "@noble/hashes/utils.js";
import { type Day, dayInShanghai } from "../day.ts";
import { Refusal } from "../refusal.ts";
import { codeMessage, goodUntil, read, slotAt, statementMessage } from "./code.ts";
import { clockTolerance } from "./credential.ts";
import { same } from "./fields.ts";
import { type IssuerKey, keyId, schemes } from "./keys.ts";
import type { Algorithm } from "./signature.ts";

/** What a checker knows: the moment in milliseconds, the issuers' keys, and what was revoked, by a phone's key id, a paper's number or a pseudonym. */
export interface Known {
  readonly now: number;
  readonly issuerKeys: readonly IssuerKey[];
  readonly isRevoked: (id: Uint8Array) => boolean;
}

/** What a code says once it was found true. Ids are in hex. */
export interface Shown {
  readonly weak: false;
  readonly pseudonym: string;
  readonly area: string;
  /** What the statement says; whether that is enough today is asked on the business clock. */
  readonly coverUntil: Day | null;
  readonly algorithm: Algorithm;
  readonly deviceKeyId: string;
  readonly slot: number;
  readonly counter: number;
}

/** The keys that may have signed what an issuer of an area said between two days; `code-issuer-unknown` where there is none. */
export function keysFor(
  said: {
    readonly algorithm: Algorithm;
    readonly issuer: Uint8Array;
    readonly area: string;
    readonly between: readonly [Day, Day];
  },
  keys: readonly IssuerKey[],
): IssuerKey[] {
  const known = keys.filter(
    ({ algorithm, publicKey, area, from, until }) =>
      algorithm === said.algorithm &&
      area === said.area &&
      from <= said.between[1] &&
      (until === null || said.between[0] <= until) &&
      same(keyId(algorithm, publicKey).slice(0, said.issuer.length), said.issuer),
  );
  if (known.length === 0) throw new Refusal("code-issuer-unknown");
  return known;
}

/**
 * 验码 · what a text proves, or a refusal that says why it proves nothing. Signatures come first: nothing that a stranger wrote is
 * believed, not even that it is old. That it was not used before, `offline.ts` or the server knows.
 */
export function verify(text: string, { now, issuerKeys, isRevoked }: Known): Shown {
  const code = read(text);
  const { statement, slot, counter } = code;
  const { algorithm, issuer, area, issuedOn, deviceKey } = statement;
  const scheme = schemes[algorithm];
  const issuers = keysFor({ algorithm, issuer, area, between: [issuedOn, issuedOn] }, issuerKeys);
  const said = statementMessage(statement);
  const isIssued = issuers.some(({ publicKey }) => scheme.verify(publicKey, said, statement.signature));
  if (!isIssued || !scheme.verify(deviceKey, codeMessage(code), code.signature)) throw new Refusal("code-signature");

  if (dayInShanghai(now) > goodUntil(statement)) throw new Refusal("statement-expired");
  if (slot < slotAt(now) - clockTolerance) throw new Refusal("code-expired");
  if (slot > slotAt(now) + clockTolerance) throw new Refusal("code-early");
  const device = keyId(algorithm, deviceKey);
  if (isRevoked(device) || isRevoked(statement.pseudonym)) throw new Refusal("code-revoked");
  return {
    weak: false,
    pseudonym: bytesToHex(statement.pseudonym),
    area,
    coverUntil: statement.coverUntil,
    algorithm,
    deviceKeyId: bytesToHex(device),
    slot,
    counter,
  };
}
