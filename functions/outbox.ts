import { randomBytes } from "node:crypto";
import * as z from "zod";
import { type Addition, fold, type Happening } from "../shared/outbox.ts";
import { now } from "./clock.ts";
import { key } from "./key.ts";
import { isAt } from "./read.ts";
import { type Action, decideAndWrite, isNew, toPut, toRemove, toUpdate, write } from "./write.ts";

/** 发件箱 · what one business transaction leaves to be done a moment later; written with it or not at all. */
export const Outbox = z.object({
  id: z.string(),
  happenings: z.array(z.custom<Happening>()),
  expiresAt: z.int(),
});
export type Outbox = z.output<typeof Outbox>;

/** The stream is filtered to items that carry this mark. */
const outboxMark = { outbox: "1" } as const;

const month = 30 * 24 * 3600;
/** A mark outlives every redelivery: a stream holds a day, the item a month. */
const markLife = 2 * month;

/** The action that puts happenings into the outbox; one in every business transaction. The id, ordered by time, is its own. */
export function toOutbox(happenings: readonly Happening[]): Action {
  const at = now();
  const id = `${at.toString(36).padStart(9, "0")}${randomBytes(8).toString("hex")}`;
  const item: Outbox = { id, happenings: [...happenings], expiresAt: Math.floor(at / 1000) + month };
  return toPut({ ...key.outbox(id), ...outboxMark, ...item }, isNew);
}

const mostActions = 90;

/**
 * 归集 · adds what outbox items say to the figures and balances, each item once however often it is delivered.
 * Marks and additions of a batch are one transaction; an item already marked leaves the batch and the rest goes again.
 */
export async function foldOnce(items: readonly Outbox[]): Promise<void> {
  const unique = [...new Map(items.map((item) => [item.id, item])).values()];
  if (unique.length > 1 && unique.length + additionsOf(unique).length > mostActions) {
    const half = Math.ceil(unique.length / 2);
    await foldOnce(unique.slice(0, half));
    await foldOnce(unique.slice(half));
    return;
  }
  await decideAndWrite(async (attempt) => {
    const waiting = attempt === 1 ? unique : await unfolded(unique);
    return { answer: undefined, steps: [...waiting.map(mark), ...additionsOf(waiting).map(addition)] };
  });
}

const additionsOf = (items: readonly Outbox[]) => fold(items.flatMap((item) => item.happenings));

async function unfolded(items: readonly Outbox[]): Promise<Outbox[]> {
  const waiting: Outbox[] = [];
  for (const item of items) if (!(await isAt(key.folded(item.id)))) waiting.push(item);
  return waiting;
}

/** Takes a done item out of the outbox; what is left in it is what is not yet done. */
export async function discard(item: Outbox): Promise<void> {
  await write(toRemove(key.outbox(item.id)));
}

const mark = (item: Outbox): Action => toPut({ ...key.folded(item.id), expiresAt: item.expiresAt + markLife }, isNew);

/** Where an addition is made, and what it adds there. */
export function placed(one: Addition): {
  place: { pk: string; sk: string };
  figures: Record<string, number>;
} {
  switch (one.to) {
    case "balance":
      return {
        place: key.balance(one.poolingArea, one.account, one.on),
        figures: { debit: one.debit, credit: one.credit },
      };
    case "filed":
      return { place: key.filedTo(one.unit, one.destination), figures: { ...one.figures } };
    case "progress":
      return { place: key.progress(one.benefitYear, one.unit), figures: { ...one.figures } };
    case "day":
      return { place: key.progressDay(one.benefitYear, one.unit, one.on), figures: { ...one.figures } };
  }
}

function addition(one: Addition): Action {
  const { place, figures } = placed(one);
  return toUpdate(place, { add: figures });
}
