import { type Algorithm, algorithms } from "./signature.ts";

/** How far a phone's clock may be from ours when it asks for a statement, in milliseconds. Ours. */
export const phoneClockWindow = 10 * 60_000;

/**
 * 手机的证明 · what a phone signs with its device key to be put on a credential and to renew its statement: that it holds the key,
 * and when. `deviceNo` is the key's id in hex.
 */
export function phoneMessage(what: "add" | "renew", deviceNo: string, at: number): Uint8Array {
  // A mini-program has no TextEncoder; the words are ASCII.
  return Uint8Array.from(`yb-phone/1 ${what} ${deviceNo} ${at}`, (letter) => letter.charCodeAt(0));
}

/** The names of all algorithms. */
export const algorithmNames = Object.keys(algorithms) as [Algorithm, ...Algorithm[]];
