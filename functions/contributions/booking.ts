import type * as z from "zod";
import { coverUntil } from "../../shared/contribution/cover.ts";
import { type OrderEvent, orderStates } from "../../shared/contribution/order.ts";
import { contributionEntries, type Suspended } from "../../shared/contribution/posting.ts";
import type { SuspenseReason } from "../../shared/contribution/suspense.ts";
import { type Day, dayInShanghai } from "../../shared/day.ts";
import { after } from "../../shared/machine.ts";
import { plus, zero } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { toOutbox } from "../outbox.ts";
import type { Enrolment } from "../people/enrolments.ts";
import { isAt } from "../read.ts";
import type { Paid } from "../stored.ts";
import { type Action, decideAndWrite, isNew, toPut } from "../write.ts";
import { asMerged, bookingOf } from "./newborns.ts";
import { type Collector, changedOrder, isOpen, type Line, moveOrder, type Order, orderOf } from "./store.ts";
import { hold } from "./suspense.ts";

/** Money that came for an order, and when. */
export type Payment = z.output<typeof Paid> & {
  readonly paidAt: number;
  /** The officer who took it, where it was cash. */
  readonly collector?: Collector;
};

/**
 * 入账 · books an order's money, or its enrolment without money where nothing is due: order, enrolments, entry, payment,
 * suspense and outbox in one transaction, or nothing. A person-year is enrolled once; money for one that stands already
 * goes to suspense. The same payment again changes nothing.
 */
export const bookOrder = (orderNo: string, payment: Payment | null): Promise<Order> =>
  decideAndWrite(async (attempt) => {
    const stored = await orderOf(orderNo);
    const order = attempt === 1 ? stored : await asMerged(stored);
    const fresh = isOpen(order);
    // The first attempt trusts that nothing stands in the way, and the conditions say otherwise; the next ones look.
    const trusting = fresh && attempt === 1;
    if (payment && !trusting && (await isRecorded(payment.transactionNo))) return { answer: order, steps: [] };
    if (!payment && !fresh) return { answer: order, steps: [] };
    const outcome = await outcomeOf(order, payment, trusting ? async () => false : isEnrolled);
    if (!payment && outcome.enrolled.length === 0) {
      await moveOrder(order, "close");
      throw new Refusal("already-enrolled");
    }
    return { answer: outcome.order, steps: booked(stored, outcome, payment) };
  });

/** Is a payment of this number in the books already? */
export const isRecorded = (transactionNo: string): Promise<boolean> => isAt(key.payment(transactionNo));

interface Outcome {
  readonly order: Order;
  readonly enrolled: readonly Line[];
  /** Why what was not booked lies in suspense. */
  readonly why: SuspenseReason;
}

/** What can become of an order now: who can still be enrolled, and which state that makes. */
async function outcomeOf(
  order: Order,
  payment: Payment | null,
  stands: (line: Line) => Promise<boolean>,
): Promise<Outcome> {
  const rightSum = (payment?.amount ?? zero) === order.total;
  if (!isOpen(order) || !rightSum) {
    const why = isOpen(order) ? "wrong-amount" : order.state === "closed" ? "order-closed" : "paid-again";
    const state = after(orderStates, order.state, "paid-for-none");
    if (state === null) return { order, enrolled: [], why };
    const lines = order.lines.map((line) => ({ ...line, outcome: "suspended" as const }));
    return { order: { ...order, state, lines }, enrolled: [], why };
  }
  const lines = await Promise.all(
    order.lines.map(async (line, i) => ({
      ...line,
      outcome:
        order.lines.findIndex((one) => samePersonYear(one, line)) < i || (await stands(line))
          ? ("suspended" as const)
          : ("enrolled" as const),
    })),
  );
  const enrolled = lines.filter((line) => line.outcome === "enrolled");
  const event: OrderEvent =
    enrolled.length === lines.length ? "paid-for-all" : enrolled.length > 0 ? "paid-for-some" : "paid-for-none";
  const state = after(orderStates, order.state, event)!;
  return { order: { ...order, state, lines }, enrolled, why: "enrolled-already" };
}

const samePersonYear = (a: Line, b: Line) => a.personNo === b.personNo && a.benefitYear === b.benefitYear;

const isEnrolled = ({ personNo, benefitYear }: Line): Promise<boolean> => isAt(key.enrolment(personNo, benefitYear));

function booked(before: Order, outcome: Outcome, payment: Payment | null): Action[] {
  const { order, enrolled, why } = outcome;
  const { orderNo } = order;
  const on = today();
  const suspended = suspendedOf(outcome, payment);
  const event = payment?.transactionNo ?? orderNo;
  const entries = contributionEntries({ event, on, reference: orderNo }, enrolled, suspended, payment?.carrier);
  const holding = payment !== null && plus(zero, ...suspended.map((one) => one.amount)) > 0;
  return [
    orderBooked(before, outcome, payment, holding),
    ...enrolled.map((line) => toPut(enrolmentItem(line, orderNo, on), isNew)),
    ...[...new Set(enrolled.filter((line) => line.temporary).map((line) => line.personNo))].map(bookingOf),
    ...(payment ? [paymentPut(payment, orderNo)] : []),
    ...(holding ? hold({ suspenseNo: payment.transactionNo, payment, parts: suspended, why, orderNo }) : []),
    ...entries.map(putEntry),
    toOutbox([
      ...enrolled.map((line) => ({
        kind: "enrolled" as const,
        benefitYear: line.benefitYear,
        village: line.village,
        on,
        amount: line.amount,
      })),
      ...enrolled.map(({ personNo, benefitYear, amount, coverFrom, waitingMonths }) => ({
        kind: "told" as const,
        personNo,
        on,
        fact: { about: "enrolled" as const, orderNo, benefitYear, amount, coverFrom, waitingMonths },
      })),
      ...entries.map(({ poolingArea, lines }) => ({ kind: "posted" as const, poolingArea, on, lines })),
    ]),
  ];
}

/** What of a payment was not booked; where nobody can be enrolled the whole sum lies with the area of the first line. */
function suspendedOf({ order, enrolled }: Outcome, payment: Payment | null): Suspended[] {
  if (enrolled.length === 0) return [{ poolingArea: order.lines[0]!.poolingArea, amount: payment?.amount ?? zero }];
  return order.lines.filter((line) => line.outcome === "suspended");
}

function orderBooked(before: Order, { order, enrolled }: Outcome, payment: Payment | null, holding: boolean): Action {
  const { state, lines } = order;
  const paidBy = payment !== null && enrolled.length > 0 ? { paidBy: paidOf(payment) } : {};
  return changedOrder(before, { set: { state, lines, ...paidBy }, ...(holding && { add: { holding: 1 } }) });
}

const paidOf = ({ transactionNo, tradeNo, amount, carrier }: Payment) => ({ transactionNo, tradeNo, amount, carrier });

/** The write that keeps a payment, once for each number of its carrier. */
export const paymentPut = (payment: Payment, orderNo: string | null): Action =>
  toPut(
    {
      ...key.payment(payment.transactionNo),
      ...(payment.tradeNo && indexKey.payment(dayInShanghai(payment.paidAt), payment.transactionNo)),
      orderNo,
      ...payment,
    },
    isNew,
  );

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
    ...indexKey.village(line.village, `ENROLMENT#${line.benefitYear}#${line.personNo}`),
    ...enrolment,
  };
}
