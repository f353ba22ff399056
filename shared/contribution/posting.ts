import type { Day } from "../day.ts";
import { type Account, credit, debit, type Entry, entry } from "../ledger/entry.ts";
import { plus, type Yuan, zero } from "../money.ts";
import type { Payer } from "../policy/contribution.ts";

/** What one enrolled person's part of an order brings the person's area: what was paid for them, and what somebody else owes. */
export interface Part {
  readonly poolingArea: string;
  readonly amount: Yuan;
  readonly subsidised: Yuan;
  readonly payer: Payer | null;
}

/** Money that could not be booked, and the area that holds it. */
export interface Suspended {
  readonly poolingArea: string;
  readonly amount: Yuan;
}

/** Who carries the money: its receivable account. */
const receivables = {
  wechat: "resident-basic.channel-receivable",
  cash: "resident-basic.counter-receivable",
} as const satisfies Record<string, Account>;
type Carrier = keyof typeof receivables;
export const carriers = Object.keys(receivables) as [Carrier, ...Carrier[]];

interface Event {
  readonly event: string;
  readonly on: Day;
  readonly reference: string;
}

/**
 * 缴费入账 · the entries of an order, one for each pooling area: what the channel owes, what the subsidising funds owe, what
 * is income, what lies in suspense. The assistance fund books its own side; each fund balances by itself. Fiscal
 * subsidies are booked when they arrive, not here. `event` makes the entries' numbers: one event posts once.
 */
export function contributionEntries(
  { event, on, reference }: Event,
  booked: readonly Part[],
  suspended: readonly Suspended[],
  carrier: Carrier = "wechat",
): Entry[] {
  const sum = <T extends Suspended>(some: readonly T[], of: (one: T) => Yuan) => plus(zero, ...some.map(of));
  const areas = new Set([...booked, ...suspended.filter(({ amount }) => amount > 0)].map((one) => one.poolingArea));
  return [...areas].map((poolingArea) => {
    const parts = booked.filter((part) => part.poolingArea === poolingArea);
    const owedBy = (payer: Payer) =>
      sum(
        parts.filter((part) => part.payer === payer),
        (part) => part.subsidised,
      );
    const [aided, financed] = [owedBy("medical-aid-fund"), owedBy("finance")];
    const paid = sum(parts, (part) => part.amount);
    const held = sum(
      suspended.filter((one) => one.poolingArea === poolingArea),
      (one) => one.amount,
    );
    return entry({ poolingArea, entryNo: `${event}-${poolingArea}`, on, event: "contribution", reference }, [
      debit(receivables[carrier], plus(paid, held)),
      debit("resident-basic.aid-receivable", aided),
      debit("resident-basic.finance-receivable", financed),
      credit("resident-basic.contribution-income", paid),
      credit("resident-basic.subsidised-income", plus(aided, financed)),
      credit("resident-basic.suspense", held),
      debit("medical-aid.enrolment-expenditure", aided),
      credit("medical-aid.subsidy-payable", aided),
    ]);
  });
}

/**
 * 重复缴费转暂收 · takes one enrolled person's part out of income again: what was paid waits in suspense to be refunded,
 * what others owe for it is no longer owed. Null where the part was of nothing.
 */
export function foundTwiceEntry(event: Event, part: Part): Entry | null {
  return takenOut(event, part, "found-twice", "resident-basic.suspense");
}

/** 退费冲销 · the same at somebody's wish: what was paid is owed back. Null where the part was of nothing. */
export const refundEntry = (event: Event, part: Part): Entry | null =>
  takenOut(event, part, "refund", "resident-basic.refund-payable");

function takenOut(
  { event: no, on, reference }: Event,
  { poolingArea, amount, subsidised, payer }: Part,
  event: string,
  owedBack: Account,
): Entry | null {
  const [aided, financed] = [payer === "medical-aid-fund" ? subsidised : zero, payer === "finance" ? subsidised : zero];
  if (plus(amount, aided, financed) === 0) return null;
  return entry({ poolingArea, entryNo: `${no}-${poolingArea}`, on, event, reference }, [
    debit("resident-basic.contribution-income", amount),
    debit("resident-basic.subsidised-income", plus(aided, financed)),
    credit(owedBack, amount),
    credit("resident-basic.aid-receivable", aided),
    credit("resident-basic.finance-receivable", financed),
    debit("medical-aid.subsidy-payable", aided),
    credit("medical-aid.enrolment-expenditure", aided),
  ]);
}

/** 退回 · money that lay in suspense, or was owed back, left by whoever carried it: one entry for each pooling area. */
export const paidBackEntries = (
  { event: no, on, reference }: Event,
  from: "resident-basic.suspense" | "resident-basic.refund-payable",
  parts: readonly Suspended[],
  carrier: Carrier,
): Entry[] =>
  parts
    .filter(({ amount }) => amount > 0)
    .map(({ poolingArea, amount }) =>
      entry({ poolingArea, entryNo: `${no}-${poolingArea}`, on, event: "paid-back", reference }, [
        debit(from, amount),
        credit(receivables[carrier], amount),
      ]),
    );
