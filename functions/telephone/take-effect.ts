import { Refusal } from "../../shared/refusal.ts";
import { byClock } from "../background.ts";
import { today } from "../clock.ts";
import { shards } from "../key.ts";
import { tellTelephoneChanged } from "../sms.ts";
import { dueChanges, takeEffect } from "./waiting.ts";

/** So many of a shard in one run; the next run goes on. */
const most = 20;

/** 换号生效 · called by the clock: what waited its time takes effect, and both numbers are told. */
export const handler = byClock("take-effect", async (): Promise<{ changed: number }> => {
  let changed = 0;
  for (let shard = 0; shard < shards; shard++) {
    for (const due of await dueChanges(shard, most)) {
      try {
        const done = await takeEffect(due);
        if (!done) continue;
        changed++;
        const { before, telephone } = done;
        await Promise.all([before, telephone].map((one) => tellTelephoneChanged(one, telephone, today())));
      } catch (error) {
        // Stopped or overtaken since the list was read.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  return { changed };
});
