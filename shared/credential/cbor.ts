/**
 * CBOR (RFC 8949), the part that codes need: unsigned integers up to 32 bits, byte strings, arrays. Written in its deterministic form and
 * read in no other, so that no two byte strings say the same. `cbor-x` reads many forms of one value, and evaluates text where it may.
 */
export type Item = number | Uint8Array | readonly Item[];

const kinds = { number: 0, bytes: 2, array: 4 } as const;
const deepest = 4;

function head(kind: number, count: number): number[] {
  if (!Number.isInteger(count) || count < 0 || count > 0xffffffff)
    throw new RangeError(`not an unsigned 32-bit integer: ${count}`);
  const first = kind << 5;
  if (count < 24) return [first | count];
  if (count < 0x100) return [first | 24, count];
  if (count < 0x10000) return [first | 25, count >> 8, count & 0xff];
  return [first | 26, count >>> 24, (count >> 16) & 0xff, (count >> 8) & 0xff, count & 0xff];
}

/** An item as bytes. */
export function writeCbor(item: Item): Uint8Array {
  if (typeof item === "number") return Uint8Array.from(head(kinds.number, item));
  if (item instanceof Uint8Array) return joined([Uint8Array.from(head(kinds.bytes, item.length)), item]);
  return joined([Uint8Array.from(head(kinds.array, item.length)), ...item.map(writeCbor)]);
}

/** Byte strings one after the other. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** The item that bytes hold, or null where they hold anything else, more, less, or the same in a longer form. */
export function readCbor(bytes: Uint8Array): Item | null {
  const reader = { bytes, at: 0 };
  const item = readItem(reader, deepest);
  return reader.at === bytes.length ? item : null;
}

interface Reader {
  readonly bytes: Uint8Array;
  at: number;
}

function readItem(reader: Reader, depth: number): Item | null {
  const first = reader.bytes[reader.at++];
  if (first === undefined) return null;
  const count = readCount(reader, first & 31);
  if (count === null) return null;
  switch (first >> 5) {
    case kinds.number:
      return count;
    case kinds.bytes:
      return readBytes(reader, count);
    case kinds.array:
      return depth === 0 ? null : readArray(reader, count, depth - 1);
    default:
      return null;
  }
}

/** The number after a head: in the shortest form, or null. */
function readCount(reader: Reader, short: number): number | null {
  if (short < 24) return short;
  if (short > 26) return null;
  const length = 1 << (short - 24);
  const written = readBytes(reader, length);
  if (written === null) return null;
  const count = written.reduce((sum, byte) => sum * 256 + byte, 0);
  const least = length === 1 ? 24 : 256 ** (length / 2);
  return count < least ? null : count;
}

function readBytes(reader: Reader, length: number): Uint8Array | null {
  const end = reader.at + length;
  if (end > reader.bytes.length) return null;
  const read = reader.bytes.slice(reader.at, end);
  reader.at = end;
  return read;
}

function readArray(reader: Reader, length: number, depth: number): Item[] | null {
  const items: Item[] = [];
  while (items.length < length) {
    const item = readItem(reader, depth);
    if (item === null) return null;
    items.push(item);
  }
  return items;
}
