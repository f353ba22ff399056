import { sm2, sm3 } from "sm-crypto-v2";

/**
 * 报文签名 · how a provider signs a message. No public document says which string is signed, so this one is ours: four
 * lines, POST and the path, the sender's clock in milliseconds, a nonce, and the SM3 of the body's bytes in hex. A retry of the same
 * message is the same body signed anew; a copy of the whole request is refused.
 */
export const algorithms = ["HMAC-SM3", "SM2"] as const;
export type Algorithm = (typeof algorithms)[number];

export const gatewayPath = "/api/gateway";
/** Where codes are decoded, and where uses of codes without a network are handed in: signed alike. */
export const codesPath = "/api/gateway/codes";
export const offlineUsesPath = "/api/gateway/offline-uses";
/** Where it is asked whether somebody is filed for: the national interface has no transaction for it, so this call is ours. */
export const filingsPath = "/api/gateway/filings";

/** How far a sender's clock may be from ours, in milliseconds; a nonce is remembered for as long. */
export const clockWindow = 5 * 60_000;

/** The headers that carry a signature. */
export const signatureHeaders = {
  /** <provider code>.<key number> */
  key: "x-signature-key",
  time: "x-signature-time",
  /** 16 to 64 letters, digits, - or _; never twice within the clock window. */
  nonce: "x-signature-nonce",
  /** hex: 64 characters of HMAC-SM3, 128 of SM2 (r and s), signed with the user id 1234567812345678 of GM/T 0009. */
  signature: "x-signature",
} as const;

/** The user id of GM/T 0009 that SM2 signatures are made with. */
const userId = "1234567812345678";

/** The text that is signed, of a call to a path. */
export const textToSign = (time: string, nonce: string, body: Uint8Array, path: string = gatewayPath): string =>
  `POST ${path}\n${time}\n${nonce}\n${sm3(body)}`;

/** The signature of a text: with a secret in hex, or with an SM2 private key in hex. */
export function sign(algorithm: Algorithm, secret: string, text: string): string {
  if (algorithm === "SM2") return sm2.doSignature(text, secret, { hash: true, userId });
  return sm3(new TextEncoder().encode(text), { mode: "hmac", key: secret });
}

/** Does a signature fit? With HMAC `known` is the shared secret, with SM2 the public key. Takes the same time for every wrong one. */
export function isSigned(algorithm: Algorithm, known: string, text: string, signature: string): boolean {
  if (algorithm === "SM2") return /^[0-9a-f]{128}$/.test(signature) && verified(known, text, signature);
  return same(sign("HMAC-SM3", known, text), signature);
}

/** A signature whose numbers are no points of the curve makes the library throw: it is wrong, no more. */
function verified(publicKey: string, text: string, signature: string): boolean {
  try {
    return sm2.doVerifySignature(text, signature, publicKey, { hash: true, userId });
  } catch {
    return false;
  }
}

function same(a: string, b: string): boolean {
  let different = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) different |= a.charCodeAt(i) ^ (b.charCodeAt(i) || 0);
  return different === 0;
}
