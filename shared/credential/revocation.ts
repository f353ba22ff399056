import { sha256 } from "@noble/hashes/sha2.js";
import { joined } from "./cbor.ts";

/**
 * 停用名单 · a Bloom filter of ids that were revoked: pseudonyms, phones' key ids, papers' numbers. It never misses one. Now and then it
 * names one that was not revoked: the desk then asks online. Each day's salt makes that somebody else.
 */
export interface Filter {
  readonly salt: Uint8Array;
  /** So many bits are looked at for an id. */
  readonly looks: number;
  readonly bits: Uint8Array;
}

export const saltLength = 16;
/** A filter is never larger, so that a bundle stays within 100,000 bytes. */
export const mostFilterBytes = 98_000;
/** Bits for an id while there is room: one false alarm in some 700,000. */
const bitsPerId = 28;
const mostLooks = 30;

/** The share of ids never revoked that a filter of so many bits names all the same: (1 − e^(−looks·ids/bits))^looks. */
export const falseAlarmShare = (ids: number, bits: number, looks: number): number =>
  (1 - Math.exp((-looks * ids) / bits)) ** looks;

/** How many bytes and looks a filter of so many ids has. */
export function filterSize(ids: number): { bytes: number; looks: number } {
  const bytes = Math.min(mostFilterBytes, Math.max(1, Math.ceil((ids * bitsPerId) / 8)));
  const best = Math.floor(((bytes * 8) / Math.max(1, ids)) * Math.LN2 + 1 / 2);
  return { bytes, looks: Math.min(mostLooks, Math.max(1, best)) };
}

/** The filter of ids, keyed by a day's random salt. */
export function makeFilter(ids: readonly Uint8Array[], salt: Uint8Array): Filter {
  const { bytes, looks } = filterSize(ids.length);
  const filter = { salt, looks, bits: new Uint8Array(bytes) };
  for (const id of ids) for (const place of placesOf(filter, id)) filter.bits[place >> 3]! |= 1 << (place & 7);
  return filter;
}

/** Is an id revoked, or one of the few that look like it? */
export function holds(filter: Filter, id: Uint8Array): boolean {
  return placesOf(filter, id).every((place) => (filter.bits[place >> 3]! >> (place & 7)) & 1);
}

/** The bits of an id, by enhanced double hashing: two numbers of one hash, the step growing with every look. */
function placesOf({ salt, looks, bits }: Filter, id: Uint8Array): number[] {
  const hash = new DataView(sha256(joined([salt, id])).buffer);
  const size = bits.length * 8;
  let place = hash.getUint32(0) % size;
  let step = hash.getUint32(4) % size;
  return Array.from({ length: looks }, (_, look) => {
    const now = place;
    place = (place + step) % size;
    step = (step + look) % size;
    return now;
  });
}
