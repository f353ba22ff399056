import { byClock } from "../background.ts";
import { removeAll } from "./objects.ts";
import { dueAttachments, forgetLater, lapse } from "./store.ts";

/** So many of each shard are cleared away in one run; what is left is due at the next. */
const mostAtOnce = 20;

/**
 * 定时清除 · deletes files that were never received, never used or not kept. The attachment says first that its time is over,
 * and until its file is gone it stays due: a run that stops halfway is finished by the next.
 */
export const handler = byClock("clear", async (): Promise<{ cleared: number }> => {
  let cleared = 0;
  for (const due of await dueAttachments(mostAtOnce)) {
    const over = await lapse(due);
    if (over === null) continue;
    await removeAll(over.attachmentNo);
    if (await forgetLater(over)) cleared += 1;
  }
  return { cleared };
});
