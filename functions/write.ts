import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../shared/refusal.ts";
import { config } from "./config.ts";
import { db } from "./db.ts";
import { pause } from "./pause.ts";
import type { Key } from "./read.ts";

/** One write of a transaction. */
export type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** A write, and what its failed condition means to whoever asked; without one the facts are read and decided on again. */
export type Step = Action & { readonly refusal?: () => Refusal };

type Item = Record<string, unknown>;

/** What must hold of an item for a write to be done: an expression with `?` for each of its values. */
interface Condition {
  readonly text: string;
  readonly values?: readonly unknown[];
}

/** Nothing lies there yet. */
export const isNew: Condition = { text: "attribute_not_exists(pk)" };

/** Something lies there. */
export const exists: Condition = { text: "attribute_exists(pk)" };

/** The item has an attribute, whatever it is. */
export const has = (name: string): Condition => ({ text: `attribute_exists(#${name})` });

/** The item is as it was read: these attributes are as they were; one that is undefined was not there. */
export const having = (attributes: Item): Condition =>
  both(
    ...Object.entries(attributes).map(([name, value]) =>
      value === undefined ? { text: `attribute_not_exists(#${name})` } : compared(name, "=", value),
    ),
  );

/** Nobody wrote the item since it was read in this version; version 0 is that of nothing. */
export const unchanged = (version: number): Condition => (version === 0 ? isNew : having({ version }));

/** The item is in one of these states. */
export const inState = (...states: readonly string[]): Condition =>
  either(...states.map((state) => compared("state", "=", state)));

/** An attribute stands so to a value; one that is not there does not. */
export const compared = (name: string, sign: "=" | "<" | "<=" | ">", value: unknown): Condition => ({
  text: `#${name} ${sign} ?`,
  values: [value],
});

export const both = (...conditions: readonly Condition[]): Condition => joined(conditions, " AND ");
export const either = (...conditions: readonly Condition[]): Condition => joined(conditions, " OR ");

const joined = (conditions: readonly Condition[], word: string): Condition => ({
  text: conditions.length === 1 ? conditions[0]!.text : `(${conditions.map(({ text }) => text).join(word)})`,
  values: conditions.flatMap(({ values = [] }) => values),
});

/** The members of a request that say a condition, beside what its update says. */
function asked(condition?: Condition, UpdateExpression = "", changed: Item = {}) {
  let next = 0;
  const ConditionExpression = condition?.text.replaceAll("?", () => `:was${next++}`);
  const names = [...`${UpdateExpression} ${ConditionExpression ?? ""}`.matchAll(/#(\w+)/g)].map(([, name]) => name!);
  const values = { ...changed, ...Object.fromEntries((condition?.values ?? []).map((one, i) => [`:was${i}`, one])) };
  return {
    ...(UpdateExpression && { UpdateExpression }),
    ...(ConditionExpression && { ConditionExpression }),
    ...(names.length > 0 && { ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])) }),
    ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
  };
}

/** The write that puts an item in its place, whole. */
export const toPut = (item: object, condition?: Condition, TableName = config.mainTable()): Action => ({
  Put: { TableName, Item: { ...item }, ...asked(condition) },
});

/** The write that takes an item away. */
export const toRemove = ({ pk, sk }: Key, condition?: Condition): Action => ({
  Delete: { TableName: config.mainTable(), Key: { pk, sk }, ...asked(condition) },
});

/** The part of a transaction that writes nothing and holds it to something. */
export const toCheck = ({ pk, sk }: Key, condition: Condition): Action => ({
  ConditionCheck: {
    TableName: config.mainTable(),
    Key: { pk, sk },
    ConditionExpression: "",
    ...asked(condition),
  },
});

/** What an update makes of an item; a name may lead into one of its records ("targets.2026"). */
export interface Change {
  readonly set?: Item;
  /** Set only where there is nothing yet. */
  readonly once?: Item;
  /** Added to a number, or to a set; where there is none, to nothing. */
  readonly add?: Readonly<Record<string, number | Set<unknown>>>;
  readonly remove?: readonly string[];
}

/** The write that changes some attributes of an item and leaves the others alone. */
export function toUpdate(
  { pk, sk }: Key,
  { set = {}, once = {}, add = {}, remove = [] }: Change,
  condition?: Condition,
): Action {
  const path = (name: string) =>
    name
      .split(".")
      .map((part) => `#${part}`)
      .join(".");
  const place = (name: string) => `:${name.replaceAll(".", "")}`;
  const listed = (word: string, parts: readonly string[]) => (parts.length > 0 ? [`${word} ${parts.join(", ")}`] : []);
  const clauses = [
    ...listed("SET", [
      ...Object.keys(set).map((name) => `${path(name)} = ${place(name)}`),
      ...Object.keys(once).map((name) => `${path(name)} = if_not_exists(${path(name)}, ${place(name)})`),
    ]),
    ...listed("REMOVE", remove.map(path)),
    ...listed(
      "ADD",
      Object.keys(add).map((name) => `${path(name)} ${place(name)}`),
    ),
  ];
  const values = Object.entries({ ...set, ...once, ...add }).map(([name, value]) => [place(name), value]);
  return {
    Update: {
      TableName: config.mainTable(),
      Key: { pk, sk },
      UpdateExpression: "",
      ...asked(condition, clauses.join(" "), Object.fromEntries(values)),
    },
  };
}

/** Writes one item by itself; false where its condition does not hold. */
export async function write({ Put, Delete, Update }: Action): Promise<boolean> {
  try {
    if (Put) await db.send(new PutCommand(Put));
    if (Delete) await db.send(new DeleteCommand(Delete));
    if (Update) await db.send(new UpdateCommand(Update));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

const mostAttempts = 12;

/** What a decision comes to: the answer, and the writes that make it so; without any, nothing is left to write. */
interface Decided<T> {
  readonly answer: T;
  /** Transactions of their own, done one after the other before the steps: what they write counts for nothing until those are done. */
  readonly ahead?: readonly (readonly Step[])[];
  readonly steps: readonly Step[];
}

/**
 * 一笔写入 · decides from facts and writes all of it or nothing; where somebody else was faster it reads and decides
 * again. `decide` is told which attempt it is, and answers null where what it read does not fit together: another write
 * came between its readings.
 */
export async function decideAndWrite<T>(
  decide: (attempt: number) => Promise<Decided<T> | null>,
  most = mostAttempts,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const decided = await decide(attempt);
    const failed = decided ? await firstFailing([...(decided.ahead ?? []), decided.steps]) : [];
    if (decided && failed === null) return decided.answer;
    // Where anything failed that means "decide again", a refusal beside it may be this very message's other copy.
    const isFinal = attempt === most || failed?.every((one) => one.refusal);
    const refusal = isFinal && failed?.find((one) => one.refusal)?.refusal;
    if (refusal) throw refusal();
    if (attempt === most) throw new Refusal("try-again");
    await pause(attempt);
  }
}

/** Writes transactions one after the other until one of them fails. */
async function firstFailing(transactions: readonly (readonly Step[])[]): Promise<readonly Step[] | null> {
  for (const steps of transactions) {
    const failed = await failing(steps);
    if (failed) return failed;
  }
  return null;
}

/** Writes steps together: null, or those whose condition failed; none where it was another transaction that was faster. */
async function failing(steps: readonly Step[]): Promise<readonly Step[] | null> {
  if (steps.length === 0) return null;
  try {
    await db.send(new TransactWriteCommand({ TransactItems: steps.map(({ refusal: _, ...action }) => action) }));
    return null;
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    return steps.filter((_, i) => error.CancellationReasons?.[i]?.Code === "ConditionalCheckFailed");
  }
}

/** Writes what was decided from facts that are not read again: all of it or nothing, where somebody was faster a refusal. */
export const writeTogether = (steps: readonly Step[]): Promise<void> =>
  decideAndWrite(async () => ({ answer: undefined, steps }), 1);
