import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../shared/refusal.ts";
import { db } from "./db.ts";
import { pause } from "./pause.ts";

export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A write, and what its failed condition means to whoever asked; without one the facts are read and decided on again. */
export interface Step {
  readonly action: Action;
  readonly refusal?: () => Refusal;
}

export const isNew = "attribute_not_exists(pk)";
const mostAttempts = 12;

/**
 * 一笔写入 · decides from facts and writes all of it or nothing; where somebody else was faster it reads and decides
 * again. `decide` answers with null steps where nothing is left to write.
 */
export async function decideAndWrite<T>(decide: () => Promise<{ answer: T; steps: readonly Step[] }>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const { answer, steps } = await decide();
    if (steps.length === 0) return answer;
    try {
      await db.send(new TransactWriteCommand({ TransactItems: steps.map((one) => one.action) }));
      return answer;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      // Where anything failed that means "decide again", a refusal beside it may be this very message's other copy.
      const failed = steps.filter((_, place) => failedAt(error, place));
      const refusal = failed.every((one) => one.refusal) ? failed[0]?.refusal : undefined;
      if (refusal) throw refusal();
      if (attempt === mostAttempts) throw new Refusal("try-again", { cause: error });
      await pause(attempt);
    }
  }
}

/** Did the part of a transaction at this place fail its condition? */
export const failedAt = (error: unknown, place: number): boolean =>
  error instanceof TransactionCanceledException &&
  error.CancellationReasons?.[place]?.Code === "ConditionalCheckFailed";
