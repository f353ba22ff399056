import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import type { Day } from "../day.ts";
import { ed25519 } from "./ed25519.ts";
import { type Algorithm, algorithms, type Scheme, type Signer, signerOf } from "./signature.ts";
import { sm2 } from "./sm2.ts";

/** The algorithms themselves; a mini-program that signs with one of them imports that one alone. */
export const schemes: Readonly<Record<Algorithm, Scheme>> = { Ed25519: ed25519, SM2: sm2 };

const keyIdLength = 8;

/** 密钥标识 · the first eight bytes of the digest of a public key: SHA-256 for Ed25519, SM3 for SM2. */
export const keyId = (algorithm: Algorithm, publicKey: Uint8Array): Uint8Array =>
  schemes[algorithm].digest(publicKey).slice(0, keyIdLength);

/** A public key that is known beforehand: a desk's root. */
export interface PublicKey {
  readonly algorithm: Algorithm;
  readonly publicKey: Uint8Array;
}

/** 签发密钥 · whose statements and papers of one area are believed, if issued from `from` to `until`, both included. */
export interface IssuerKey extends PublicKey {
  readonly area: string;
  readonly from: Day;
  /** null: no end is known yet. */
  readonly until: Day | null;
}

/** A key pair as it is kept, in hex; whoever keeps it seals the secret. */
export interface KeyPair {
  readonly algorithm: Algorithm;
  readonly id: string;
  readonly publicKey: string;
  readonly secretKey: string;
}

/** A new key pair, for an issuer, a bundle's root or a phone, from 48 random bytes. */
export function newKeyPair(algorithm: Algorithm, seed: Uint8Array): KeyPair {
  const secretKey = schemes[algorithm].secretKeyOf(seed);
  const publicKey = schemes[algorithm].publicKeyOf(secretKey);
  return {
    algorithm,
    id: bytesToHex(keyId(algorithm, publicKey)),
    publicKey: bytesToHex(publicKey),
    secretKey: bytesToHex(secretKey),
  };
}

/** Who signs with a key pair. */
export const signerFrom = ({ algorithm, secretKey }: Pick<KeyPair, "algorithm" | "secretKey">): Signer =>
  signerOf(schemes[algorithm], hexToBytes(secretKey));

/** A public key from hex, its algorithm told by its length, or null where it is none. */
export function publicKeyFrom(hex: string): PublicKey | null {
  if (!/^([0-9a-f]{2})+$/.test(hex)) return null;
  const publicKey = hexToBytes(hex);
  const names = Object.keys(algorithms) as Algorithm[];
  const algorithm = names.find((name) => algorithms[name].keyLength === publicKey.length);
  return algorithm ? { algorithm, publicKey } : null;
}
