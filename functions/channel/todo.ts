import * as z from "zod";
import { now } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { key, partition, shards } from "../key.ts";
import { firstUnder } from "../read.ts";
import { type Action, having, toPut, toRemove, toUpdate, write } from "../write.ts";

const Todo = z.object({
  kind: z.enum(["order", "suspense", "refund"]),
  id: z.string(),
  /** Wall-clock milliseconds. */
  due: z.int(),
  tries: z.int(),
});

/** 待办 · something to be asked of, or told to, the payment channel when it is due. */
export type Todo = z.output<typeof Todo>;

const minute = 60_000;

/** Whoever took an item has so long; after that another sweep takes it. */
const leased = 2 * minute;

const itemOf = (todo: Todo) => ({ ...key.todo(todo.kind, todo.id), ...indexKey.todo(todo.id, todo.due), ...todo });

/** The write that asks for something to be done; the same again only moves its time. */
export const toDo = (kind: Todo["kind"], id: string, due: number): Action => toPut(itemOf({ kind, id, due, tries: 0 }));

/** The write that says that nothing is left to be done. */
export const nothingToDo = (kind: Todo["kind"], id: string): Action => toRemove(key.todo(kind, id));

/** What is due now, at most so many of it, the longest due first. */
export async function dueNow(most: number): Promise<Todo[]> {
  const until = indexKey.todo("", now()).gsi1sk;
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      firstUnder({ of: "index", partition: partition.todos(shard), until }, Todo, most),
    ),
  );
  const due = found.flatMap(({ items }) => items);
  return due.sort((a, b) => a.due - b.due).slice(0, most);
}

/** Takes an item for a while; null where somebody else has it, or it is done. */
export const take = (todo: Todo): Promise<Todo | null> => moved(todo, now() + leased, todo.tries + 1);

/** Puts an item that was taken back, to be tried again: after 1, 2, 4 … minutes, at most after an hour; `by` is earlier. */
export async function tryAgain(todo: Todo, by = Number.POSITIVE_INFINITY): Promise<void> {
  const wait = Math.min(60, 2 ** Math.min(6, todo.tries - 1)) * minute;
  await moved(todo, Math.max(now() + 1_000, Math.min(now() + wait, by)), todo.tries);
}

async function moved(todo: Todo, due: number, tries: number): Promise<Todo | null> {
  const { gsi1sk } = indexKey.todo(todo.id, due);
  const asRead = having({ due: todo.due, tries: todo.tries });
  const done = await write(toUpdate(key.todo(todo.kind, todo.id), { set: { due, tries, gsi1sk } }, asRead));
  return done ? { ...todo, due, tries } : null;
}

/** Takes an item away for good, unless it was asked for anew meanwhile. */
export async function finish({ kind, id, due }: Todo): Promise<void> {
  await write(toRemove(key.todo(kind, id), having({ due })));
}
