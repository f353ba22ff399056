import { Order } from "../../functions/contributions/store.ts";
import { Suspense } from "../../functions/contributions/suspense.ts";
import { key } from "../../functions/key.ts";
import { Refund } from "../../functions/refunds/store.ts";
import { orderStates } from "../../shared/contribution/order.ts";
import { refundStates } from "../../shared/contribution/refund.ts";
import { suspenseStates } from "../../shared/contribution/suspense.ts";
import { orderNoOf, payWays } from "../../shared/contribution/trade.ts";
import { type Account, type Entry, faultOf, trialBalance } from "../../shared/ledger/entry.ts";
import type { Machine } from "../../shared/machine.ts";
import type { Item } from "../world/expressions.ts";
import type { People } from "./simulation-acts.ts";
import type { History } from "./simulation-history.ts";

type AnyMachine = Machine<string, string>;
const machines: Record<string, { readonly machine: AnyMachine; readonly begins: string }> = {
  ORDER: { machine: orderStates as AnyMachine, begins: "awaiting-payment" },
  SUSPENSE: { machine: suspenseStates as AnyMachine, begins: "held" },
  REFUND: { machine: refundStates as AnyMachine, begins: "requested" },
};

/** Is this something that the sweep has still to do? */
export const isTodo = ({ sk }: Item): boolean => sk === key.todo("order", "").sk;

/** Every state that is written must be one that the tables reach; which transitions were seen is kept. */
export function watchStates(history: History, reached: Set<string>): void {
  history.onWrite((written) => {
    for (const { before, after } of written) {
      const [kind = "", no] = String(after?.pk ?? "").split("#");
      const found = kind === after?.sk ? machines[kind] : undefined;
      if (!found || !after || after.state === before?.state) continue;
      const path = before ? pathBetween(found.machine, String(before.state), String(after.state)) : null;
      if (path) for (const step of path) reached.add(`${kind} ${step}`);
      else if (before || after.state !== found.begins)
        history.faults.push(`${kind} ${no} went from ${before?.state ?? "nothing"} to ${after.state}`);
    }
  });
}

/** The events that lead from one state to another, at most two of them in one write; null where none do. */
function pathBetween(machine: AnyMachine, from: string, to: string): string[] | null {
  const steps = Object.entries(machine[from]?.on ?? {});
  const direct = steps.find(([, state]) => state === to);
  if (direct) return [`${from} ${direct[0]}`];
  for (const [event, state] of steps) {
    const second = Object.entries(machine[state!]?.on ?? {}).find(([, last]) => last === to);
    if (second) return [`${from} ${event}`, `${state} ${second[0]}`];
  }
  return null;
}

interface Found {
  readonly orders: readonly Order[];
  readonly suspense: readonly Suspense[];
  readonly refunds: readonly Refund[];
  readonly entries: readonly Entry[];
  readonly enrolments: readonly Item[];
  readonly items: readonly Item[];
}

const sum = <T>(some: readonly T[], of: (one: T) => number) => some.reduce((total, one) => total + of(one), 0);

/** What a history left that must not be; nothing where all is well. */
export function faultsOf(history: History, people: People, items: readonly Item[]): string[] {
  const of = (kind: string, sk = kind) =>
    items.filter(({ pk, sk: at }) => String(pk).startsWith(`${kind}#`) && at === sk);
  const found: Found = {
    orders: of("ORDER").map((item) => Order.parse(item)),
    suspense: of("SUSPENSE").map((item) => Suspense.parse(item)),
    refunds: of("REFUND").map((item) => Refund.parse(item)),
    entries: items.filter(({ pk }) => String(pk).startsWith("ENTRY#")) as unknown as Entry[],
    enrolments: items.filter(({ sk }) => String(sk).startsWith("ENROLMENT#")),
    items,
  };
  return [
    ...payments(history, found),
    ...found.orders.flatMap((order) => orderFaults(order, history, found)),
    ...unknownMoney(history, found),
    ...personYears(found),
    ...loose(people, found),
    ...turnedAway(history, people, found),
    ...books(found),
  ];
}

/** Every payment of the channel's book is kept once, with its amount, and posted whole. */
function payments({ base }: History, { items, entries }: Found): string[] {
  return Object.values(base.channel.book.trades).flatMap(({ transactionNo, total, orderNo }) => {
    if (transactionNo === null) return [];
    const kept = items.filter(({ pk }) => pk === `PAYMENT#${transactionNo}`);
    const posted = entries.filter(({ entryNo }) => entryNo.startsWith(`${transactionNo}-`));
    const sums = balance(posted, "resident-basic.channel-receivable");
    if (kept.length === 1 && kept[0]!.amount === total && sums === total) return [];
    return [`payment ${transactionNo} for ${orderNo} of ${total} fen: kept ${kept.length} times, posted ${sums}`];
  });
}

/** What an account was debited less what it was credited. */
const balance = (entries: readonly Entry[], account: Account): number =>
  sum(entries, ({ lines }) =>
    sum(
      lines.filter((line) => line.account === account),
      ({ debit, credit }) => debit - credit,
    ),
  );

/** What the channel took for some trades, less what it gave back. */
function atChannel({ base }: History, isOf: (tradeNo: string) => boolean): number {
  const { trades, refunds } = base.channel.book;
  const paid = Object.values(trades).filter((one) => one.transactionNo !== null && isOf(one.orderNo));
  const back = Object.values(refunds).filter((one) => one.succeededAt !== null && isOf(one.orderNo));
  return sum(paid, ({ total }) => total) - sum(back, ({ amount }) => amount);
}

/** An order's money is at the channel or a counter, and just as much is income, owed back or in suspense with an owner. */
function orderFaults(order: Order, history: History, { entries, suspense, refunds, enrolments }: Found): string[] {
  const { orderNo, lines, state } = order;
  const own = entries.filter(({ reference }) => reference === orderNo);
  const held = suspense.filter((one) => one.orderNo === orderNo && one.state !== "returned");
  const owed = refunds.filter((one) => one.orderNo === orderNo && (one.state === "approved" || one.state === "failed"));
  const standing = lines.filter(({ outcome }) => outcome === "enrolled");
  const says = (what: string, is: number, should: number) =>
    is === should ? [] : [`order ${orderNo} (${state}): ${what} is ${is} and should be ${should}`];
  const stand = standing.filter((line) =>
    enrolments.some(
      (one) => one.personNo === line.personNo && one.benefitYear === line.benefitYear && one.orderNo === orderNo,
    ),
  );
  const open = state === "awaiting-payment" || state === "confirming";
  return [
    ...says(
      "what the channel owes",
      balance(own, "resident-basic.channel-receivable"),
      atChannel(history, (no) => orderNoOf(no) === orderNo),
    ),
    ...says(
      "income",
      -balance(own, "resident-basic.contribution-income"),
      sum(standing, ({ amount }) => amount),
    ),
    ...says(
      "subsidised income",
      -balance(own, "resident-basic.subsidised-income"),
      sum(standing, ({ subsidised }) => subsidised),
    ),
    ...says(
      "suspense in the books",
      -balance(own, "resident-basic.suspense"),
      sum(held, ({ amount }) => amount),
    ),
    ...says(
      "what is owed back",
      -balance(own, "resident-basic.refund-payable"),
      sum(owed, ({ amount }) => amount),
    ),
    ...says("sums that it knows of in suspense", order.holding ?? 0, held.length),
    ...says("lines with an enrolment", stand.length, standing.length),
    ...(open && (state === "confirming" || order.opened) ? [`order ${orderNo} is still ${state}`] : []),
    ...(open === lines.some(({ outcome }) => outcome === "open") || state === "closed"
      ? []
      : [`order ${orderNo} is ${state} with lines ${lines.map(({ outcome }) => outcome)}`]),
  ];
}

/** Money for no order of ours lies with the area that runs the account, or went back. */
function unknownMoney(history: History, { suspense, entries, orders }: Found): string[] {
  const known = new Set(orders.map(({ orderNo }) => orderNo));
  const trades = Object.values(history.base.channel.book.trades).filter(
    ({ orderNo }) => !known.has(orderNoOf(orderNo) ?? ""),
  );
  return trades.flatMap(({ orderNo, transactionNo }) => {
    if (transactionNo === null) return [];
    const own = entries.filter(({ reference }) => reference === transactionNo);
    const held = suspense.filter((one) => one.suspenseNo === transactionNo && one.state !== "returned");
    const [books, channel, lies] = [
      balance(own, "resident-basic.channel-receivable"),
      atChannel(history, (no) => no === orderNo),
      sum(held, ({ amount }) => amount),
    ];
    return books === channel && lies === channel
      ? []
      : [`unknown money ${orderNo}: channel ${channel}, books ${books}, suspense ${lies}`];
  });
}

/** Each enrolment stands on exactly one line of one order, so nobody's year was paid for twice. */
function personYears({ enrolments, orders }: Found): string[] {
  return enrolments.flatMap(({ personNo, benefitYear, orderNo }) => {
    const lines = orders.flatMap((order) =>
      order.lines
        .filter((line) => line.outcome === "enrolled" && line.personNo === personNo && line.benefitYear === benefitYear)
        .map(() => order.orderNo),
    );
    return lines.length === 1 && lines[0] === orderNo
      ? []
      : [`the ${benefitYear} of ${personNo} stands on ${lines.length} lines`];
  });
}

/** Whatever is not over has somebody who has to do the next thing; nothing is forgotten. */
function loose({ cash }: People, { suspense, refunds, items }: Found): string[] {
  const todos = new Set(items.filter(isTodo).map(({ kind, id }) => `${kind} ${id}`));
  const differences = items.filter(({ pk }) => String(pk).startsWith("DIFFERENCES#"));
  return [
    ...[...todos].map((todo) => `${todo} is still to be done`),
    ...suspense
      .filter(({ state, owner }) => state !== "returned" && (owner === "system" || state === "refunding"))
      .map(({ suspenseNo, state, owner }) => `suspense ${suspenseNo} is ${state}, owned by ${owner}, and nobody looks`),
    ...refunds
      .filter(({ state, payment }) => state === "approved" && payment?.tradeNo)
      .map(({ refundNo }) => `refund ${refundNo} is approved and nobody pays it`),
    ...differences.map(({ kind, number }) => `the bill differs: ${kind} ${number}`),
    ...cash
      .filter(({ orderNo }) => orderNo)
      .flatMap(({ orderNo, body }) => cashFaults(String(orderNo), body.expected, items)),
  ];
}

/** Cash that an officer was told is booked was. */
function cashFaults(orderNo: string, expected: string, items: readonly Item[]): string[] {
  const due = expected !== "0.00";
  const kept = items.filter(({ pk }) => pk === `PAYMENT#CASH-${orderNo}`).length;
  return kept === (due ? 1 : 0) ? [] : [`cash of order ${orderNo} (${expected}) is kept ${kept} times`];
}

/** Money that came by a way that a phone was given is never turned away because we closed the order. */
function turnedAway({ base }: History, { orders }: People, { suspense }: Found): string[] {
  const given = new Set(orders.flatMap(({ orderNo, given }) => [...given].map((way) => `${orderNo}${payWays[way]}`)));
  const { trades } = base.channel.book;
  return suspense
    .filter(({ why, payment }) => why === "order-closed" && payment.tradeNo !== null && given.has(payment.tradeNo))
    .filter(({ payment }) => trades[payment.tradeNo!]?.description !== "来历不明")
    .map(({ orderNo }) => `order ${orderNo} was closed though it could still be paid, and was`);
}

/** Every entry balances within its funds, and what the outbox folded is what the entries and the enrolments say. */
function books({ entries, items, enrolments, orders }: Found): string[] {
  const folded = (account: string, side: "debit" | "credit") =>
    sum(
      items.filter(({ pk }) => String(pk) === `BALANCE#370600#${account}`),
      (item) => Number(item[side] ?? 0),
    );
  const progress = items.find(({ pk, sk }) => String(pk).startsWith("PROGRESS#2026#") && sk === "370600");
  const amount = sum(orders, ({ lines }) =>
    sum(
      lines.filter(({ outcome }) => outcome === "enrolled"),
      (line) => line.amount,
    ),
  );
  return [
    ...entries.flatMap(({ lines }) => faultOf(lines) ?? []).map((fault) => `an entry does not balance: ${fault}`),
    ...trialBalance(entries)
      .filter(
        ({ account, debit, credit }) => folded(account, "debit") !== debit || folded(account, "credit") !== credit,
      )
      .map(
        ({ account, debit, credit }) =>
          `${account} is ${debit}/${credit} by its entries, ${folded(account, "debit")}/${folded(account, "credit")} folded`,
      ),
    ...(Number(progress?.enrolled ?? 0) === enrolments.length
      ? []
      : [`the board says ${progress?.enrolled} enrolled, there are ${enrolments.length}`]),
    ...(Number(progress?.amount ?? 0) === amount
      ? []
      : [`the board says ${progress?.amount} fen, the orders ${amount}`]),
  ];
}
