import { beginning, key, partition } from "../key.ts";
import { firstUnder } from "../read.ts";
import { StoredLine } from "./encounters.ts";
import type { Claim } from "./store.ts";

/** Greater than every character that a serial may hold. */
const last = "\uffff";

/** 一页费用明细 · the wanted lines of a claim after one of them, at most so many, and whether there are more. */
export async function feeLinesOf(
  { encounterNo, batchNo, generation }: Claim,
  after: string | undefined,
  wanted: (line: StoredLine) => boolean,
  most: number,
): Promise<{ lines: StoredLine[]; more: boolean }> {
  const begin = beginning.lines(batchNo, generation);
  const { items, more } = await firstUnder(
    {
      partition: partition.encounter(encounterNo),
      between: [begin, `${begin}${last}`],
      atOnce: 1_000,
      consistent: false,
      ...(after !== undefined && { after: key.line(encounterNo, batchNo, generation, after) }),
    },
    StoredLine,
    most,
    wanted,
  );
  return { lines: items, more };
}
