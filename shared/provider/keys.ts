/** 签名算法 · how a provider signs its messages: with a secret that we gave it, or with its own key whose public half it gave us. */
export const keyAlgorithms = ["HMAC-SM3", "SM2"] as const;
export type KeyAlgorithm = (typeof keyAlgorithms)[number];

/** When a key is good, in wall-clock milliseconds: from `from` on, before `until`. */
interface KeyTimes {
  readonly from: number;
  readonly until: number | null;
}

/** A provider has at most so many keys that are good at once. */
export const mostLiveKeys = 3;

/** After a new key is opened the older ones are good for so many days more, at most; and unless somebody chooses. */
export const longestOverlap = 30;
export const usualOverlap = 7;
const oneDay = 86_400_000;

/** Is a key good at a moment? */
export const isLive = ({ from, until }: KeyTimes, at: number): boolean => from <= at && (until === null || at < until);

/** The keys that are good at a moment. */
export const liveKeys = <K extends KeyTimes>(keys: readonly K[], at: number): K[] =>
  keys.filter((key) => isLive(key, at));

/** 轮换 · when an older key ends once a new one is opened: after the overlap, or sooner where it was to end sooner. */
export const endAfter = ({ until }: KeyTimes, at: number, overlapDays: number): number =>
  Math.min(until ?? Number.POSITIVE_INFINITY, at + overlapDays * oneDay);
