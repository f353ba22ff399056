import type { Day } from "../../shared/day.ts";
import type { WrittenParts } from "../../shared/gateway/field.ts";
import type { Input, TransactionNo, transactions } from "../../shared/gateway/wire.ts";
import type { Provider } from "../providers/store.ts";
import type { Step } from "../write.ts";

/** 一次调用 · what a transaction knows of the message that asks for it. */
export interface Call {
  readonly transaction: TransactionNo;
  readonly messageNo: string;
  readonly provider: Provider;
  /** 参保地 as the sender gave it, "" where it gave none. */
  readonly insuredArea: string;
  /** The business day, and the wall clock in milliseconds. */
  readonly on: Day;
  readonly at: number;
}

/** 报文的作用 · what a message did, for the one that takes it back. */
export type Effect =
  | { readonly kind: "none" }
  | { readonly kind: "opened"; readonly personNo: string; readonly encounterNo: string }
  | {
      readonly kind: "charged";
      readonly personNo: string;
      readonly encounterNo: string;
      readonly serials: readonly string[];
    }
  | { readonly kind: "discharged"; readonly personNo: string; readonly encounterNo: string }
  | { readonly kind: "settled"; readonly personNo: string; readonly encounterNo: string; readonly claimNo: string }
  | { readonly kind: "referred"; readonly personNo: string; readonly referralNo: string };

/** What a transaction comes to: its answer in our words, and what is written with it or not at all. */
export interface Outcome<T extends TransactionNo> {
  readonly output: WrittenParts<(typeof transactions)[T]["output"]>;
  /** Transactions before that one, of what counts for nothing until it is done: where one transaction cannot hold it all. */
  readonly ahead?: readonly (readonly Step[])[];
  readonly steps?: readonly Step[];
  readonly effect?: Effect;
}

/** 交易 · facts in, decision out; it writes nothing itself and may be asked again with newer facts. */
export type Transaction<T extends TransactionNo> = (call: Call, input: Input<T>) => Promise<Outcome<T>>;
