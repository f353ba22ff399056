import { Refusal } from "../../shared/refusal.ts";
import { byClock } from "../background.ts";
import { today } from "../clock.ts";
import { partition, shards } from "../key.ts";
import { firstUnder } from "../read.ts";
import { expire } from "./moves.ts";
import { Filing } from "./store.ts";

/** So many of a shard in one run; the next run goes on. */
const most = 50;

/** 备案到期 · called by the clock: writes that what ran out is over. Whether it counts for care never waits for this. */
export const handler = byClock("expire-filings", async (): Promise<{ expired: number }> => {
  let expired = 0;
  for (let shard = 0; shard < shards; shard++) {
    // A filing's last day is the beginning of its key: what is not after today ended before it.
    const due = { of: "index", partition: partition.endingFilings(shard), until: today() } as const;
    for (const { personNo, filingNo } of (await firstUnder(due, Filing, most)).items) {
      try {
        await expire(personNo, filingNo);
        expired++;
      } catch (error) {
        // Ended, changed or supplied since the list was read.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  return { expired };
});
