import { sm2 } from "sm-crypto-v2";

/** Is this an SM2 public key in hex, uncompressed, and a point of the curve? */
export function isPublicKey(hex: string): boolean {
  if (!/^04[0-9a-f]{128}$/.test(hex)) return false;
  try {
    return sm2.verifyPublicKey(hex);
  } catch {
    // The library throws where the point lies elsewhere.
    return false;
  }
}
