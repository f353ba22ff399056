import type { Operation, StepLayer } from "./trace.ts";

/** 轨迹的文本形态 settlement-trace/v1 · what `settle` prints: amounts are yuan with two decimals, ratios 0–1, days text. */

export type AmountsText = Record<string, string>;

/** A rule as the policy publishes it; `decided` where it stands in a step. */
export interface RuleText {
  readonly parameter: string;
  readonly value: unknown;
  readonly from: string;
  readonly cite: string;
  readonly standing: string;
  readonly note: string;
  readonly decided: boolean;
}

/** One step: its inputs by the names of earlier steps, in order; its result under its own name. */
export interface StepText {
  readonly layer: StepLayer;
  readonly op: Operation;
  readonly name: string;
  readonly inputs: AmountsText;
  readonly rules: readonly RuleText[];
  readonly result: string;
}

/** One fee line as it was split. */
export interface SplitText {
  readonly layer: "fees";
  readonly op: "split";
  readonly code: string;
  readonly class: "A" | "B" | "C";
  readonly price: string;
  readonly quantity: string;
  readonly priceCap: string | null;
  readonly upfrontShare: string;
  readonly result: AmountsText;
}

/** What policies ask about a claim. */
export interface FactsText {
  readonly careType: string;
  readonly age: number;
  readonly stay: number;
  readonly identity: string | null;
  readonly disease: string;
  readonly [name: string]: unknown;
}

/** The first element of a trace. `identities`: those in force, in the order listed; the one taken is in `facts`. */
export interface HeadingText {
  readonly version: string;
  readonly area: string;
  readonly scheme: string;
  readonly on: string;
  readonly facts: FactsText;
  readonly identities: readonly string[];
  readonly rules: readonly RuleText[];
}

/** An identity that was not taken, and how it would have settled. */
export interface AlternativeText {
  readonly alternative: string;
  readonly patientTotal: string;
  readonly steps: readonly StepText[];
}

export type TraceText = readonly [HeadingText, ...(SplitText | StepText | AlternativeText)[]];

/** A settled claim as the contract spells it. */
export interface SettledText extends Record<string, unknown> {
  readonly id: string;
  readonly otherLayers: readonly { readonly name: string; readonly amount: string }[];
  readonly assumed: boolean;
  readonly trace: TraceText;
}

/** A published policy, as far as a verifier needs it. */
export interface PublishedPolicy {
  readonly area: string;
  readonly parameters: Record<
    string,
    readonly {
      readonly name: string;
      readonly when: Record<string, unknown>;
      readonly entries: readonly { from: string; value: unknown; standing: string; cite: string }[];
    }[]
  >;
}
