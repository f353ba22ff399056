import type * as z from "zod";
import type * as schema from "./trace-schema.ts";

/** 轨迹的文本形态 settlement-trace/v1 · what `settle` prints: amounts are yuan with two decimals, ratios 0–1, days text. */

type AmountsText = Record<string, string>;

/** A rule as the policy publishes it; `decided` where it stands in a step. */
export type RuleText = Readonly<z.infer<typeof schema.AskedRule>>;

/** A rule that decided no amount but which way was taken. */
export type RoutingRuleText = Readonly<z.infer<typeof schema.RoutingRule>>;

/** One step: its inputs by the names of earlier steps, in order; its result under its own name. */
export type StepText = Readonly<z.infer<typeof schema.Step>>;

/** One fee line as it was split. */
export type SplitText = Readonly<Omit<z.infer<typeof schema.Split>, "result">> & { readonly result: AmountsText };

/** What policies ask about a claim; conditions ask for facts by name. */
export type FactsText = Readonly<z.infer<typeof schema.Facts>> & { readonly [name: string]: unknown };

/** The first element of a trace. `identities`: those in force, in the order listed; the one taken is in `facts`. */
export type HeadingText = Readonly<Omit<z.infer<typeof schema.Heading>, "facts" | "identities">> & {
  readonly facts: FactsText;
  readonly identities: readonly string[];
};

/** An identity that was not taken, and how it would have settled. */
export type AlternativeText = Readonly<z.infer<typeof schema.Alternative>>;

type TraceText = readonly [HeadingText, ...(SplitText | StepText | AlternativeText)[]];

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
      readonly entries: readonly { from: string; value: unknown; standing: string; cite: string; note: string }[];
    }[]
  >;
}
