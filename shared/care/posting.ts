import type { Day } from "../day.ts";
import { type Account, credit, debit, type Entry, entry, type Line } from "../ledger/entry.ts";
import { plus, type Yuan, zero } from "../money.ts";

/** What the layers paid of one claim. */
interface Paid {
  readonly pooled: Yuan;
  readonly largeExpense: Yuan;
  readonly criticalIllness: Yuan;
  readonly specialDrug: Yuan;
  readonly medicalAid: Yuan;
  readonly furtherAid: Yuan;
  readonly guarantee: Yuan;
  readonly fixedBenefit: Yuan;
  readonly otherLayers: readonly { readonly name: string; readonly amount: Yuan }[];
}

interface Event {
  readonly poolingArea: string;
  readonly event: string;
  readonly on: Day;
  readonly reference: string;
}

/**
 * 待遇支出 · which account bears what a layer paid. 特药 is part of 大病 (烟政办发〔2022〕25号 三(四)); who bears 兜底 no document
 * in hand says: the assistance fund, assumed.
 */
function borne(paid: Paid): [expenditure: Account, payable: Account, Yuan][] {
  const others = plus(zero, ...paid.otherLayers.map((one) => one.amount));
  return [
    [
      "resident-basic.benefit-expenditure",
      "resident-basic.provider-payable",
      plus(paid.pooled, paid.largeExpense, paid.fixedBenefit),
    ],
    [
      "critical-illness.benefit-expenditure",
      "critical-illness.provider-payable",
      plus(paid.criticalIllness, paid.specialDrug),
    ],
    ["supplementary.benefit-expenditure", "supplementary.provider-payable", others],
    [
      "medical-aid.aid-expenditure",
      "medical-aid.provider-payable",
      plus(paid.medicalAid, paid.furtherAid, paid.guarantee),
    ],
  ];
}

/** 结算入账 · what each fund spends on a claim and owes its provider; null where no fund pays anything. */
export const claimEntry = (event: Event, paid: Paid): Entry | null =>
  posted(
    event,
    "claim",
    borne(paid).flatMap(([spent, owed, amount]) => [debit(spent, amount), credit(owed, amount)]),
  );

/** 结算冲销 · the opposite entry of a claim that is reversed. */
export const reversalEntry = (event: Event, paid: Paid): Entry | null =>
  posted(
    event,
    "claim-reversal",
    borne(paid).flatMap(([spent, owed, amount]) => [debit(owed, amount), credit(spent, amount)]),
  );

function posted({ poolingArea, event: no, on, reference }: Event, event: string, lines: readonly Line[]): Entry | null {
  const some = lines.some((line) => line.debit > 0 || line.credit > 0);
  return some ? entry({ poolingArea, entryNo: `${no}-${poolingArea}`, on, event, reference }, lines) : null;
}
