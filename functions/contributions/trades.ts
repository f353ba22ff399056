import { contributionEntries } from "../../shared/contribution/posting.ts";
import { orderNoOf, type PayWay, tradeNoOf } from "../../shared/contribution/trade.ts";
import { Refusal } from "../../shared/refusal.ts";
import { channel, saysNo, unreachable } from "../channel/channel.ts";
import { toDo } from "../channel/todo.ts";
import { WeChatPayError } from "../channel/wechat-sign.ts";
import type { PaidTrade } from "../channel/wechat-words.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox.ts";
import { decideAndWrite, inState, toUpdate, writeTogether } from "../write.ts";
import { bookOrder, isRecorded, type Payment, paymentPut } from "./booking.ts";
import { isOpen, moveOrder, type Order, orderOf } from "./store.ts";
import { hold } from "./suspense.ts";

/** How long after it was opened a payment is first asked about, if nobody told us of it. */
const firstAsked = 60_000;

/**
 * 去支付 · opens a payment at the channel. The order says so first: from then on it is not closed before the channel says
 * that nobody paid. `open` asks the channel; what it answers goes to the payer unless the order was closed meanwhile.
 */
export async function openTrade<T>(order: Order, how: PayWay, open: (tradeNo: string) => Promise<T>): Promise<T> {
  await markOpened(order, how);
  const tradeNo = tradeNoOf(order.orderNo, how);
  try {
    const opened = await open(tradeNo);
    if ((await orderOf(order.orderNo)).state !== "closed") return opened;
    await channel().close(tradeNo);
  } catch (error) {
    if (!saysNo(error, "ORDERPAID")) unreachable(error);
    await askChannel(await orderOf(order.orderNo)).catch(unreachable);
  }
  throw new Refusal("order-not-payable");
}

async function markOpened({ orderNo }: Order, how: PayWay): Promise<void> {
  const opened = toUpdate(key.order(orderNo), { add: { opened: new Set([how]) } }, inState("awaiting-payment"));
  const refusal = () => new Refusal("order-not-payable");
  await writeTogether([{ ...opened, refusal }, toDo("order", orderNo, now() + firstAsked)]);
}

/** 查询 · asks the channel about every way in which an order was opened, and books what was paid. */
async function askChannel(order: Order): Promise<Order> {
  let standing = order;
  for (const how of order.opened ?? []) {
    const trade = await channel().tradeOf(tradeNoOf(order.orderNo, how));
    if (trade && "transactionNo" in trade) standing = (await bookTrade(trade)) ?? standing;
  }
  return standing;
}

/**
 * 确认 · what the channel says of an open order now. `paid`: the phone says that it paid; where the channel cannot be asked
 * the order then waits as such, and never longer than until the channel answers.
 */
export async function confirmOrder(order: Order, paid: boolean): Promise<Order> {
  try {
    const asked = await askChannel(order);
    return asked.state === "confirming" ? await moveOrder(asked, "not-paid") : asked;
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    return paid ? moveOrder(await orderOf(order.orderNo), "said-paid") : orderOf(order.orderNo);
  }
}

const mostAttempts = 5;

/** 关单 · closes an order at the channel first, in every way that was opened; an order that proves to be paid is booked. */
export async function closeOrder(order: Order): Promise<Order> {
  let standing = order;
  for (let attempt = 0; attempt < mostAttempts && isOpen(standing); attempt++) {
    standing = await askChannel(standing);
    if (!isOpen(standing) || !(await closedAtChannel(standing))) continue;
    if (standing.state === "confirming") standing = await moveOrder(standing, "not-paid");
    standing = await moveOrder(standing, "close");
  }
  if (isOpen(standing)) throw new Refusal("try-again");
  return standing;
}

/** False where somebody paid just before: ask again. */
async function closedAtChannel({ orderNo, opened = new Set() }: Order): Promise<boolean> {
  for (const how of opened) if (!(await isClosed(tradeNoOf(orderNo, how)))) return false;
  return true;
}

/** Closes a trade at the channel; false where it was paid. */
async function isClosed(tradeNo: string): Promise<boolean> {
  try {
    await channel().close(tradeNo);
    return true;
  } catch (error) {
    if (saysNo(error, "ORDERPAID")) return false;
    throw error;
  }
}

/**
 * 收尾 · an order is decided: in every other way that was opened nobody can pay it any more, and what was paid there too is
 * booked, which is to say that it goes to suspense.
 */
export async function settleRest({ orderNo, opened = new Set(), paidBy }: Order): Promise<void> {
  for (const tradeNo of [...opened].map((how) => tradeNoOf(orderNo, how))) {
    if (tradeNo !== paidBy?.tradeNo && !(await isClosed(tradeNo))) {
      const trade = await channel().tradeOf(tradeNo);
      if (trade && "transactionNo" in trade) await bookTrade(trade);
    }
  }
}

/** Books a trade that the channel says was paid; where no order of ours has its number the money lies in suspense. */
export async function bookTrade(trade: PaidTrade): Promise<Order | null> {
  const { orderNo: tradeNo, transactionNo, amount, paidAt } = trade;
  const payment: Payment = { transactionNo, tradeNo, amount, paidAt, carrier: "wechat" };
  const orderNo = orderNoOf(tradeNo);
  const known = orderNo !== null && (await isKnown(orderNo));
  if (known) return bookOrder(orderNo, payment);
  await holdUnknown(payment);
  return null;
}

async function isKnown(orderNo: string): Promise<boolean> {
  try {
    await orderOf(orderNo);
    return true;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") return false;
    throw error;
  }
}

/** 无单款项 · money without an order lies with the area that runs the merchant account; its finance officers decide. */
const holdUnknown = (payment: Payment): Promise<void> =>
  decideAndWrite(async () => {
    const { transactionNo, amount } = payment;
    if (await isRecorded(transactionNo)) return { answer: undefined, steps: [] };
    const on = today();
    const parts = [{ poolingArea: config.collectingArea(), amount }];
    const entries = contributionEntries({ event: transactionNo, on, reference: transactionNo }, [], parts);
    return {
      answer: undefined,
      steps: [
        paymentPut(payment, null),
        ...hold({ suspenseNo: transactionNo, payment, parts, why: "unknown-order", orderNo: null }),
        ...entries.map(putEntry),
        toOutbox(entries.map(({ poolingArea, lines }) => ({ kind: "posted" as const, poolingArea, on, lines }))),
      ],
    };
  });
