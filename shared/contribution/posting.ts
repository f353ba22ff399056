import type { Day } from "../day.ts";
import { credit, debit, type Entry, entry } from "../ledger/entry.ts";
import { plus, type Yuan } from "../money.ts";
import type { Payer } from "../policy/contribution.ts";

/** What one person's part of an order brings: what was paid for him, and what somebody else owes for him. */
export interface Part {
  readonly amount: Yuan;
  readonly subsidised: Yuan;
  readonly payer: Payer | null;
}

/**
 * 缴费入账 · the entry of an order: what the channel owes, what the subsidising funds owe, what is income, what lies in
 * suspense. The assistance fund books its own side; each fund balances by itself. Fiscal subsidies are booked when they
 * arrive, not here.
 */
export function contributionEntry(
  fields: { readonly entryNo: string; readonly on: Day; readonly reference: string },
  booked: readonly Part[],
  suspended: Yuan,
): Entry {
  const sum = (parts: readonly Part[], of: "amount" | "subsidised") => plus(...parts.map((part) => part[of]));
  const aided = sum(
    booked.filter((part) => part.payer === "medical-aid-fund"),
    "subsidised",
  );
  const financed = sum(
    booked.filter((part) => part.payer === "finance"),
    "subsidised",
  );
  const paid = sum(booked, "amount");
  return entry({ ...fields, event: "contribution" }, [
    debit("resident-basic.channel-receivable", plus(paid, suspended)),
    debit("resident-basic.aid-receivable", aided),
    debit("resident-basic.finance-receivable", financed),
    credit("resident-basic.contribution-income", paid),
    credit("resident-basic.subsidised-income", plus(aided, financed)),
    credit("resident-basic.suspense", suspended),
    debit("medical-aid.enrolment-expenditure", aided),
    credit("medical-aid.subsidy-payable", aided),
  ]);
}
