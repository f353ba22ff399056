import * as z from "zod";
import {
  type RefundEvent,
  refundReasonNames,
  refundStateNames,
  refundStates,
} from "../../shared/contribution/refund.ts";
import { payBackFailureNames } from "../../shared/contribution/suspense.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { type Line, type Order, orderOf } from "../contributions/store.ts";
import { OfficerHand } from "../hand.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { Enrolment } from "../people/enrolments.ts";
import { itemAt, itemsUnder, mustBeAt } from "../read.ts";
import { Fen, Paid } from "../stored.ts";
import { waitingIn } from "../worklist.ts";
import { type Action, having, isNew, toPut, toUpdate } from "../write.ts";

/** 退费 · one line of an order that is to be given back; its person may come to be another, so the order is asked who. */
export const Refund = z.object({
  refundNo: z.string(),
  orderNo: z.string(),
  line: z.int(),
  /** Whose order it is; null where a counter took the money. */
  payerNo: z.string().nullable().default(null),
  name: z.string(),
  benefitYear: z.int(),
  village: z.string(),
  poolingArea: z.string(),
  amount: Fen,
  subsidised: Fen,
  reason: z.enum(refundReasonNames),
  note: z.string(),
  state: z.enum(refundStateNames),
  requestedOn: CalendarDay,
  requestedAt: z.int(),
  /** The officer at whose instance; null where the payer asked. */
  proposedBy: OfficerHand.nullable(),
  decision: z.object({ approve: z.boolean(), on: CalendarDay, reason: z.string(), by: OfficerHand }).nullable(),
  /** The money that it goes back from; null where nothing was paid. */
  payment: Paid.nullable(),
  /** Goes up when the channel has to be asked under a new number. */
  attempt: z.int(),
  failure: z.enum(payBackFailureNames).nullable(),
});
export type Refund = z.output<typeof Refund>;

/** What the channel knows a refund as. */
export const refundBackNo = ({ refundNo, attempt }: Refund): string => `R${refundNo}-${attempt}`;

/** A refund by its number, or a refusal. */
export const refundOf = (refundNo: string): Promise<Refund> => mustBeAt(key.refund(refundNo), Refund);

/** The refunds of a person's orders, the newest first. */
export async function refundsOf(payerNo: string): Promise<Refund[]> {
  const Pointer = z.object({ refundNo: z.string() });
  const pointers = await itemsUnder(partition.person(payerNo), beginning.refund, Pointer);
  const found = await Promise.all(pointers.map(({ refundNo }) => refundOf(refundNo)));
  return found.sort((a, b) => b.requestedAt - a.requestedAt);
}

/** What waits in a unit to be decided, paid out or put right: village by village, the oldest first within one. */
export const openRefunds = (unit: string): Promise<Refund[]> => waitingIn("REFUNDS", unit, Refund);

/** Whose enrolment a line of an order is now, with the order as it was read. */
export interface Enrolled {
  readonly order: Order;
  readonly line: Line;
  readonly enrolment: Enrolment;
}

/** The enrolment behind a line of an order; a refusal where there is none any more. */
export async function enrolledBy(orderNo: string, at: number): Promise<Enrolled> {
  const order = await orderOf(orderNo);
  const line = order.lines[at];
  if (line?.outcome !== "enrolled") throw new Refusal("refund-not-possible");
  const enrolment = await itemAt(key.enrolment(line.personNo, line.benefitYear), Enrolment);
  if (enrolment?.orderNo !== orderNo) throw new Refusal("refund-not-possible");
  return { order, line, enrolment };
}

/** The same, or null. */
export async function stillEnrolledBy({ orderNo, line }: Refund): Promise<Enrolled | null> {
  try {
    return await enrolledBy(orderNo, line);
  } catch (error) {
    if (error instanceof Refusal && error.code === "refund-not-possible") return null;
    throw error;
  }
}

/** The writes of a new refund: it, its place with the payer, and the mark on the enrolment that keeps another one out. */
export function newRefund(refund: Refund, { enrolment }: Enrolled): Action[] {
  const { refundNo, payerNo, village, requestedOn } = refund;
  const { personNo, benefitYear, orderNo } = enrolment;
  const place = indexKey.open("REFUNDS", village, requestedOn, refundNo);
  const unmarked = having({ refundNo: undefined, orderNo });
  return [
    toUpdate(key.enrolment(personNo, benefitYear), { set: { refundNo } }, unmarked),
    toPut({ ...key.refund(refundNo), ...place, ...refund }, isNew),
    ...(payerNo === null ? [] : [toPut({ ...key.refundOf(payerNo, refundNo), refundNo }, isNew)]),
  ];
}

/** The write that lets an enrolment be asked back for anew. */
export const unmark = ({ personNo, benefitYear, orderNo }: Enrolment, { refundNo }: Refund): Action =>
  toUpdate(key.enrolment(personNo, benefitYear), { remove: ["refundNo"] }, having({ refundNo, orderNo }));

/** The refund after some events in a row, or null where they cannot happen to it. */
export function happened(refund: Refund, ...events: RefundEvent[]): Refund | null {
  const state = events.reduce<Refund["state"] | null>(
    (at, event) => at && after(refundStates, at, event),
    refund.state,
  );
  return state && { ...refund, state };
}

const closed: readonly Refund["state"][] = ["refunded", "rejected", "withdrawn"];

/** The write that makes a refund what it is now, from what it was read as. */
export function refundPut(before: Refund, refund: Refund): Action {
  const place = closed.includes(refund.state)
    ? {}
    : indexKey.open("REFUNDS", refund.village, refund.requestedOn, refund.refundNo);
  const { state, attempt } = before;
  return toPut({ ...key.refund(refund.refundNo), ...place, ...refund }, having({ state, attempt }));
}
