import { type Item, joined, writeCbor } from "./cbor.ts";

/** 签名算法 · the field that says how everything in a code is signed, and what it settles: the number written, a public key's bytes. */
export const algorithms = {
  Ed25519: { no: 1, keyLength: 32 },
  SM2: { no: 2, keyLength: 33 },
} as const;
export type Algorithm = keyof typeof algorithms;

export const signatureLength = 64;
/** So many random bytes make a key: more than its size, so that reducing them to the curve's order favours no key. */
export const seedLength = 48;

/** The algorithm of a number, or null where there is none. */
export function algorithmOf(no: unknown): Algorithm | null {
  return (Object.keys(algorithms) as Algorithm[]).find((name) => algorithms[name].no === no) ?? null;
}

/** One way of signing. No chance in it: the same key signs the same message the same way, a bad random source cannot tell the key. */
export interface Scheme {
  readonly algorithm: Algorithm;
  /** 32 bytes. */
  digest(bytes: Uint8Array): Uint8Array;
  secretKeyOf(seed: Uint8Array): Uint8Array;
  publicKeyOf(secretKey: Uint8Array): Uint8Array;
  sign(secretKey: Uint8Array, message: Uint8Array): Uint8Array;
  /** Strict: numbers in range, points in their one form, no key of low order. Bytes of any kind give an answer, never a fault. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
}

/** Who can sign: a secret key in memory, or something that keeps it elsewhere. */
export interface Signer {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A signer from a secret key. */
export function signerOf(scheme: Scheme, secretKey: Uint8Array): Signer {
  const publicKey = scheme.publicKeyOf(secretKey);
  return { algorithm: scheme.algorithm, publicKey, sign: (message) => scheme.sign(secretKey, message) };
}

/** What is signed: a word for what it is, so that no signature counts as one of another kind, and the fields. */
export function messageOf(
  kind: "yb-statement/1" | "yb-code/1" | "yb-paper/1" | "yb-bundle/1",
  fields: Item,
): Uint8Array {
  // A mini-program has no TextEncoder; the words are ASCII.
  const word = Uint8Array.from(kind, (letter) => letter.charCodeAt(0));
  return joined([word, writeCbor(fields)]);
}
