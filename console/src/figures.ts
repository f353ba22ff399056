import { addDays, type Day, daysBetween, monthOf, yearOf } from "../../shared/day.ts";

/** 应参保, 已参保, 已缴费 as people, 缴费金额 as text. */
export interface Figures {
  readonly should: number;
  readonly enrolled: number;
  readonly paid: number;
  readonly amount: string;
}

/** 12,345 */
export const counted = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ",");

/** ¥1,840.00 of "1840.00". */
export const money = (amount: string): string => `¥${amount.replace(/\B(?=(\d{3})+\.)/g, ",")}`;

const fenOf = (amount: string): bigint => BigInt(amount.replace(".", ""));

/** The sum of amounts, exact to the fen. */
export function sumOf(amounts: readonly string[]): string {
  const fen = amounts
    .reduce((sum, amount) => sum + fenOf(amount), 0n)
    .toString()
    .padStart(3, "0");
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}

/** How far apart two amounts are, whichever is more. */
export function gapOf(a: string, b: string): string {
  const [less, more] = [fenOf(a), fenOf(b)].sort((x, y) => (x < y ? -1 : 1)) as [bigint, bigint];
  const fen = (more - less).toString().padStart(3, "0");
  return `${fen.slice(0, -2)}.${fen.slice(-2)}`;
}

/** 比率 · a part of a whole in percent, cut after two decimals: one person short of a target must not read as reached. */
export const percent = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((part * 10_000) / whole) / 100;

/** "62.73%", or "—" where there is nobody to count. */
export const percentText = (part: number, whole: number): string =>
  whole === 0 ? "—" : `${percent(part, whole).toFixed(2)}%`;

/** A target of the API ("0.955") in percent, and back. */
export const targetPercent = (target: string): number => Math.round(Number(target) * 10_000) / 100;
export const targetOf = (percentage: number): string => String(Math.round(percentage * 100) / 10_000);

/** 距目标 · how many more must enrol to reach a target; 0 where it is reached. */
export function missing({ should, enrolled }: Pick<Figures, "should" | "enrolled">, target: string): number {
  const needed = Math.ceil((should * Math.round(Number(target) * 10_000)) / 10_000);
  return Math.max(0, needed - enrolled);
}

/** 名次 · by rate of enrolment, the highest first; the same rate has the same place, and who has nobody to enrol has none. */
export function ranked<T extends { readonly figures: Figures }>(units: readonly T[]): (T & { place: number | null })[] {
  const ahead = (a: Figures, b: Figures) => b.enrolled * a.should - a.enrolled * b.should;
  const counting = units.filter((one) => one.figures.should > 0);
  return [
    ...counting
      .map((one) => ({
        ...one,
        place: 1 + counting.filter((other) => ahead(other.figures, one.figures) < 0).length,
      }))
      .sort((a, b) => a.place - b.place),
    ...units.filter((one) => one.figures.should === 0).map((one) => ({ ...one, place: null })),
  ];
}

interface DayFigures {
  readonly on: Day;
  readonly enrolled: number;
  readonly paid: number;
  readonly amount: string;
}

/** At most so many days without a single enrolment are filled in at the end of a curve. */
const quietDays = 31;

/** 每日进度 · every day from the first enrolment, those without any too, with the sum so far; up to today where that is near. */
export function daily(days: readonly DayFigures[], today: Day): (DayFigures & { total: number })[] {
  const [first, last] = [days[0]?.on, days.at(-1)?.on];
  if (!first || !last) return [];
  const until = last < today && daysBetween(last, today) <= quietDays ? today : last;
  const known = new Map(days.map((one) => [one.on, one]));
  const filled = [];
  let total = 0;
  for (let on = first; on <= until; on = addDays(on, 1)) {
    const one = known.get(on) ?? { on, enrolled: 0, paid: 0, amount: "0.00" };
    total += one.enrolled;
    filled.push({ ...one, total });
  }
  return filled;
}

/** The benefit year to show first: from September on it is next year's contribution that is collected. */
export const benefitYearOn = (today: Day): number => yearOf(today) + (monthOf(today) >= 9 ? 1 : 0);

/** "1234 5678": digits in fours are read out and copied without losing one's place, and no spreadsheet takes them for a quantity. */
export const inFours = (code: string): string => code.replace(/(.{4})(?=.)/g, "$1 ");
