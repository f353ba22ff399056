import { ed25519 as curve } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { type Scheme, seedLength, signatureLength } from "./signature.ts";

/** Ed25519 (RFC 8032) with SHA-256 for the ids of keys. */
export const ed25519: Scheme = {
  algorithm: "Ed25519",
  digest: (bytes) => sha256(bytes),
  secretKeyOf(seed) {
    if (seed.length !== seedLength) throw new RangeError(`a seed has ${seedLength} bytes`);
    return seed.slice(0, 32);
  },
  publicKeyOf: (secretKey) => curve.getPublicKey(secretKey),
  sign: (secretKey, message) => curve.sign(message, secretKey),
  verify: (publicKey, message, signature) =>
    publicKey.length === 32 &&
    signature.length === signatureLength &&
    curve.verify(signature, message, publicKey, { zip215: false }),
};
