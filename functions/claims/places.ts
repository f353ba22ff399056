import * as z from "zod";
import { beginning, key, partition } from "../key.ts";
import { everyPage, itemsAt } from "../read.ts";
import { having, isNew, type Step, toPut } from "../write.ts";
import { batchOf, changed, type Encounter, StoredLine } from "./encounters.ts";

/**
 * 流水号的位置 · what lies under a line's serial in its encounter: one line at most, whatever batch, generation or message
 * carried it. It keeps what stood there before the write that left it, for that write may never be taken.
 */
export const Place = z.object({
  serial: z.string(),
  /** The version of the encounter that the write makes: no two writes have the same. */
  write: z.int(),
  is: StoredLine.nullable(),
  was: StoredLine.nullable(),
});
type Place = z.output<typeof Place>;

/** Some places of an encounter, as they were read after it. */
type Places = ReadonlyMap<string, Place>;

/**
 * The line that stands at a place, or null: where the encounter did not take the write, or it is newer than the encounter was
 * read, what was there before; of a generation that was ended, nothing.
 */
export function lineAt(encounter: Encounter, place: Place | undefined): StoredLine | null {
  if (!place) return null;
  const isTaken = place.write <= encounter.version && !encounter.untaken.includes(place.write);
  const line = isTaken ? place.is : place.was;
  return line && line.generation === batchOf(encounter, line.batchNo).generation ? line : null;
}

/** The places of some serials; where nothing was ever written there is none. */
export async function placesUnder({ encounterNo }: Encounter, serials: readonly string[]): Promise<Places> {
  const items = await itemsAt([...new Set(serials)].map((serial) => key.line(encounterNo, serial)));
  return new Map(items.map((item) => Place.parse(item)).map((one) => [one.serial, one]));
}

/** The lines that stand in an encounter, page by page: ten thousand of them are read without holding the answer up. */
export async function* linesOf(encounter: Encounter, { consistent = false } = {}): AsyncGenerator<StoredLine> {
  const under = { partition: partition.encounter(encounter.encounterNo), beginning: beginning.line, consistent };
  for await (const page of everyPage(under)) {
    for (const item of page) {
      const line = lineAt(encounter, Place.parse(item));
      if (line) yield line;
    }
  }
}

/** What is written into places: with the encounter's change at once, or ahead of it and unseen until that is done. */
interface Writes {
  readonly ahead: readonly (readonly Step[])[];
  readonly steps: readonly Step[];
}

/** Places that are written in one transaction with the encounter and the message; a message holds a hundred lines and as many returns. */
const mostTogether = 96;
const mostAtOnce = 100;

/**
 * 写入明细 · the lines that will stand (null: none), and the change of the encounter that goes with them. More than a transaction
 * holds is written ahead under a number that the encounter says it has not taken; its change takes it, and all of it is seen at once.
 */
export function withLines(
  encounter: Encounter,
  places: Places,
  lines: ReadonlyMap<string, StoredLine | null>,
  change: Partial<Encounter>,
): Writes {
  const write = encounter.version + 1;
  const puts = [...lines].map(([serial, line]): Step => {
    const before = places.get(serial);
    const place: Place = { serial, write, is: line, was: lineAt(encounter, before) };
    const at = key.line(encounter.encounterNo, serial);
    return toPut({ ...at, ...place }, before ? having({ write: before.write }) : isNew);
  });
  if (puts.length <= mostTogether) return { ahead: [], steps: [changed(encounter, change), ...puts] };
  const reserved = { ...encounter, version: write, untaken: [...encounter.untaken, write] };
  const groups = Array.from({ length: Math.ceil(puts.length / mostAtOnce) }, (_, i) =>
    puts.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
  );
  return {
    ahead: [[changed(encounter, { untaken: reserved.untaken })], ...groups],
    steps: [changed(reserved, { ...change, untaken: encounter.untaken })],
  };
}
