import type { Day } from "../day.ts";
import { credit, debit, type Entry, entry } from "../ledger/entry.ts";
import { plus, type Yuan, zero } from "../money.ts";
import type { Payer } from "../policy/contribution.ts";

/** What one enrolled person's part of an order brings his area: what was paid for him, and what somebody else owes. */
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

/**
 * 缴费入账 · the entries of an order, one for each pooling area: what the channel owes, what the subsidising funds owe, what
 * is income, what lies in suspense. The assistance fund books its own side; each fund balances by itself. Fiscal
 * subsidies are booked when they arrive, not here. `event` makes the entries' numbers: one event posts once.
 */
export function contributionEntries(
  { event, on, reference }: { readonly event: string; readonly on: Day; readonly reference: string },
  booked: readonly Part[],
  suspended: readonly Suspended[],
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
      debit("resident-basic.channel-receivable", plus(paid, held)),
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
