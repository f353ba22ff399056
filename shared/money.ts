/**
 * 金额 · an amount of money, held as a whole number of fen (分); text at every edge is yuan with two decimals.
 * Range: under 1e11 fen (1e9 yuan) either way, where every sum and every product with a `Share` is exact in a double.
 */
export type Yuan = number & { readonly unit: "fen" };

/** 百分点 · what is added to a ratio or taken off it: between −1 and 1, held in ten-thousandths. */
export type Points = number & { readonly unit: "ten-thousandths" };

/** 比例 · a ratio between 0 and 1, held in ten-thousandths. */
export type Share = Points & { readonly sign: "never negative" };

/** An amount before its one rounding: fen × ten-thousandths, exact up to 2^53. */
export type Unrounded = number & { readonly unit: "fen × ten-thousandths" };

export const zero = 0 as Yuan;
/** The first amount that is refused as absurd: 1e9 yuan. */
export const tooMuch = 1e11 as Yuan;
export const whole = 10_000 as Share;

/** Reads yuan text ("300", "1234.50", "-0.01"); anything else, a third decimal included, is a RangeError. */
export function yuan(written: string): Yuan {
  if (!/^-?(0|[1-9]\d{0,8})(\.\d{1,2})?$/.test(written)) throw new RangeError(`not an amount of yuan: ${written}`);
  const sign = written.startsWith("-") ? -1 : 1;
  const [int = "0", part = ""] = (sign < 0 ? written.slice(1) : written).split(".");
  return (sign * (Number(int) * 100 + Number(part.padEnd(2, "0"))) + 0) as Yuan;
}

/** Writes an amount as yuan with two decimals: 123450 fen is "1234.50". */
export function text(amount: Yuan): string {
  const fen = Math.abs(amount);
  const cents = fen % 100;
  return `${amount < 0 ? "-" : ""}${(fen - cents) / 100}.${cents < 10 ? "0" : ""}${cents}`;
}

/** Writes an amount for people: ¥1,840.00. */
export function shown(amount: Yuan): string {
  const [int = "", part = ""] = text(Math.abs(amount) as Yuan).split(".");
  return `${amount < 0 ? "−" : ""}¥${int.replace(/\B(?=(\d{3})+$)/g, ",")}.${part}`;
}

/** Reads a ratio ("0.85"); more than four decimals or a value outside 0–1 is a RangeError. */
export function share(written: string): Share {
  if (!/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(written)) throw new RangeError(`not a ratio from 0 to 1: ${written}`);
  return Math.round(Number(written) * 10_000) as Share;
}

/** Reads points ("0.05", "-0.2"); more than four decimals or a value outside −1 to 1 is a RangeError. */
export function points(written: string): Points {
  return written.startsWith("-") ? (-share(written.slice(1)) as Points) : share(written);
}

/** Writes a ratio or points: "0.85", "1", "0", "-0.2". */
export function shareText(ratio: Points): string {
  return String(ratio / 10_000);
}

export function plus(...amounts: Yuan[]): Yuan {
  let sum = 0;
  for (let i = 0; i < amounts.length; i++) sum += amounts[i]!;
  return sum as Yuan;
}
export function minus(from: Yuan, ...amounts: Yuan[]): Yuan {
  let left: number = from;
  for (let i = 0; i < amounts.length; i++) left -= amounts[i]!;
  return left as Yuan;
}
export const times = (amount: Yuan, count: number): Yuan => (amount * count) as Yuan;
export const least = (...amounts: Yuan[]): Yuan => Math.min(...amounts) as Yuan;
export const most = (...amounts: Yuan[]): Yuan => Math.max(...amounts) as Yuan;

/** What part one amount is of another, half up to a ten-thousandth; `of` is above 0 and not below `amount`. */
export const shareOf = (amount: Yuan, of: Yuan): Share => Math.round((amount * 10_000) / of) as Share;

/** Amount × ratio, not yet rounded; several may be added before `rounded`. */
export const part = (amount: Yuan, ratio: Share): Unrounded => (amount * ratio) as Unrounded;

/**
 * Rounds half up to the fen, once, where a sum of products becomes an amount of its own (合同约定: half up is our reading).
 * Exact for 0 ≤ n ≤ 2^53 − 15,000: the quotient of two exact integers is off by less than half a spacing of doubles.
 */
export const rounded = (exact: Unrounded): Yuan => Math.floor((exact + 5_000) / 10_000) as Yuan;

/** Amount × ratio, rounded half up to the fen. */
export const portion = (amount: Yuan, ratio: Share): Yuan => rounded(part(amount, ratio));
