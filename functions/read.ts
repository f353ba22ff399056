import { BatchGetCommand, GetCommand, paginateQuery } from "@aws-sdk/lib-dynamodb";
import type * as z from "zod";
import { Refusal, type RefusalCode } from "../shared/refusal.ts";
import { config } from "./config.ts";
import { db, index } from "./db.ts";
import { pause } from "./pause.ts";

export type Key = { readonly pk: string; readonly sk: string };
type Item = Record<string, unknown>;

/** Consistent, as money needs it, unless whoever asks can do with what stood a moment ago, at half the price. */
interface How {
  readonly consistent?: boolean;
}

/** The item at a key, or null. */
export async function itemAt<S extends z.ZodType>(
  at: Key,
  Schema: S,
  { consistent = true }: How = {},
): Promise<z.output<S> | null> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: at, ConsistentRead: consistent }),
  );
  return Item ? Schema.parse(Item) : null;
}

/** The item at a key, or a refusal. */
export async function mustBeAt<S extends z.ZodType>(
  at: Key,
  Schema: S,
  refusal: RefusalCode = "not-found",
  how: How = {},
): Promise<z.output<S>> {
  const found = await itemAt(at, Schema, how);
  if (found === null) throw new Refusal(refusal);
  return found;
}

/** Does something lie at a key? */
export async function isAt(at: Key): Promise<boolean> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: at, ConsistentRead: true, ProjectionExpression: "pk" }),
  );
  return Item !== undefined;
}

const keysAtOnce = 100;
const mostTries = 8;

/** The items at any number of keys, in any order; keys that the table was too busy for are asked again. */
export async function itemsAt(keys: readonly Key[], { consistent: ConsistentRead = true }: How = {}): Promise<Item[]> {
  const TableName = config.mainTable();
  const found: Item[] = [];
  for (let from = 0; from < keys.length; from += keysAtOnce) {
    let left: Item[] = keys.slice(from, from + keysAtOnce);
    for (let attempt = 0; left.length > 0; attempt++) {
      if (attempt === mostTries) throw new Refusal("try-again");
      if (attempt > 0) await pause(attempt);
      const { Responses, UnprocessedKeys } = await db.send(
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: left, ConsistentRead } } }),
      );
      found.push(...(Responses?.[TableName] ?? []));
      left = UnprocessedKeys?.[TableName]?.Keys ?? [];
    }
  }
  return found;
}

/** What of a partition is read: all of it, or the sort keys that begin so, lie between two, or go up to one (all included). */
export interface Query extends How {
  readonly partition: string;
  readonly beginning?: string;
  readonly between?: readonly [string, string];
  readonly until?: string;
  /** The partition is one of the worklist index, which is never consistent. */
  readonly of?: "index";
  readonly table?: string;
  readonly newestFirst?: boolean;
  /** The key of an item that is passed over, with all before it. */
  readonly after?: Item;
  /** So many are asked for in one page; without it as many as a page holds, a megabyte. */
  readonly atOnce?: number;
}

/** Every page of a query, one after the other. */
export async function* everyPage(query: Query): AsyncGenerator<Item[]> {
  const { table = config.mainTable(), of, consistent = of === undefined, newestFirst = false, after, atOnce } = query;
  const pages = paginateQuery(
    { client: db, startingToken: after, pageSize: atOnce },
    {
      TableName: table,
      ...(of && { IndexName: index }),
      ...keyCondition(query, of ? "gsi1" : ""),
      ConsistentRead: consistent,
      ScanIndexForward: !newestFirst,
    },
  );
  for await (const { Items = [] } of pages) yield Items;
}

function keyCondition({ partition, beginning, between, until }: Query, prefix: "" | "gsi1") {
  const [pk, sk] = [`${prefix}pk`, `${prefix}sk`];
  const [more, values] = beginning
    ? [` AND begins_with(${sk}, :beginning)`, { ":beginning": beginning }]
    : between
      ? [` AND ${sk} BETWEEN :from AND :until`, { ":from": between[0], ":until": between[1] }]
      : until === undefined
        ? ["", {}]
        : [` AND ${sk} <= :until`, { ":until": until }];
  return {
    KeyConditionExpression: `${pk} = :pk${more}`,
    ExpressionAttributeValues: { ":pk": partition, ...values },
  };
}

/** Everything in a partition, page after page. */
export async function itemsIn<S extends z.ZodType>(
  partition: string,
  Schema: S,
  how: Omit<Query, "partition"> = {},
): Promise<z.output<S>[]> {
  const found: z.output<S>[] = [];
  for await (const page of everyPage({ partition, ...how })) found.push(...page.map((item) => Schema.parse(item)));
  return found;
}

/** Everything of one kind in a partition that holds others, page after page. */
export const itemsUnder = <S extends z.ZodType>(
  partition: string,
  beginning: string,
  Schema: S,
  how: Omit<Query, "partition" | "beginning"> = {},
): Promise<z.output<S>[]> => itemsIn(partition, Schema, { beginning, ...how });

/** The first of a query that are wanted, at most so many, and whether there are more: as many pages as that takes. */
export async function firstUnder<S extends z.ZodType>(
  query: Query,
  Schema: S,
  most: number,
  wanted?: (item: z.output<S>) => boolean,
): Promise<{ items: z.output<S>[]; more: boolean }> {
  const found: z.output<S>[] = [];
  for await (const page of everyPage({ ...(!wanted && { atOnce: most + 1 }), ...query })) {
    const items = page.map((item) => Schema.parse(item));
    found.push(...(wanted ? items.filter(wanted) : items));
    if (found.length > most) break;
  }
  return { items: found.slice(0, most), more: found.length > most };
}
