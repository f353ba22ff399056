import { createHash, timingSafeEqual } from "node:crypto";

/** 报文原样 · headers and the bytes that their signature is over, as WeChat Pay or a provider sent them. Names of headers are lower-case. */
export interface SignedMessage {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

/** 密文相同 · are two secrets or signatures the same: whatever their letters, in a time that does not tell where they differ. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));
