import { beginning, key, partition } from "../key.ts";
import { firstUnder } from "../read.ts";
import { encounterOf, type StoredLine } from "./encounters.ts";
import { lineAt, Place } from "./places.ts";
import type { Claim } from "./store.ts";

/** Greater than every character that a serial may hold. */
const last = "\uffff";

/** 一页费用明细 · the wanted lines of a claim after one of them, at most so many, and whether there are more. */
export async function feeLinesOf(
  { encounterNo, personNo, provider, batchNo, generation }: Claim,
  after: string | undefined,
  wanted: (line: StoredLine) => boolean,
  most: number,
): Promise<{ lines: StoredLine[]; more: boolean }> {
  const encounter = await encounterOf(encounterNo, personNo, provider.code);
  const { items, more } = await firstUnder(
    {
      partition: partition.encounter(encounterNo),
      between: [beginning.line, `${beginning.line}${last}`],
      atOnce: 1_000,
      consistent: false,
      ...(after !== undefined && { after: key.line(encounterNo, after) }),
    },
    Place.transform((place) => lineAt(encounter, place)),
    most,
    (line) => line?.batchNo === batchNo && line.generation === generation && wanted(line),
  );
  return { lines: items.filter((line) => line !== null), more };
}
