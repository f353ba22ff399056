import * as z from "zod";
import { type Difference, differenceKindNames, type PaymentKept } from "../../shared/contribution/reconciliation.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { key, partition, shards } from "../key.ts";
import { isAt, itemsAt, itemsIn } from "../read.ts";
import { Fen } from "../stored.ts";
import { toPut, write } from "../write.ts";

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

export const isReconciled = (day: Day): Promise<boolean> => isAt(key.reconciliation(day));

const Payment = z.object({ transactionNo: z.string(), tradeNo: z.string(), amount: Fen });

/** The payments that the channel carried on a day, as we booked them. */
export async function paymentsOf(day: Day): Promise<PaymentKept[]> {
  const sharded = await Promise.all(
    Array.from({ length: shards }, (_, shard) => itemsIn(partition.payments(day, shard), Payment, { of: "index" })),
  );
  return sharded.flat();
}

/** Keeps the differences first and the day last: a run that broke off is run again and writes the same. */
export async function keepReconciliation(done: Reconciliation, differences: readonly Difference[]): Promise<void> {
  for (const one of differences) {
    await write(toPut({ ...key.difference(one.day, `${one.kind}#${one.number}`), ...one }));
  }
  await write(toPut({ ...key.reconciliation(done.day), ...done }));
}

/** The days of a list that were reconciled for an area, and every difference of them. */
export async function reconciledOn(days: readonly Day[], area: string) {
  const items = await itemsAt(
    days.map((day) => key.reconciliation(day)),
    { consistent: false },
  );
  const done = items.map((item) => Reconciliation.parse(item)).filter((one) => one.area === area);
  const differences = await Promise.all(done.filter((one) => one.differences > 0).map(({ day }) => differencesOf(day)));
  return { days: done.sort((a, b) => (a.day < b.day ? 1 : -1)), differences: differences.flat() };
}

const differencesOf = (day: Day): Promise<Difference[]> =>
  itemsIn(key.difference(day, "").pk, Kept, { consistent: false });
