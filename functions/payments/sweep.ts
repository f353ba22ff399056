import { byClock } from "../background.ts";
import { dueNow, finish, type Todo, take, tryAgain } from "../channel/todo.ts";
import { now } from "../clock.ts";
import { isOpen, orderOf } from "../contributions/store.ts";
import { closeOrder, confirmOrder, settleRest } from "../contributions/trades.ts";
import { logger } from "../log.ts";
import { payBack } from "./payback.ts";

/** So much is done in one run, so that it ends in time; what is left is due at the next. */
const mostAtOnce = 50;
/** Nothing new is begun after so long: a channel that does not answer takes five seconds a call. */
const longest = 30_000;
/** The channel keeps an order payable up to a minute longer than we asked. */
const afterExpiry = 60_000;

/**
 * 定时清扫 · asks the channel about payments that nobody told us of, closes what expired, pays back what lies in suspense.
 * Each item is taken for a while and every step may be repeated, so two sweeps at once do nothing twice.
 */
export const handler = byClock("sweep", async (): Promise<{ done: number; again: number }> => {
  const counts = { done: 0, again: 0 };
  const until = now() + longest;
  for (const todo of await dueNow(mostAtOnce)) {
    if (now() > until) break;
    const taken = await take(todo);
    if (taken) counts[await attempted(taken)] += 1;
  }
  return counts;
});

async function attempted(todo: Todo): Promise<"done" | "again"> {
  try {
    const next = await steps[todo.kind](todo.id);
    if (next === null) {
      await finish(todo);
      return "done";
    }
    await tryAgain(todo, next);
  } catch (error) {
    logger.warn("sweep", { kind: todo.kind, id: todo.id, tries: todo.tries, error: error as Error });
    await tryAgain(todo);
  }
  return "again";
}

/** Each kind's next step: null where it is done, else the time by which it must be tried again. */
const steps: Record<Todo["kind"], (id: string) => Promise<number | null>> = {
  order: async (orderNo) => {
    const order = await orderOf(orderNo);
    if (!isOpen(order)) {
      await settleRest(order);
      return null;
    }
    const expiry = order.expiresBy + afterExpiry;
    const standing = now() >= expiry ? await closeOrder(order) : await confirmOrder(order, false);
    if (isOpen(standing)) return expiry;
    await settleRest(standing);
    return null;
  },
  suspense: async (suspenseNo) => ((await payBack("suspense", suspenseNo)) ? null : Number.POSITIVE_INFINITY),
  refund: async (refundNo) => ((await payBack("refund", refundNo)) ? null : Number.POSITIVE_INFINITY),
};
