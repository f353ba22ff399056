import { createHash } from "node:crypto";
import { ConditionalCheckFailedException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { GetCommand, TransactWriteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { lineOutcomes, orderMinutes, orderStateNames, orderStates } from "../../shared/contribution/order.ts";
import { payWayNames } from "../../shared/contribution/trade.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { plus } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { indexKey } from "../index-key.ts";
import { key, partition } from "../key.ts";
import { newNo } from "../numbers.ts";
import { firstOf, mustBeAt } from "../read.ts";
import { Fen, Paid } from "../stored.ts";

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

const isNew = "attribute_not_exists(pk)";

/** Opens an order once for a request of an account; the same request again gives the same order, another body is refused. */
export async function openOrder(
  accountNo: string,
  requestNo: string,
  request: unknown,
  lines: readonly Omit<Line, "outcome">[],
  collector?: Collector,
): Promise<Order> {
  const createdAt = now();
  const order: Order = {
    orderNo: newNo(today()),
    accountNo,
    state: "awaiting-payment",
    lines: lines.map((line) => ({ ...line, outcome: "open" as const })),
    total: plus(...lines.map((line) => line.amount)),
    createdOn: today(),
    createdAt,
    expiresBy: createdAt + orderMinutes * 60_000,
    ...(collector && { collector }),
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
                ...indexKey.accountOrders(accountNo, createdAt),
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
export const orderOf = (orderNo: string): Promise<Order> => mustBeAt(key.order(orderNo), Order);

/** An order of this account; somebody else's does not exist for it. */
export async function ownOrder(orderNo: string, accountNo: string): Promise<Order> {
  const order = await orderOf(orderNo);
  if (order.accountNo !== accountNo) throw new Refusal("not-found");
  return order;
}

/** The orders of an account, the newest first, at most fifty. */
export async function ordersOf(accountNo: string): Promise<Order[]> {
  const newest = { of: "index", partition: partition.orders(accountNo), newestFirst: true } as const;
  return (await firstOf(newest, Order, 50)).items;
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
  const seen = order.opened && order.opened.size > 0 ? order.opened : null;
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.order(order.orderNo),
        UpdateExpression: "SET #state = :state",
        ConditionExpression: `#state = :before AND ${seen ? "opened = :seen" : "attribute_not_exists(opened)"}`,
        ExpressionAttributeNames: { "#state": "state" },
        ExpressionAttributeValues: { ":state": state, ":before": order.state, ...(seen && { ":seen": seen }) },
      }),
    );
    return { ...order, state };
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return orderOf(order.orderNo);
  }
}
