/**
 * 日期 · a calendar day in Asia/Shanghai, as text YYYY-MM-DD. Days compare with < and >.
 * It is its own type because `new Date("2021-01-01")` is UTC midnight: the day before, for half of the world.
 */
export type Day = string & { readonly kind: "day" };

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const leap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** How many days the month (1–12) of a year has. */
export function monthLength(year: number, month: number): number {
  return month === 2 && leap(year) ? 29 : (monthLengths[month - 1] ?? 0);
}

/** Is this text a day that exists? 2025-02-30 is not. */
export function isDay(written: string): written is Day {
  if (!/^(1[89]|2[01])\d\d-\d\d-\d\d$/.test(written)) return false;
  const date = Number(written.slice(8));
  return date >= 1 && date <= monthLength(Number(written.slice(0, 4)), Number(written.slice(5, 7)));
}

/** Reads a day; text that is no day is a RangeError. */
export function day(written: string): Day {
  if (!isDay(written)) throw new RangeError(`not a day: ${written}`);
  return written;
}

export const yearOf = (on: Day): number => Number(on.slice(0, 4));
export const monthOf = (on: Day): number => Number(on.slice(5, 7));
const dateOf = (on: Day): number => Number(on.slice(8));

const two = (n: number) => (n < 10 ? `0${n}` : String(n));
/** The day of a year, month (1–12) and date, each in range. */
export const dayOf = (year: number, month: number, date: number): Day => day(`${year}-${two(month)}-${two(date)}`);

const midnight = (on: Day) => Date.UTC(yearOf(on), monthOf(on) - 1, dateOf(on));
const oneDay = 86_400_000;

/** The day so many days later (or earlier, where negative). */
export function addDays(on: Day, days: number): Day {
  return new Date(midnight(on) + days * oneDay).toISOString().slice(0, 10) as Day;
}

/** The same date so many months later, or the month's last day where it has none (31 January + 1 = 28 February). */
export function addMonths(on: Day, months: number): Day {
  const count = yearOf(on) * 12 + monthOf(on) - 1 + months;
  const year = Math.floor(count / 12);
  const month = (count % 12) + 1;
  return dayOf(year, month, Math.min(dateOf(on), monthLength(year, month)));
}

/** Days from one day to another: 0 on the same day, negative where `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (midnight(to) - midnight(from)) / oneDay;

/** The first day of the month after this day's month, also when the day is the 1st. */
export const nextMonth = (on: Day): Day => addMonths(dayOf(yearOf(on), monthOf(on), 1), 1);

/** 周岁 · full years of age on a day; someone born on 29 February turns a year older on 1 March of other years. */
export function ageOn(bornOn: Day, on: Day): number {
  return yearOf(on) - yearOf(bornOn) - (on.slice(5) < bornOn.slice(5) ? 1 : 0);
}

/** Writes a day for people: 2026年1月1日. */
export const dayShown = (on: Day): string => `${yearOf(on)}年${monthOf(on)}月${dateOf(on)}日`;

/** The day in Asia/Shanghai (UTC+8, no summer time since 1991) of a wall-clock time in milliseconds. */
export const dayInShanghai = (milliseconds: number): Day =>
  new Date(milliseconds + 8 * 3_600_000).toISOString().slice(0, 10) as Day;
