import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, type TransactWriteCommandInput, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { indexKey } from "../index-key.ts";
import { key, partition, shards } from "../key.ts";
import { firstOf } from "../read.ts";

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

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
export const toDo = (kind: Todo["kind"], id: string, due: number): Action => ({
  Put: { TableName: config.mainTable(), Item: itemOf({ kind, id, due, tries: 0 }) },
});

/** The write that says that nothing is left to be done. */
export const nothingToDo = (kind: Todo["kind"], id: string): Action => ({
  Delete: { TableName: config.mainTable(), Key: key.todo(kind, id) },
});

/** What is due now, at most so many of it, the longest due first. */
export async function dueNow(most: number): Promise<Todo[]> {
  const until = indexKey.todo("", now()).gsi1sk;
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      firstOf({ of: "index", partition: partition.todos(shard), until }, Todo, most),
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
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.todo(todo.kind, todo.id),
        UpdateExpression: "SET due = :due, tries = :tries, gsi1sk = :sk",
        ConditionExpression: "due = :seen AND tries = :tried",
        ExpressionAttributeValues: {
          ":due": due,
          ":tries": tries,
          ":sk": indexKey.todo(todo.id, due).gsi1sk,
          ":seen": todo.due,
          ":tried": todo.tries,
        },
      }),
    );
    return { ...todo, due, tries };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return null;
    throw error;
  }
}

/** Takes an item away for good, unless it was asked for anew meanwhile. */
export async function finish(todo: Todo): Promise<void> {
  try {
    await db.send(
      new DeleteCommand({
        TableName: config.mainTable(),
        Key: key.todo(todo.kind, todo.id),
        ConditionExpression: "attribute_not_exists(pk) OR due = :seen",
        ExpressionAttributeValues: { ":seen": todo.due },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
