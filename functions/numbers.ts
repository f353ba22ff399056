import { randomBytes } from "node:crypto";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** So many characters at random that nobody confuses when reading them out. */
export const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => crockford[byte % 32]).join("");

/** 业务编号 · 24 characters: the business day and 16 at random. */
export const newNo = (on: string): string => on.replaceAll("-", "") + randomText(16);
