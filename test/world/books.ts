import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import { expect } from "vitest";
import { today } from "../../functions/clock.ts";
import { config } from "../../functions/config.ts";
import { bookOrder } from "../../functions/contributions/booking.ts";
import { openOrder, orderOf } from "../../functions/contributions/store.ts";
import { db } from "../../functions/db.ts";
import { partition, shards } from "../../functions/key.ts";
import { entriesBetween, foldedBalance } from "../../functions/ledger/store.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import { discard, foldOnce, Outbox } from "../../functions/outbox.ts";
import { addDays } from "../../shared/day.ts";
import { type Account, type Entry, faultOf, trialBalance } from "../../shared/ledger/entry.ts";

/** What waits in the outbox. */
async function waiting(): Promise<Outbox[]> {
  const pages = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      db.send(
        new QueryCommand({
          TableName: config.mainTable(),
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
          ConsistentRead: true,
        }),
      ),
    ),
  );
  return pages.flatMap(({ Items = [] }) => Items.map((item) => Outbox.parse(item)));
}

/** Folds everything that waits in the outbox. */
export async function folded(): Promise<void> {
  const items = await waiting();
  await foldOnce(items);
  await Promise.all(items.map(discard));
}

/** Does everything that waits in the outbox, by the consumer itself: figures, messages, lists. */
export async function consumed(): Promise<void> {
  for (const item of await waiting()) {
    const NewImage = marshall(item, { removeUndefinedValues: true }) as never;
    const { batchItemFailures } = await consume({ Records: [{ dynamodb: { NewImage, SequenceNumber: item.id } }] });
    expect(batchItemFailures).toEqual([]);
  }
}

/** The entries of an area around today. */
async function entriesNow(area: string): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entriesBetween(area, addDays(today(), -2), addDays(today(), 2))) found.push(entry);
  return found;
}

/** The entries that hold money of these orders. */
export const entriesFor = async (area: string, references: readonly string[]): Promise<Entry[]> =>
  (await entriesNow(area)).filter((entry) => references.includes(entry.reference));

const balanceOf = (entries: Entry[], account: Account) => trialBalance(entries).find((one) => one.account === account);
export const creditOf = (entries: Entry[], account: Account): number => balanceOf(entries, account)?.credit ?? 0;
export const debitOf = (entries: Entry[], account: Account): number => balanceOf(entries, account)?.debit ?? 0;

/** 试算平衡 · every entry balances in each fund, and what was folded is what the entries say. */
export async function booksAgree(area: string): Promise<void> {
  await folded();
  const entries = await entriesNow(area);
  for (const entry of entries) expect(faultOf(entry.lines)).toBeNull();
  for (const { account, debit, credit } of trialBalance(entries)) {
    const { debit: d, credit: c } = await foldedBalance(area, account, addDays(today(), -2), addDays(today(), 2));
    expect([account, d, c]).toEqual([account, debit, credit]);
  }
}

/**
 * Cash that could not be booked: somebody else enrolled the person between the price and the booking. `meanwhile` enrols
 * them; the order's lines are those of an order that stood before. Gives the order's number.
 */
export async function cashInSuspense(like: string, meanwhile: () => Promise<unknown>): Promise<string> {
  const { lines } = await orderOf(like);
  const { orderNo, total: amount } = await openOrder(
    { payer: { accountNo: "COUNTER-late", personNo: null }, requestNo: `late-${like}`, body: {} },
    async () => lines,
  );
  await meanwhile();
  await bookOrder(orderNo, { transactionNo: `CASH-${orderNo}`, tradeNo: null, amount, paidAt: 0, carrier: "cash" });
  return orderNo;
}
