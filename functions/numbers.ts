import { randomBytes, randomInt } from "node:crypto";

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** So many characters at random that nobody confuses when reading them out. */
export const randomText = (length: number): string =>
  [...randomBytes(length)].map((byte) => crockford[byte % 32]).join("");

/** 人员编号 · the area that pools for them and fourteen digits at random: whoever knows one knows no other. */
export const newPersonNo = (poolingArea: string): string => poolingArea + String(randomInt(10 ** 14)).padStart(14, "0");

/** 时刻 · when something was, as what is told apart and ordered by time is called: two of one moment differ in what comes after it. */
export const momentOf = (at: number, no: string = randomBytes(6).toString("hex")): string =>
  `${new Date(at).toISOString()}#${no}`;

/** 业务编号 · 24 characters: the business day and 16 at random. */
export const newNo = (on: string): string => on.replaceAll("-", "") + randomText(16);
