import type { Day } from "./day.ts";
import type { Account, Line } from "./ledger/entry.ts";
import type { Fact } from "./messages.ts";
import { minus, plus, type Yuan, zero } from "./money.ts";
import { unitPath } from "./org.ts";

/** 发生了什么 · facts that were written with the business they belong to, for everything that may happen a moment later. */
export type Happening =
  /** So many people came onto (or left) a village's register of who should be insured in a benefit year. */
  | {
      readonly kind: "registered";
      readonly benefitYear: number;
      readonly village: string;
      readonly people: number;
    }
  | {
      readonly kind: "enrolled";
      readonly benefitYear: number;
      readonly village: string;
      readonly on: Day;
      readonly amount: Yuan;
    }
  /** An enrolment that was counted is taken back: what it added on its day is subtracted on that day. */
  | {
      readonly kind: "unenrolled";
      readonly benefitYear: number;
      readonly village: string;
      readonly on: Day;
      readonly amount: Yuan;
    }
  /**
   * Something that a person is to be told of; no figure comes of it. With an `oldWay`, the telephone on record before it happened as
   * it was sealed, if any, it goes there whatever else is on record or switched off by then.
   */
  | {
      readonly kind: "told";
      readonly personNo: string;
      readonly on: Day;
      readonly fact: Fact;
      readonly oldWay?: string | null;
    }
  /** A claim was settled: it joins its provider's list of that day. */
  | {
      readonly kind: "claim";
      readonly claimNo: string;
      readonly personNo: string;
      readonly providerCode: string;
      readonly on: Day;
    }
  /** A filing of somebody of a village took effect for a destination. */
  | {
      readonly kind: "filed";
      readonly village: string;
      readonly destination: string;
      readonly group: keyof FiledTo;
    }
  | { readonly kind: "posted"; readonly poolingArea: string; readonly on: Day; readonly lines: readonly Line[] };

/** What is added to one figure. Additions commute, so order never matters; the consumer sees to it that each is made once. */
export type Addition =
  | {
      readonly to: "progress";
      readonly benefitYear: number;
      readonly unit: string;
      readonly figures: Figures;
    }
  | {
      readonly to: "day";
      readonly benefitYear: number;
      readonly unit: string;
      readonly on: Day;
      readonly figures: Figures;
    }
  | { readonly to: "filed"; readonly unit: string; readonly destination: string; readonly figures: FiledTo }
  | {
      readonly to: "balance";
      readonly poolingArea: string;
      readonly account: Account;
      readonly on: Day;
      readonly debit: Yuan;
      readonly credit: Yuan;
    };

/** 去哪里看病 · filings that took effect, by group. */
export interface FiledTo {
  readonly longTerm: number;
  readonly referral: number;
  readonly temporary: number;
}

/** 应参保, 已参保, 已缴费, 缴费金额. */
export interface Figures {
  readonly should: number;
  readonly enrolled: number;
  readonly paid: number;
  readonly amount: Yuan;
}
export const noFigures: Figures = { should: 0, enrolled: 0, paid: 0, amount: zero };

const sum = (a: Figures, b: Figures): Figures => ({
  should: a.should + b.should,
  enrolled: a.enrolled + b.enrolled,
  paid: a.paid + b.paid,
  amount: plus(a.amount, b.amount),
});

/** 归集 · what some happenings add to the figures of every unit above and to the accounts, one addition a figure. */
export function fold(happenings: Iterable<Happening>): Addition[] {
  const additions = new Map<string, Addition>();
  const count = (benefitYear: number, unit: string, figures: Figures, on: Day | null) => {
    const id = `${benefitYear}#${unit}#${on}`;
    const before = additions.get(id);
    const total = before?.to === "progress" || before?.to === "day" ? sum(before.figures, figures) : figures;
    additions.set(
      id,
      on === null
        ? { to: "progress", benefitYear, unit, figures: total }
        : { to: "day", benefitYear, unit, on, figures: total },
    );
  };
  for (const happening of happenings) {
    if (happening.kind === "told" || happening.kind === "claim") continue;
    if (happening.kind === "posted") {
      const { poolingArea, on } = happening;
      for (const { account, debit, credit } of happening.lines) {
        const id = `${poolingArea}#${account}#${on}`;
        const before = additions.get(id);
        const [d, c] = before?.to === "balance" ? [before.debit, before.credit] : [zero, zero];
        additions.set(id, {
          to: "balance",
          poolingArea,
          account,
          on,
          debit: plus(d, debit),
          credit: plus(c, credit),
        });
      }
      continue;
    }
    for (const unit of unitPath(happening.village)) {
      if (happening.kind === "filed") {
        const { destination, group } = happening;
        const id = `filed#${unit}#${destination}`;
        const before = additions.get(id);
        const figures = before?.to === "filed" ? before.figures : { longTerm: 0, referral: 0, temporary: 0 };
        additions.set(id, { to: "filed", unit, destination, figures: { ...figures, [group]: figures[group] + 1 } });
      } else if (happening.kind === "registered") {
        count(happening.benefitYear, unit, { ...noFigures, should: happening.people }, null);
      } else {
        const { benefitYear, amount, on } = happening;
        const back = happening.kind === "unenrolled";
        const one = back ? -1 : 1;
        const figures = {
          should: 0,
          enrolled: one,
          paid: amount > 0 ? one : 0,
          amount: back ? minus(zero, amount) : amount,
        };
        count(benefitYear, unit, figures, null);
        count(benefitYear, unit, figures, on);
      }
    }
  }
  return [...additions.values()];
}
