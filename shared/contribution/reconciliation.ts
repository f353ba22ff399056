import type { Day } from "../day.ts";
import type { Yuan } from "../money.ts";

/** 对账差异 · how the channel's bill and our books may disagree; each waits for somebody of the finance officers. */
export const differenceKinds = {
  "payment-amount": "金额与账单不符",
  "payment-not-in-bill": "账单里没有这笔收款",
  "refund-unknown": "账单里的退款我们没有发起过",
  "refund-amount": "退款金额与账单不符",
} as const;
type DifferenceKind = keyof typeof differenceKinds;
export const differenceKindNames = Object.keys(differenceKinds) as [DifferenceKind, ...DifferenceKind[]];

export interface Difference {
  readonly day: Day;
  readonly kind: DifferenceKind;
  /** The channel's number of the payment, or its own number of the refund. */
  readonly number: string;
  readonly tradeNo: string;
  /** Null where we, or the bill, have nothing of it. */
  readonly ours: Yuan | null;
  readonly theirs: Yuan | null;
}

export interface PaymentKept {
  readonly transactionNo: string;
  readonly tradeNo: string;
  readonly amount: Yuan;
}

/** 比对收款 · what of a day's payments only one side has, or has with another amount: to be booked, and to be looked at. */
export function matchPayments<Billed extends PaymentKept>(
  day: Day,
  billed: readonly Billed[],
  kept: readonly PaymentKept[],
): { readonly missing: Billed[]; readonly differences: Difference[] } {
  const ours = new Map(kept.map((one) => [one.transactionNo, one]));
  const theirs = new Set(billed.map((one) => one.transactionNo));
  return {
    missing: billed.filter((one) => !ours.has(one.transactionNo)),
    differences: [
      ...billed.flatMap(({ transactionNo, tradeNo, amount }): Difference[] => {
        const own = ours.get(transactionNo);
        if (!own || own.amount === amount) return [];
        return [{ day, kind: "payment-amount", number: transactionNo, tradeNo, ours: own.amount, theirs: amount }];
      }),
      ...kept
        .filter((one) => !theirs.has(one.transactionNo))
        .map(
          ({ transactionNo, tradeNo, amount }): Difference => ({
            day,
            kind: "payment-not-in-bill",
            number: transactionNo,
            tradeNo,
            ours: amount,
            theirs: null,
          }),
        ),
    ],
  };
}
