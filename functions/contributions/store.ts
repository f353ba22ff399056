import { createHash, randomBytes } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import {
  GetCommand,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { coverUntil } from "../../shared/contribution/cover.ts";
import { type OrderEvent, type OrderState, orderMinutes, orderStates } from "../../shared/contribution/order.ts";
import { contributionEntries } from "../../shared/contribution/posting.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after, allowing } from "../../shared/machine.ts";
import { plus, type Yuan, zero } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox/store.ts";
import type { Enrolment } from "../residents/store.ts";
import { db, index, key, partition, worklist } from "../table.ts";

const Fen = z.int().min(0) as unknown as z.ZodType<Yuan, number>;

const Line = z.object({
  personNo: z.string(),
  name: z.string(),
  self: z.boolean(),
  poolingArea: z.string(),
  village: z.string(),
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
  outcome: z.enum(["open", "enrolled", "suspended"]),
});
export type Line = z.output<typeof Line>;

/** 缴费单 · a payer's order with its frozen price. */
export const Order = z.object({
  orderNo: z.string(),
  accountNo: z.string(),
  state: z.enum(Object.keys(orderStates) as [OrderState]),
  lines: z.array(Line),
  total: Fen,
  createdOn: CalendarDay,
  createdAt: z.int(),
  expiresBy: z.int(),
});
export type Order = z.output<typeof Order>;

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];
const isNew = "attribute_not_exists(pk)";
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** 24 characters: the business day and 16 at random, not to be guessed. */
const newOrderNo = (on: Day) =>
  on.replaceAll("-", "") + [...randomBytes(16)].map((byte) => crockford[byte % 32]).join("");

/** Opens an order once for a request of an account; the same request again gives the same order, another body is refused. */
export async function openOrder(
  accountNo: string,
  requestNo: string,
  request: unknown,
  lines: readonly Omit<Line, "outcome">[],
): Promise<Order> {
  const createdAt = now();
  const order: Order = {
    orderNo: newOrderNo(today()),
    accountNo,
    state: "awaiting-payment",
    lines: lines.map((line) => ({ ...line, outcome: "open" as const })),
    total: plus(...lines.map((line) => line.amount)),
    createdOn: today(),
    createdAt,
    expiresBy: createdAt + orderMinutes * 60_000,
  };
  const TableName = config.mainTable();
  const body = fingerprint(request);
  try {
    await db.send(
      new TransactWriteCommand({
        TransactItems: [
          {
            Put: {
              TableName,
              Item: { ...key.orderRequest(accountNo, requestNo), orderNo: order.orderNo, body },
              ConditionExpression: isNew,
            },
          },
          {
            Put: {
              TableName,
              Item: {
                ...key.order(order.orderNo),
                ...worklist.accountOrders(accountNo, createdAt),
                ...order,
              },
              ConditionExpression: isNew,
            },
          },
        ],
      }),
    );
    return order;
  } catch (error) {
    const standing = error instanceof TransactionCanceledException && (await requested(accountNo, requestNo, request));
    if (standing) return standing;
    throw error;
  }
}

/** The order that a request made before, or null; the same request number with another body is refused. */
export async function requested(accountNo: string, requestNo: string, request: unknown): Promise<Order | null> {
  const { Item } = await db.send(
    new GetCommand({
      TableName: config.mainTable(),
      Key: key.orderRequest(accountNo, requestNo),
      ConsistentRead: true,
    }),
  );
  if (!Item) return null;
  if (Item.body !== fingerprint(request)) throw new Refusal("request-reused");
  return orderOf(z.string().parse(Item.orderNo));
}

const fingerprint = (request: unknown) => createHash("sha256").update(JSON.stringify(request)).digest("base64url");

/** An order by its number, or a refusal. */
export async function orderOf(orderNo: string): Promise<Order> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.order(orderNo), ConsistentRead: true }),
  );
  if (!Item) throw new Refusal("not-found");
  return Order.parse(Item);
}

/** An order of this account; somebody else's does not exist for it. */
export async function ownOrder(orderNo: string, accountNo: string): Promise<Order> {
  const order = await orderOf(orderNo);
  if (order.accountNo !== accountNo) throw new Refusal("not-found");
  return order;
}

/** The orders of an account, the newest first, at most fifty. */
export async function ordersOf(accountNo: string): Promise<Order[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      IndexName: index,
      KeyConditionExpression: "gsi1pk = :pk",
      ExpressionAttributeValues: { ":pk": partition.orders(accountNo) },
      ScanIndexForward: false,
      Limit: 50,
    }),
  );
  return Items.map((item) => Order.parse(item));
}

/** Closes an order that nobody paid; closing it again changes nothing. */
export async function closeOrder(order: Order): Promise<Order> {
  if (order.state === "closed") return order;
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.order(order.orderNo),
        UpdateExpression: "SET #state = :closed",
        ConditionExpression: `#state IN (${allowing(orderStates, "close")
          .map((_, i) => `:s${i}`)
          .join(", ")})`,
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: {
          ":closed": "closed",
          ...Object.fromEntries(allowing(orderStates, "close").map((state, i) => [`:s${i}`, state])),
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const standing = await orderOf(order.orderNo);
    if (standing.state !== "closed") throw new Refusal("order-not-payable");
    return standing;
  }
  return { ...order, state: "closed" };
}

/** Money that came for an order: the channel's own number and the amount. */
export interface Payment {
  readonly transactionNo: string;
  readonly amount: Yuan;
  readonly paidAt: number;
}

const mostAttempts = 12;

/**
 * 入账 · books an order's money, or its enrolment without money where nothing is due: order, enrolments, entry, payment
 * and outbox in one transaction, or nothing. A person-year is enrolled once; money for one that stands already goes to
 * suspense. The same payment again changes nothing.
 */
export async function bookOrder(orderNo: string, payment: Payment | null): Promise<Order> {
  for (let attempt = 1; ; attempt++) {
    const order = await orderOf(orderNo);
    const fresh = order.state === "awaiting-payment";
    // The first attempt trusts that nothing stands in the way, and the conditions say otherwise; the next ones look.
    const trusting = fresh && attempt === 1;
    if (payment && !trusting && (await isRecorded(payment))) return order;
    if (!payment && !fresh) return order;
    const outcome = await outcomeOf(order, payment, trusting ? async () => false : isEnrolled);
    if (!payment && outcome.enrolled.length === 0) {
      await closeOrder(order);
      throw new Refusal("already-enrolled");
    }
    try {
      await db.send(new TransactWriteCommand({ TransactItems: bookingActions(order, outcome, payment) }));
      return outcome.order;
    } catch (error) {
      // Somebody was faster with the order, a person-year or the payment: look again and decide again.
      if (!(error instanceof TransactionCanceledException) || attempt === mostAttempts) throw error;
      await pause(attempt);
    }
  }
}

const pause = (attempt: number) =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(1000, 10 * 2 ** attempt)));

async function isRecorded(payment: Payment): Promise<boolean> {
  const { Item } = await db.send(
    new GetCommand({
      TableName: config.mainTable(),
      Key: key.payment(payment.transactionNo),
      ConsistentRead: true,
    }),
  );
  return Item !== undefined;
}

interface Outcome {
  readonly order: Order;
  readonly enrolled: readonly Line[];
}

/** What can become of an order now: who can still be enrolled, and which state that makes. */
async function outcomeOf(
  order: Order,
  payment: Payment | null,
  stands: (line: Line) => Promise<boolean>,
): Promise<Outcome> {
  const rightSum = (payment?.amount ?? zero) === order.total;
  if (order.state !== "awaiting-payment" || !rightSum) {
    const state = after(orderStates, order.state, "paid-for-none");
    if (state === null) return { order, enrolled: [] };
    const lines = order.lines.map((line) => ({ ...line, outcome: "suspended" as const }));
    return { order: { ...order, state, lines }, enrolled: [] };
  }
  const lines = await Promise.all(
    order.lines.map(async (line) => ({
      ...line,
      outcome: (await stands(line)) ? ("suspended" as const) : ("enrolled" as const),
    })),
  );
  const enrolled = lines.filter((line) => line.outcome === "enrolled");
  const event: OrderEvent =
    enrolled.length === lines.length ? "paid-for-all" : enrolled.length > 0 ? "paid-for-some" : "paid-for-none";
  const state = after(orderStates, order.state, event)!;
  return { order: { ...order, state, lines }, enrolled };
}

async function isEnrolled(line: Line): Promise<boolean> {
  const { Item } = await db.send(
    new GetCommand({
      TableName: config.mainTable(),
      Key: key.enrolment(line.personNo, line.benefitYear),
      ConsistentRead: true,
      ProjectionExpression: "pk",
    }),
  );
  return Item !== undefined;
}

function bookingActions(before: Order, { order, enrolled }: Outcome, payment: Payment | null): Action[] {
  const TableName = config.mainTable();
  const on = today();
  // Where nobody can be enrolled the whole sum, whatever it is, lies with the area of the first line.
  const suspended =
    enrolled.length > 0
      ? order.lines.filter((line) => line.outcome === "suspended")
      : [{ poolingArea: order.lines[0]!.poolingArea, amount: payment?.amount ?? zero }];
  const event = payment?.transactionNo ?? order.orderNo;
  const entries = contributionEntries({ event, on, reference: order.orderNo }, enrolled, suspended);
  return [
    {
      Update: {
        TableName,
        Key: key.order(order.orderNo),
        UpdateExpression: "SET #state = :state, #lines = :lines",
        ConditionExpression: "#state = :before",
        ExpressionAttributeNames: { "#state": "state", "#lines": "lines" },
        ExpressionAttributeValues: { ":state": order.state, ":lines": order.lines, ":before": before.state },
      },
    },
    ...enrolled.map((line) => ({
      Put: { TableName, Item: enrolmentItem(line, order.orderNo, on), ConditionExpression: isNew },
    })),
    ...(payment
      ? [
          {
            Put: {
              TableName,
              Item: { ...key.payment(payment.transactionNo), orderNo: order.orderNo, ...payment },
              ConditionExpression: isNew,
            },
          },
        ]
      : []),
    ...entries.map(putEntry),
    toOutbox([
      ...enrolled.map((line) => ({
        kind: "enrolled" as const,
        benefitYear: line.benefitYear,
        village: line.village,
        on,
        amount: line.amount,
      })),
      ...entries.map(({ poolingArea, lines }) => ({ kind: "posted" as const, poolingArea, on, lines })),
    ]),
  ];
}

/** The stored enrolment of a line. */
export function enrolmentItem(line: Line, orderNo: string, on: Day) {
  const enrolment: Enrolment = {
    personNo: line.personNo,
    benefitYear: line.benefitYear,
    tier: line.tier,
    channel: line.channel,
    coverFrom: line.coverFrom,
    coverUntil: coverUntil(line.benefitYear),
    waitingMonths: line.waitingMonths,
    standard: line.standard,
    subsidised: line.subsidised,
    due: line.due,
    repairYears: line.repairYears,
    enrolledOn: on,
    orderNo,
  };
  return {
    ...key.enrolment(line.personNo, line.benefitYear),
    ...worklist.village(line.village, `ENROLMENT#${line.benefitYear}#${line.personNo}`),
    ...enrolment,
  };
}
