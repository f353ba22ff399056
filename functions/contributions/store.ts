import * as z from "zod";
import { lineOutcomes, orderMinutes, orderStateNames, orderStates } from "../../shared/contribution/order.ts";
import { payWayNames } from "../../shared/contribution/trade.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { plus } from "../../shared/money.ts";
import type { SecondProof } from "../../shared/proof/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { key, partition } from "../key.ts";
import { newNo } from "../numbers.ts";
import { firstUnder, mustBeAt } from "../read.ts";
import { answeredOnce, residentsOwn } from "../request.ts";
import { Fen, Paid } from "../stored.ts";
import { type Action, type Change, having, isNew, toPut, toUpdate, write } from "../write.ts";

const Line = z.object({
  personNo: z.string(),
  name: z.string(),
  self: z.boolean(),
  poolingArea: z.string(),
  village: z.string(),
  /** The person had no identity number yet when the line was priced, and may be another by the time it is booked. */
  temporary: z.boolean().optional(),
  benefitYear: z.int(),
  tier: z.int(),
  channel: z.string(),
  standard: Fen,
  subsidised: Fen,
  payer: z.enum(["medical-aid-fund", "finance"]).nullable(),
  due: Fen,
  repairYears: z.int(),
  repairCost: Fen,
  /** due + repairCost: this person's part of the total. */
  amount: Fen,
  coverFrom: CalendarDay,
  waitingMonths: z.int(),
  outcome: z.enum(lineOutcomes),
});

export type Line = z.output<typeof Line>;

const Collector = z.object({ officerNo: z.string(), name: z.string(), unit: z.string() });
export type Collector = z.output<typeof Collector>;

/** 缴费单 · a payer's order with its frozen price. */
export const Order = z.object({
  orderNo: z.string(),
  accountNo: z.string(),
  /** 缴费人 · the person who was bound to the account when it ordered, and whose order it stays; null at a counter. */
  payerNo: z.string().nullable().default(null),
  state: z.enum(orderStateNames),
  lines: z.array(Line),
  total: Fen,
  createdOn: CalendarDay,
  createdAt: z.int(),
  expiresBy: z.int(),
  /** The ways in which a payment was opened at the channel: each must be closed there before the order is. */
  opened: z.set(z.enum(payWayNames)).optional(),
  /** The money that the order was booked with. */
  paidBy: Paid.optional(),
  /** The officer who took the money, where a counter did. */
  collector: Collector.optional(),
  /** How many sums that came for the order still lie in suspense. */
  holding: z.int().optional(),
});

export type Order = z.output<typeof Order>;

/** 缴费人 · who orders: an account, as the person who is bound to it; at a counter there is none. */
interface Payer {
  readonly accountNo: string;
  readonly personNo: string | null;
}

interface OrderRequest {
  readonly payer: Payer;
  readonly requestNo: string;
  readonly body: unknown;
  /** The officer who takes the money, where a counter does. */
  readonly collector?: Collector;
}

/** 下单 · opens an order of a payer once for a request; `price` gives its lines, and is not asked for a repeat. */
export const openOrder = (
  { payer, requestNo, body, collector }: OrderRequest,
  price: () => Promise<readonly Omit<Line, "outcome">[]>,
): Promise<Order> =>
  answeredOnce(
    { of: "ORDER", askedBy: askedBy(payer), requestNo, body },
    {
      found: orderOf,
      make: async () => {
        const order = newOrder(payer, await price(), collector);
        const { orderNo, payerNo, createdAt } = order;
        const place = payerNo === null ? {} : indexKey.payersOrder(payerNo, createdAt);
        const item = { ...key.order(orderNo), ...place, ...order };
        return { no: orderNo, answer: order, steps: [toPut(item, isNew)] };
      },
    },
  );

const askedBy = ({ accountNo, personNo }: Payer) =>
  personNo === null ? accountNo : residentsOwn({ accountNo, personNo });

function newOrder(payer: Payer, lines: readonly Omit<Line, "outcome">[], collector?: Collector): Order {
  const createdAt = now();
  return {
    orderNo: newNo(today()),
    accountNo: payer.accountNo,
    payerNo: payer.personNo,
    state: "awaiting-payment",
    lines: lines.map((line) => ({ ...line, outcome: "open" as const })),
    total: plus(...lines.map((line) => line.amount)),
    createdOn: today(),
    createdAt,
    expiresBy: createdAt + orderMinutes * 60_000,
    ...(collector && { collector }),
  };
}

/** An order by its number, or a refusal. */
export const orderOf = (orderNo: string): Promise<Order> => mustBeAt(key.order(orderNo), Order);

/** Whoever asks for an order: an account, its person, and their second proof where the session has one. */
interface Asker extends Payer {
  readonly personNo: string;
  readonly proof: SecondProof | null;
}

/**
 * Is an order the asker's own? It belongs to who was bound when it was made: to them in the account that made it, and once they have
 * proven to be that person in any account of theirs, for an account ends with a lost phone.
 */
const isOwn = ({ payerNo, accountNo }: Order, asker: Asker): boolean =>
  payerNo === asker.personNo && (accountNo === asker.accountNo || asker.proof !== null);

/** An order of the asker's own; somebody else's does not exist for them. */
export async function ownOrder(orderNo: string, asker: Asker): Promise<Order> {
  const order = await orderOf(orderNo);
  if (!isOwn(order, asker)) throw new Refusal("not-found");
  return order;
}

/** The asker's own among the newest fifty orders of their person, the newest first. */
export async function ordersOf(asker: Asker): Promise<Order[]> {
  const newest = { of: "index", partition: partition.orders(asker.personNo), newestFirst: true } as const;
  return (await firstUnder(newest, Order, 50)).items.filter((order) => isOwn(order, asker));
}

/** Can money for an order still be booked as its payer meant it? */
export const isOpen = ({ state }: Order): boolean => state === "awaiting-payment" || state === "confirming";

/**
 * Lets an event happen to an order that is still as it was read: its state, and the ways that were opened. Gives the order
 * as it stands where somebody was faster.
 */
export async function moveOrder(order: Order, event: "said-paid" | "not-paid" | "close"): Promise<Order> {
  const state = after(orderStates, order.state, event);
  if (state === null) return order;
  const opened = order.opened && order.opened.size > 0 ? order.opened : undefined;
  const done = await write(
    toUpdate(key.order(order.orderNo), { set: { state } }, having({ state: order.state, opened })),
  );
  return done ? { ...order, state } : orderOf(order.orderNo);
}

/** The write that changes an order whose state and lines are still as they were read, and what else is told of it. */
export const changedOrder = (order: Order, change: Change, also: Partial<Order> = {}): Action =>
  toUpdate(key.order(order.orderNo), change, having({ state: order.state, lines: order.lines, ...also }));
