import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { sm2 as curve, sm3 } from "sm-crypto-v2";
import { joined } from "./cbor.ts";
import { type Scheme, seedLength, signatureLength } from "./signature.ts";

/** The user id of GM/T 0009 that SM2 signatures are made with. */
const userId = "1234567812345678";
/** The order of the curve (GB/T 32918.5). */
const order = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;

const numberOf = (bytes: Uint8Array) => BigInt(`0x${bytesToHex(bytes)}`);
const hexOf = (number: bigint) => number.toString(16).padStart(64, "0");
/** Many bytes, reduced to 1 … order − 2: what a secret key and a nonce may be. */
const scalarOf = (bytes: Uint8Array) => (numberOf(bytes) % (order - 2n)) + 1n;
const isScalar = (bytes: Uint8Array) => numberOf(bytes) > 0n && numberOf(bytes) < order;

/** The number that one signature uses once: drawn from key and message by HMAC-SM3, twice as long as it needs to be. */
function nonceOf(secretKey: Uint8Array, message: Uint8Array): bigint {
  const half = (no: number) => hexToBytes(sm3(joined([Uint8Array.of(no), message]), { mode: "hmac", key: secretKey }));
  return scalarOf(joined([half(1), half(2)]));
}

/** SM2 (GB/T 32918) with SM3; public keys compressed, signatures r and s of 32 bytes each. */
export const sm2: Scheme = {
  algorithm: "SM2",
  digest: (bytes) => hexToBytes(sm3(bytes)),
  secretKeyOf(seed) {
    if (seed.length !== seedLength) throw new RangeError(`a seed has ${seedLength} bytes`);
    return hexToBytes(hexOf(scalarOf(seed)));
  },
  publicKeyOf: (secretKey) =>
    hexToBytes(curve.compressPublicKeyHex(curve.getPublicKeyFromPrivateKey(bytesToHex(secretKey)))),
  sign(secretKey, message) {
    const k = nonceOf(secretKey, message);
    const x1 = BigInt(`0x${curve.getPublicKeyFromPrivateKey(hexOf(k)).slice(2, 66)}`);
    return hexToBytes(
      curve.doSignature(message, bytesToHex(secretKey), { pointPool: [{ k, x1 }], hash: true, userId }),
    );
  },
  verify(publicKey, message, signature) {
    if (publicKey.length !== 33 || signature.length !== signatureLength) return false;
    if (!isScalar(signature.subarray(0, 32)) || !isScalar(signature.subarray(32))) return false;
    try {
      return curve.doVerifySignature(message, bytesToHex(signature), bytesToHex(publicKey), { hash: true, userId });
    } catch {
      // The library throws where a key is no point of the curve: the signature is wrong, no more.
      return false;
    }
  },
};
