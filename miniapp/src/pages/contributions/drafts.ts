import type { Whom } from "../../api.ts";
import { draft, noRequest, type Request } from "../../drafts.ts";

/** What was answered about one person's contribution. */
export interface Wish {
  readonly benefitYear: number | null;
  readonly tier: number | null;
  readonly repairYears: number;
}

export const noWish: Wish = { benefitYear: null, tier: null, repairYears: 0 };

/** 缴费 · the answers about one person; `among`: they are one of several, to whose list the answers go. */
interface PaymentDraft extends Wish {
  readonly whom: Whom | null;
  readonly among: boolean;
}

export const payment = draft<PaymentDraft>("payment", { whom: null, among: false, ...noWish });

/** Somebody outside the family account, by name and identity number. */
export type Other = Extract<Whom, { who: "other" }>;

/** 一起缴费 · who was chosen (by `payeeKey`), who was added by name and number, and what was answered about each. */
export interface Payees {
  readonly chosen: readonly string[];
  readonly others: readonly Other[];
  readonly wishes: Readonly<Record<string, Wish>>;
}

/** 一起缴费 · the people of one order. */
export const payees = draft<Payees>("payees", { chosen: [], others: [], wishes: {} });

/** What a person goes by in `payees`. */
export function payeeKey(whom: Whom): string {
  if (whom.who === "self") return "self";
  return whom.who === "member" ? whom.tieNo : whom.identityNumber;
}

/** Keeps what was answered about one of several. */
export const keepWish = (whom: Whom, wish: Wish): void =>
  payees.change({ wishes: { ...payees.get().wishes, [payeeKey(whom)]: wish } });

/** 给谁缴费 · who is typed by name and number. */
export const payee = draft("payee", { name: "", identityNumber: "" });

/** One number for each distinct request for an order, so that a lost reply is answered with the same order. */
export const request = draft<Request>("request", noRequest);

/** 参保日历 · whose is looked at, and of which year. */
export const calendarOf = draft<{ readonly whom: Whom; readonly benefitYear: number | null }>("calendar", {
  whom: { who: "self" },
  benefitYear: null,
});
