import { BatchGetCommand, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { type Difference, differenceKindNames, type PaymentKept } from "../../shared/contribution/reconciliation.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { config } from "../config.ts";
import { db, index } from "../db.ts";
import { key, partition, shards } from "../key.ts";
import { Fen } from "../stored.ts";

/** 对账结果 · what one day's bill said, and how much of it had to be put right or looked at. */
export const Reconciliation = z.object({
  day: CalendarDay,
  /** The pooling area that runs the merchant account: its finance officers look at it. */
  area: z.string(),
  lines: z.int(),
  paid: Fen,
  refunded: Fen,
  /** Payments of the bill that we had not heard of: they are booked now. */
  foundMissing: z.int(),
  differences: z.int(),
  at: z.int(),
});
export type Reconciliation = z.output<typeof Reconciliation>;

const Kept = z.object({
  day: CalendarDay,
  kind: z.enum(differenceKindNames),
  number: z.string(),
  tradeNo: z.string(),
  ours: Fen.nullable(),
  theirs: Fen.nullable(),
});

export async function isReconciled(day: Day): Promise<boolean> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.reconciliation(day), ConsistentRead: true }),
  );
  return Item !== undefined;
}

const Payment = z.object({ transactionNo: z.string(), tradeNo: z.string(), amount: Fen });

/** The payments that the channel carried on a day, as we booked them. */
export async function paymentsOf(day: Day): Promise<PaymentKept[]> {
  const sharded = await Promise.all(Array.from({ length: shards }, (_, shard) => paymentsIn(day, shard)));
  return sharded.flat();
}

async function paymentsIn(day: Day, shard: number): Promise<PaymentKept[]> {
  const found: PaymentKept[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        IndexName: index,
        KeyConditionExpression: "gsi1pk = :pk",
        ExpressionAttributeValues: { ":pk": partition.payments(day, shard) },
        ExclusiveStartKey: start,
      }),
    );
    found.push(...Items.map((item) => Payment.parse(item)));
    start = LastEvaluatedKey;
  } while (start);
  return found;
}

/** Keeps the differences first and the day last: a run that broke off is run again and writes the same. */
export async function keepReconciliation(done: Reconciliation, differences: readonly Difference[]): Promise<void> {
  const TableName = config.mainTable();
  for (const one of differences) {
    await db.send(
      new PutCommand({ TableName, Item: { ...key.difference(one.day, `${one.kind}#${one.number}`), ...one } }),
    );
  }
  await db.send(new PutCommand({ TableName, Item: { ...key.reconciliation(done.day), ...done } }));
}

/** The days of a list that were reconciled for an area, and every difference of them. */
export async function reconciledOn(days: readonly Day[], area: string) {
  const TableName = config.mainTable();
  const Keys = days.map((day) => key.reconciliation(day));
  const { Responses } = await db.send(new BatchGetCommand({ RequestItems: { [TableName]: { Keys } } }));
  const done = (Responses?.[TableName] ?? [])
    .map((item) => Reconciliation.parse(item))
    .filter((one) => one.area === area);
  const differences = await Promise.all(done.filter((one) => one.differences > 0).map(({ day }) => differencesOf(day)));
  return { days: done.sort((a, b) => (a.day < b.day ? 1 : -1)), differences: differences.flat() };
}

async function differencesOf(day: Day): Promise<Difference[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": key.difference(day, "").pk },
    }),
  );
  return Items.map((item) => Kept.parse(item));
}
