import { bytesToHex } from "@noble/hashes/utils.js";
import { addDays, type Day, day, daysBetween } from "../day.ts";
import type { Item } from "./cbor.ts";

/** How areas and days are written in codes and bundles: an area as its six digits, a day as days after 2020-01-01, 0 for none. */
const firstDay = day("2020-01-01");
const mostDays = 0xffff;

/** An area's six digits as the number they are. */
export function areaNo(area: string): number {
  if (!/^\d{6}$/.test(area)) throw new RangeError(`not an area: ${area}`);
  return Number(area);
}

/** A day's number. */
export function dayNo(on: Day): number {
  const no = daysBetween(firstDay, on);
  if (no < 1 || no > mostDays) throw new RangeError(`no day of a code: ${on}`);
  return no;
}

/** A day's number, or 0 where there is none. */
export const dayNoOrNone = (on: Day | null): number => (on === null ? 0 : dayNo(on));

export const isNumber = (item: Item | undefined, least: number, most: number): item is number =>
  typeof item === "number" && item >= least && item <= most;

export const isBytes = (item: Item | undefined, length: number): item is Uint8Array =>
  item instanceof Uint8Array && item.length === length;

/** An area from its number, or null. */
export const areaFrom = (item: Item | undefined): string | null =>
  isNumber(item, 0, 999_999) ? String(item).padStart(6, "0") : null;

/** A day from its number, or null. */
export const dayFrom = (item: Item | undefined): Day | null =>
  isNumber(item, 1, mostDays) ? addDays(firstDay, item) : null;

/** A day from its number, null for none, undefined where it is no number of a day. */
export const dayOrNoneFrom = (item: Item | undefined): Day | null | undefined =>
  item === 0 ? null : (dayFrom(item) ?? undefined);

/** Are two byte strings the same? */
export const same = (a: Uint8Array, b: Uint8Array): boolean => bytesToHex(a) === bytesToHex(b);
