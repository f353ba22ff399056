import { orderStates } from "../../shared/contribution/order.ts";
import { paidBackEntries, refundEntry } from "../../shared/contribution/posting.ts";
import { mayRefund, type RefundReason } from "../../shared/contribution/refund.ts";
import type { PayBackFailure } from "../../shared/contribution/suspense.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { nothingToDo, toDo } from "../channel/todo.ts";
import { now, today } from "../clock.ts";
import { changedOrder } from "../contributions/store.ts";
import type { OfficerHand } from "../hand.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { newNo } from "../numbers.ts";
import { toOutbox } from "../outbox.ts";
import type { Action } from "../write.ts";
import { decideAndWrite, having, isNew, toPut, toRemove } from "../write.ts";
import {
  type Enrolled,
  enrolledBy,
  happened,
  newRefund,
  type Refund,
  refundOf,
  refundPut,
  stillEnrolledBy,
  unmark,
} from "./store.ts";

interface Wish {
  readonly orderNo: string;
  readonly line: number;
  readonly reason: RefundReason;
  readonly note: string;
}

/**
 * 申请、提出退费 · asks for one line of an order to be given back, once: the same wish again is answered with the same refund.
 * `allowed` refuses whoever may not ask for this order.
 */
export const ask = (wish: Wish, by: OfficerHand | null, allowed: (found: Enrolled) => void): Promise<Refund> =>
  decideAndWrite(async () => {
    const found = await enrolledBy(wish.orderNo, wish.line);
    allowed(found);
    const { order, line, enrolment } = found;
    if (!mayRefund(today(), line)) throw new Refusal("refund-too-late");
    if (enrolment.refundNo) {
      const standing = await refundOf(enrolment.refundNo);
      const same = standing.reason === wish.reason && standing.proposedBy?.no === by?.no;
      if (!same) throw new Refusal("refund-exists");
      return { steps: [], answer: standing };
    }
    const { name, benefitYear, village, poolingArea, amount, subsidised } = line;
    const refund: Refund = {
      refundNo: newNo(today()),
      ...wish,
      payerNo: order.payerNo,
      name,
      benefitYear,
      village,
      poolingArea,
      amount,
      subsidised,
      state: "requested",
      requestedOn: today(),
      requestedAt: now(),
      proposedBy: by,
      decision: null,
      payment: amount > 0 ? paymentOf(found) : null,
      attempt: 1,
      failure: null,
    };
    return { steps: newRefund(refund, found), answer: refund };
  });

function paymentOf({ order, line }: Enrolled) {
  const { paidBy } = order;
  if (!paidBy || paidBy.amount < line.amount) throw new Refusal("refund-not-possible");
  return paidBy;
}

/** 同意退费 · undoes the enrolment and the entries, and has the money paid back; nothing paid is nothing to pay back. */
export const approve = (refundNo: string, by: OfficerHand, reason: string): Promise<Refund> =>
  decideAndWrite(async () => {
    // The enrolment first: where it is gone or free already, the refund then says that somebody has decided.
    const found = await stillEnrolledBy(await refundOf(refundNo));
    const before = await refundOf(refundNo);
    mayDecide(before, by);
    const decision = { approve: true, on: today(), reason, by };
    const done = before.amount > 0 ? happened(before, "approve") : happened(before, "approve", "succeeded");
    if (!done) return alreadyDecided(before, true, by);
    if (found?.enrolment.refundNo !== refundNo) throw new Refusal("refund-not-possible");
    if (!mayRefund(today(), found.line)) throw new Refusal("refund-too-late");
    const refund = { ...done, decision, village: found.line.village };
    const byChannel = refund.payment !== null && refund.payment.tradeNo !== null;
    return {
      steps: [
        refundPut(before, refund),
        ...undone(found, refund),
        ...(byChannel ? [toDo("refund", refundNo, now())] : []),
      ],
      answer: refund,
    };
  });

/** The writes that take an enrolment back: itself, its trace, the order's line, the entries, the figures. */
function undone({ order, line, enrolment }: Enrolled, { refundNo, line: at, payment }: Refund): Action[] {
  const on = today();
  const { personNo, benefitYear } = enrolment;
  const { amount, village } = line;
  const lines = order.lines.map((one, i) => (i === at ? { ...one, outcome: "refunded" as const } : one));
  const all = lines.every((one) => one.outcome !== "enrolled");
  const state = (all ? after(orderStates, order.state, "refunded-all") : null) ?? order.state;
  const posted = refundEntry({ event: `REFUND-${refundNo}`, on, reference: order.orderNo }, line);
  return [
    toRemove(key.enrolment(personNo, benefitYear), having({ refundNo })),
    toPut({ ...key.refunded(personNo, benefitYear, refundNo), ...enrolment, refundedOn: on }, isNew),
    changedOrder(order, { set: { state, lines } }),
    ...(posted ? [putEntry(posted)] : []),
    toOutbox([
      { kind: "unenrolled", benefitYear, village, on: enrolment.enrolledOn, amount },
      {
        kind: "told",
        personNo,
        on,
        fact: { about: "refunded", refundNo, benefitYear, amount, cash: payment?.carrier === "cash" },
      },
      ...(posted ? [{ kind: "posted" as const, poolingArea: posted.poolingArea, on, lines: posted.lines }] : []),
    ]),
  ];
}

/** 受审分离 · whoever proposed does not decide. */
function mayDecide({ proposedBy }: Refund, { no }: OfficerHand): void {
  if (proposedBy?.no === no) throw new Refusal("own-proposal");
}

/** The same decision of the same officer again is answered; another one comes too late. */
function alreadyDecided(refund: Refund, approved: boolean, { no }: OfficerHand) {
  const { decision } = refund;
  if (decision?.approve !== approved || decision.by.no !== no) throw new Refusal("refund-decided");
  return { steps: [], answer: refund };
}

/** 不同意 · the enrolment stands, and may be asked back for anew. */
export const reject = (refundNo: string, by: OfficerHand, reason: string): Promise<Refund> =>
  decideAndWrite(async () => {
    const before = await refundOf(refundNo);
    mayDecide(before, by);
    const done = happened(before, "reject");
    if (!done) return alreadyDecided(before, false, by);
    const refund = { ...done, decision: { approve: false, on: today(), reason, by } };
    return { steps: [refundPut(before, refund), ...(await freed(before))], answer: refund };
  });

/** 撤回 · the payer changed his mind before anybody decided; again it changes nothing. */
export const withdraw = (refundNo: string): Promise<Refund> =>
  decideAndWrite(async () => {
    const before = await refundOf(refundNo);
    if (before.state === "withdrawn") return { steps: [], answer: before };
    const refund = happened(before, "withdraw");
    if (!refund) throw new Refusal("refund-decided");
    return { steps: [refundPut(before, refund), ...(await freed(before))], answer: refund };
  });

/** The mark on the enrolment is taken away where it still stands there. */
async function freed(refund: Refund): Promise<Action[]> {
  const found = await stillEnrolledBy(refund);
  return found?.enrolment.refundNo === refund.refundNo ? [unmark(found.enrolment, refund)] : [];
}

/** 退到了 · the money left: by the channel, or over the counter. Again it changes nothing. */
export const paidOut = (refundNo: string): Promise<Refund> =>
  decideAndWrite(async () => {
    const before = await refundOf(refundNo);
    if (before.state === "refunded") return { steps: [], answer: before };
    const done = happened(before, "succeeded");
    if (!done || !before.payment) throw new Refusal("refund-not-possible");
    const refund = { ...done, failure: null };
    const on = today();
    const fields = { event: `REFUNDED-${refundNo}`, on, reference: before.orderNo };
    const parts = [{ poolingArea: before.poolingArea, amount: before.amount }];
    const entries = paidBackEntries(fields, "resident-basic.refund-payable", parts, before.payment.carrier);
    return {
      steps: [
        refundPut(before, refund),
        ...entries.map(putEntry),
        toOutbox(entries.map(({ poolingArea, lines }) => ({ kind: "posted" as const, poolingArea, on, lines }))),
        nothingToDo("refund", refundNo),
      ],
      answer: refund,
    };
  });

/** The channel will not pay by itself. */
export const payingFailed = (refundNo: string, failure: PayBackFailure): Promise<Refund> =>
  decideAndWrite(async () => {
    const before = await refundOf(refundNo);
    const done = happened(before, "failed");
    if (!done) return { steps: [], answer: before };
    const refund = { ...done, failure };
    return { steps: [refundPut(before, refund), nothingToDo("refund", refundNo)], answer: refund };
  });

/** 再退一次 · under a new number where nothing moved, under the same one where the channel still has it. */
export const payAgain = (refundNo: string): Promise<Refund> =>
  decideAndWrite(async () => {
    const before = await refundOf(refundNo);
    const done = happened(before, "again");
    if (!done) throw new Refusal("refund-not-possible");
    const attempt = before.failure === "abnormal" ? before.attempt : before.attempt + 1;
    const refund = { ...done, attempt, failure: null };
    return { steps: [refundPut(before, refund), toDo("refund", refundNo, now())], answer: refund };
  });
