import { matchPayments } from "../../shared/contribution/reconciliation.ts";
import { addDays, type Day, dayInShanghai } from "../../shared/day.ts";
import { plus, zero } from "../../shared/money.ts";
import { byClock } from "../background.ts";
import { channel } from "../channel/channel.ts";
import type { BillLine } from "../channel/wechat-bill.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { bookTrade } from "../contributions/trades.ts";
import { logger } from "../log.ts";
import { backKnown, heardOfBack } from "./payback.ts";
import { isReconciled, keepReconciliation, paymentsOf, type Reconciliation } from "./reconciled.ts";

/** A bill that could not be had for a whole day is asked for on the next ones too. */
const daysBack = 3;

/**
 * 对账 · the trade bills of the last days against our books, hourly from half past ten until each is done: a payment that
 * we do not have is booked, a refund that we have not heard of is recorded, the rest is listed. A bill that is not whole is
 * refused: the run fails, the alarm rings, and the next run tries again.
 */
export const handler = byClock("reconcile", async (): Promise<Reconciliation | null> => {
  let done: Reconciliation | null = null;
  const failures: unknown[] = [];
  for (let back = daysBack; back >= 1; back--) {
    try {
      done = (await reconcile(addDays(dayInShanghai(now()), -back))) ?? done;
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
});

/** Reconciles one day, once; null where that was done before. */
export async function reconcile(day: Day): Promise<Reconciliation | null> {
  if (await isReconciled(day)) return null;
  const bill = (await channel().billOf(day)) ?? { lines: [], paid: zero, refunded: zero };
  const payments = bill.lines
    .filter(({ kind }) => kind === "payment")
    .map(({ orderNo: tradeNo, ...line }) => ({ ...line, tradeNo }));
  const { missing, differences } = matchPayments(day, payments, await paymentsOf(day));
  for (const { tradeNo: orderNo, transactionNo, amount, at: paidAt } of missing) {
    await bookTrade({ orderNo, state: "paid", transactionNo, amount, paidAt });
  }
  const refunds = bill.lines.filter(({ kind }) => kind === "refund");
  for (const line of refunds) {
    const odd = await oddRefund(day, line);
    if (odd) differences.push(odd);
  }
  const reconciliation: Reconciliation = {
    day,
    area: config.collectingArea(),
    lines: bill.lines.length,
    paid: plus(zero, ...payments.map(({ amount }) => amount)),
    refunded: plus(zero, ...refunds.map(({ amount }) => amount)),
    foundMissing: missing.length,
    differences: differences.length,
    at: now(),
  };
  await keepReconciliation(reconciliation, differences);
  logger.info("reconciled", { ...reconciliation });
  return reconciliation;
}

/** A refund of the bill: what became of it is recorded; what we never asked for, or for another sum, is a difference. */
async function oddRefund(day: Day, { refundNo, channelNo, orderNo: tradeNo, amount: theirs }: BillLine) {
  const number = channelNo ?? refundNo ?? "";
  const known = refundNo === null ? null : await backKnown(refundNo);
  if (!known || known.orderNo !== tradeNo)
    return { day, kind: "refund-unknown" as const, number, tradeNo, ours: null, theirs };
  if (known.amount !== theirs) {
    return { day, kind: "refund-amount" as const, number, tradeNo, ours: known.amount, theirs };
  }
  const state = refundNo && (await channel().refundOf(refundNo));
  if (state) await heardOfBack(state);
  return null;
}
