import { type Day, dayInShanghai } from "../shared/day.ts";

/** Turned by tests and by the demonstration only; nothing on AWS calls `turn`. */
let turned: (() => Day) | null = null;

/** 业务日期 · today in Asia/Shanghai: days, windows, deadlines. */
export const today = (): Day => (turned ? turned() : dayInShanghai(Date.now()));

/** Is the business clock turned by hand? */
export const demonstration = (): boolean => turned !== null;

/** Sets the business day, or gives the clock back to the world. */
export function turn(to: (() => Day) | null): void {
  turned = to;
}

/** 钟表时间 · wall-clock milliseconds: tokens, signatures, payment windows. Nobody turns it. */
export const now = (): number => Date.now();
