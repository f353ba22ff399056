import * as z from "zod";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import { isNew, type Step, toPut } from "../write.ts";
import type { Effect } from "./transaction.ts";

/** 报文记录 · a message that changed something, with its answer: the same one again is answered and not repeated. */
export const MessageRecord = z.object({
  messageNo: z.string(),
  transaction: z.string(),
  /** What the message asked, to tell the same one from another under its number. */
  hash: z.string(),
  output: z.string(),
  effect: z.custom<Effect>(),
  /** The message that took it back; one that was taken back before it came is never done. */
  undoneBy: z.string().nullable(),
  expiresAt: z.int(),
});
export type MessageRecord = z.output<typeof MessageRecord>;

/** A year and a month: longer than anybody retries or reconciles. */
const keptSeconds = 395 * 24 * 3600;

/** A message that changed something, by its number, or null. */
export const recordOf = (messageNo: string): Promise<MessageRecord | null> =>
  itemAt(key.gatewayMessage(messageNo), MessageRecord);

/** The write that keeps a message and its answer, once. */
export const keepRecord = (
  record: Omit<MessageRecord, "expiresAt" | "undoneBy">,
  at: number,
  undoneBy: string | null = null,
): Step =>
  toPut(
    {
      ...key.gatewayMessage(record.messageNo),
      ...record,
      undoneBy,
      expiresAt: Math.floor(at / 1000) + keptSeconds,
    },
    isNew,
  );
