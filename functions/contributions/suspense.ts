import * as z from "zod";
import { orderStates } from "../../shared/contribution/order.ts";
import { paidBackEntries, type Suspended } from "../../shared/contribution/posting.ts";
import {
  type PayBackFailure,
  payBackFailureNames,
  type SuspenseEvent,
  type SuspenseOwner,
  type SuspenseReason,
  suspenseOwners,
  suspenseReasonNames,
  suspenseStateNames,
  suspenseStates,
} from "../../shared/contribution/suspense.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { plus } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { nothingToDo, toDo } from "../channel/todo.ts";
import { now, today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { key, partition } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox.ts";
import { itemsIn, mustBeAt } from "../read.ts";
import { Fen, Paid } from "../stored.ts";
import { type Action, decideAndWrite, having, isNew, toPut, toUpdate } from "../write.ts";
import { changedOrder, type Order, orderOf } from "./store.ts";

/** 暂收款 · one sum that could not be booked: of which payment, why, and who has to do the next thing. */
export const Suspense = z.object({
  suspenseNo: z.string(),
  payment: Paid,
  amount: Fen,
  /** The areas that hold it. */
  parts: z.array(z.object({ poolingArea: z.string(), amount: Fen })),
  why: z.enum(suspenseReasonNames),
  orderNo: z.string().nullable(),
  /** Wall-clock milliseconds. */
  since: z.int(),
  on: CalendarDay,
  state: z.enum(suspenseStateNames),
  owner: z.enum(Object.keys(suspenseOwners) as [SuspenseOwner]),
  /** Goes up when the channel has to be asked under a new number. */
  attempt: z.int(),
  failure: z.enum(payBackFailureNames).nullable(),
});
export type Suspense = z.output<typeof Suspense>;

/** What is told of money that goes into suspense. */
interface Held {
  readonly suspenseNo: string;
  readonly payment: z.output<typeof Paid>;
  readonly parts: readonly Suspended[];
  readonly why: SuspenseReason;
  readonly orderNo: string | null;
}

/** The writes that keep money in suspense, and have it paid back where the channel can do that by itself. */
export function hold({ suspenseNo, payment, parts, why, orderNo }: Held): Action[] {
  const owner: SuspenseOwner = why === "unknown-order" ? "finance" : payment.tradeNo === null ? "counter" : "system";
  const { transactionNo, tradeNo, amount, carrier } = payment;
  const held = byArea(parts).filter((one) => one.amount > 0);
  const item: Suspense = {
    suspenseNo,
    payment: { transactionNo, tradeNo, amount, carrier },
    amount: plus(...held.map((one) => one.amount)),
    parts: held,
    why,
    orderNo,
    since: now(),
    on: today(),
    state: "held",
    owner,
    attempt: 1,
    failure: null,
  };
  const place = indexKey.suspense(held[0]!.poolingArea, item.since, suspenseNo);
  const Item = { ...key.suspense(suspenseNo), ...place, ...item };
  return [toPut(Item, isNew), ...(owner === "system" ? [toDo("suspense", suspenseNo, item.since)] : [])];
}

/** One part for each area: an entry that pays back is one of an area, however many lines it pays back. */
const byArea = (parts: readonly Suspended[]): Suspended[] =>
  [...new Set(parts.map(({ poolingArea }) => poolingArea))].map((poolingArea) => ({
    poolingArea,
    amount: plus(...parts.filter((one) => one.poolingArea === poolingArea).map(({ amount }) => amount)),
  }));

/** Money in suspense by its number, or a refusal. */
export const suspenseOf = (suspenseNo: string): Promise<Suspense> => mustBeAt(key.suspense(suspenseNo), Suspense);

/** What lies in suspense of an area and did not go back yet, the oldest first. */
export const suspenseIn = (poolingArea: string): Promise<Suspense[]> =>
  itemsIn(partition.suspense(poolingArea), Suspense, { of: "index" });

/** What the channel knows the paying back of a sum as. */
export const backNoOf = ({ suspenseNo, attempt }: Suspense): string => `S${suspenseNo}-${attempt}`;

interface Change {
  readonly owner?: SuspenseOwner;
  readonly failure?: PayBackFailure | null;
  readonly attempt?: number;
}

/** The write that lets an event happen to a sum that is still as it was read; null where it cannot. */
function moved(item: Suspense, event: SuspenseEvent, change: Change): Action | null {
  const state = after(suspenseStates, item.state, event);
  if (state === null) return null;
  const { owner = item.owner, failure = item.failure, attempt = item.attempt } = change;
  return toUpdate(
    key.suspense(item.suspenseNo),
    { set: { state, owner, failure, attempt }, ...(state === "returned" && { remove: ["gsi1pk", "gsi1sk"] }) },
    having({ state: item.state, attempt: item.attempt }),
  );
}

/** Lets it happen; false where somebody was faster, or it cannot. */
const move = (item: Suspense, event: SuspenseEvent, change: Change, others: readonly Action[]): Promise<boolean> =>
  decideAndWrite(async (attempt) => {
    const { state, attempt: under } = attempt === 1 ? item : await suspenseOf(item.suspenseNo);
    const action = state === item.state && under === item.attempt ? moved(item, event, change) : null;
    return { answer: action !== null, steps: action ? [action, ...others] : [] };
  });

/** The channel took the order to pay a sum back and has not done it yet. */
export const suspenseSent = (item: Suspense): Promise<boolean> => move(item, "sent", {}, []);

/** The channel will not pay a sum back by itself: the finance officers have to look at it. */
export const suspenseFailed = (item: Suspense, failure: PayBackFailure): Promise<boolean> =>
  move(item, "failed", { owner: "finance", failure }, [nothingToDo("suspense", item.suspenseNo)]);

/**
 * 再退一次 · the writes by which a sum is tried again. Where nothing moved the channel gets a new number; what is abnormal there
 * keeps its own, so that nothing is paid back twice, and is asked for once more.
 */
export function goingBack(item: Suspense): readonly Action[] {
  const todo = toDo("suspense", item.suspenseNo, now());
  const attempt = item.failure === "abnormal" ? item.attempt : item.attempt + 1;
  const again = moved(item, "again", { owner: "system", failure: null, attempt });
  if (again) return [again, todo];
  const waits = item.state === "held" && item.owner === "finance" && item.payment.tradeNo !== null;
  if (!waits) throw new Refusal("refund-not-possible");
  const waiting = having({ owner: "finance", state: "held" });
  return [toUpdate(key.suspense(item.suspenseNo), { set: { owner: "system" } }, waiting), todo];
}

/** 已退回 · a sum left the books again: its state, its order's lines, the entries and the outbox together, once. */
export const suspenseReturned = (suspenseNo: string): Promise<void> =>
  decideAndWrite(async () => {
    const item = await suspenseOf(suspenseNo);
    if (item.state === "returned") return { answer: undefined, steps: [] };
    const action = moved(item, "succeeded", { failure: null });
    if (action === null) return null;
    const order = item.orderNo === null ? null : await orderOf(item.orderNo);
    const on = today();
    const fields = { event: `RETURNED-${suspenseNo}`, on, reference: item.orderNo ?? item.payment.transactionNo };
    const entries = paidBackEntries(fields, "resident-basic.suspense", item.parts, item.payment.carrier);
    return {
      answer: undefined,
      steps: [
        action,
        ...(order ? [orderReturned(order)] : []),
        ...entries.map(putEntry),
        toOutbox(entries.map(({ poolingArea, lines }) => ({ kind: "posted" as const, poolingArea, on, lines }))),
        nothingToDo("suspense", suspenseNo),
      ],
    };
  });

/** The order of a sum that went back; with the last of them its suspended lines are told as returned. */
function orderReturned(order: Order): Action {
  const { holding = 0 } = order;
  const last = holding <= 1;
  const state = (last ? after(orderStates, order.state, "returned") : null) ?? order.state;
  const lines = order.lines.map((line) =>
    last && line.outcome === "suspended" ? { ...line, outcome: "returned" as const } : line,
  );
  return changedOrder(order, { set: { state, lines }, add: { holding: -1 } }, { holding });
}
