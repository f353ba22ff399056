import * as z from "zod";
import { addDays, type Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { type Account, accounts, type Entry, type Line } from "../../shared/ledger/entry.ts";
import { plus, type Yuan, zero } from "../../shared/money.ts";
import { config } from "../config.ts";
import { key, partition, shards } from "../key.ts";
import { itemsIn } from "../read.ts";
import { type Action, isNew, toPut } from "../write.ts";

const Fen = z.int().min(0) as unknown as z.ZodType<Yuan, number>;
const Stored = z.object({
  poolingArea: z.string(),
  entryNo: z.string(),
  on: CalendarDay,
  event: z.string(),
  reference: z.string(),
  lines: z.array(z.object({ account: z.enum(Object.keys(accounts) as [Account]), debit: Fen, credit: Fen })),
});

/** The action that posts an entry, once: the ledger is never updated and never deleted from. */
export function putEntry(entry: Entry): Action {
  return toPut({ ...key.entry(entry.poolingArea, entry.on, entry.entryNo), ...entry }, isNew, config.ledgerTable());
}

/** Every entry of an area and some days, first and last included, straight from the ledger. */
export async function* entriesBetween(poolingArea: string, from: Day, until: Day): AsyncGenerator<Entry> {
  for (let on = from; on <= until; on = addDays(on, 1)) {
    const sharded = Array.from({ length: shards }, (_, shard) =>
      itemsIn(partition.entries(poolingArea, on, shard), Stored, { table: config.ledgerTable() }),
    );
    yield* (await Promise.all(sharded)).flat();
  }
}

/** The turnover of an account that the outbox folded over some days. */
export async function foldedBalance(poolingArea: string, account: Account, from: Day, until: Day): Promise<Line> {
  const turnover = z.object({ debit: Fen, credit: Fen });
  const days = await itemsIn(partition.balance(poolingArea, account), turnover, { between: [from, until] });
  return {
    account,
    debit: plus(zero, ...days.map((one) => one.debit)),
    credit: plus(zero, ...days.map((one) => one.credit)),
  };
}
