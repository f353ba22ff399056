import { fromBase45, toBase45 } from "../../shared/credential/base45.ts";
import { codePrefix, type StatementFacts, show } from "../../shared/credential/code.ts";
import { issue } from "../../shared/credential/issue.ts";
import { type IssuerKey, type KeyPair, newKeyPair, signerFrom } from "../../shared/credential/keys.ts";
import type { Algorithm, Signer } from "../../shared/credential/signature.ts";
import type { Known } from "../../shared/credential/verify.ts";
import { addDays, type Day, day } from "../../shared/day.ts";
import { Refusal } from "../../shared/refusal.ts";
import { runs } from "../world/size.ts";

/** Both algorithms pass the same tests. */
export const both: readonly Algorithm[] = ["Ed25519", "SM2"];

export const area = "370600";
export const today = day("2026-03-10");
/** Wall-clock milliseconds of a time of day in Shanghai. */
export const at = (time: string, on: Day = today): number => Date.parse(`${on}T${time}+08:00`);
/** In the middle of a slot. */
export const now = at("10:00:30");

/** Bytes that are always the same: each is its place and a number. */
export const bytes = (length: number, no: number): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (no * 37 + i * 11 + 5) & 0xff);
export const hex = (of: Uint8Array): string => Buffer.from(of).toString("hex");
export const fromHex = (of: string): Uint8Array => new Uint8Array(Buffer.from(of, "hex"));

/** A key pair that is the same each time. */
export const keyPair = (algorithm: Algorithm, no: number): KeyPair => newKeyPair(algorithm, bytes(48, no));

/** An issuer and what a checker knows of its key. */
export function issuerOf(algorithm: Algorithm, no = 1): { signer: Signer; key: IssuerKey } {
  const pair = keyPair(algorithm, no);
  const key = { algorithm, publicKey: fromHex(pair.publicKey), area, from: day("2026-01-01"), until: null };
  return { signer: signerFrom(pair), key };
}

/** A phone with a statement, as its issuer made it. */
export function phoneOf(
  algorithm: Algorithm,
  no = 2,
  facts: Partial<StatementFacts> = {},
  issuer = issuerOf(algorithm),
) {
  const pair = keyPair(algorithm, no);
  const signer = signerFrom(pair);
  const statement = issue(
    {
      pseudonym: bytes(12, no),
      area,
      coverUntil: day("2026-12-31"),
      issuedOn: today,
      deviceKey: signer.publicKey,
      ...facts,
    },
    issuer.signer,
  );
  return {
    pair,
    signer,
    statement,
    pseudonym: bytes(12, no),
    show: (when = now, counter = 7) => show(statement, signer, { now: when, counter }),
  };
}

/** What a checker knows who knows one issuer, and that nothing was revoked. */
export const knownOf = (algorithm: Algorithm, more: Partial<Known> = {}): Known => ({
  now,
  issuerKeys: [issuerOf(algorithm).key],
  isRevoked: () => false,
  ...more,
});

/** The code of the refusal that something ends in, or "passed". A fault is thrown on. */
export function codeOf(act: () => unknown): string {
  try {
    act();
    return "passed";
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

/** The bytes of a code's text, and the text of such bytes. */
export const bytesOf = (text: string): Uint8Array => fromBase45(text.slice(codePrefix.length))!;
export const textOf = (of: Uint8Array, prefix = codePrefix): string => prefix + toBase45(of);

/**
 * Every way of spoiling bytes: each bit turned, each byte set to 0, 255 and its neighbours, up to three cut off or added at
 * either end. Beside everything else each byte is spoilt in two of these ways.
 */
export function* spoilt(of: Uint8Array): Generator<Uint8Array> {
  for (let i = 0; i < of.length; i++) {
    const turned = Array.from({ length: 8 }, (_, bit) => of[i]! ^ (1 << ((i + bit) % 8)));
    const values = new Set([of[i]! + 1, ...turned, of[i]! - 1, 0, 255].slice(0, runs(12, 2)));
    for (const value of values) {
      if ((value & 0xff) === of[i]) continue;
      const edited = of.slice();
      edited[i] = value;
      yield edited;
    }
  }
  for (let count = 1; count <= 3; count++) {
    yield of.slice(count);
    yield of.slice(0, -count);
    for (const byte of [0, 255]) {
      yield Uint8Array.from([...of, ...new Array(count).fill(byte)]);
      yield Uint8Array.from([...new Array(count).fill(byte), ...of]);
    }
  }
}

/** How many of each. */
export function counted(of: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of of) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

export const yesterday = addDays(today, -1);
