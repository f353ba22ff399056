import type { Day } from "../day.ts";
import {
  least,
  minus,
  most,
  type Points,
  part,
  plus,
  portion,
  rounded,
  type Share,
  type Unrounded,
  whole,
  type Yuan,
  zero,
} from "../money.ts";
import { decide, type Named, type Parameter } from "../policy/parameters.ts";
import type { Rule } from "../policy/series.ts";
import { type Benefits, type NoLimit, noLimit, type Tiers } from "../policy/settlement.ts";
import type { Facts } from "../policy/table.ts";
import type { Claim, Year } from "./claim.ts";
import { marginal, raise } from "./tiers.ts";
import type { Asked, Input, Operation, Step, StepLayer } from "./trace.ts";

/** One claim on its way through the layers, under one identity. */
export interface Run {
  readonly claim: Claim;
  readonly facts: Facts;
  readonly on: Day;
  readonly benefits: Named<Benefits>;
  readonly year: Year;
  readonly steps: Step[];
  /** Every amount so far by its name; a step takes its inputs from here. */
  readonly known: Map<string, Yuan>;
  /** What the funds pay, by name, in the statutory order. */
  readonly funds: string[];
  layer: StepLayer;
  /** The name of the in-scope cost that the person still bears. */
  left: string;
}

export const ask = <T>({ facts, on }: Run, parameter: Parameter<T>): Rule<T> => decide(parameter, facts, on);

/** An amount by its name; 0 where no step gave it. */
export const amountOf = ({ known }: Run, name: string): Yuan => known.get(name) ?? zero;

/** A fact, or what the year already held; with a rule, what that rule does not cover. */
export function given(run: Run, name: string, amount: Yuan, rule?: Rule): Yuan {
  return record(run, "given", name, [], rule ? [{ rule, decided: false }] : none, amount);
}

export function less(run: Run, name: string, from: string, taken: readonly string[], asked = none): Yuan {
  const inputs: Input[] = [[from, amountOf(run, from)]];
  let result = inputs[0]![1];
  for (const name of taken) {
    const amount = amountOf(run, name);
    inputs.push([name, amount]);
    result = minus(result, amount);
  }
  return record(run, "less", name, inputs, asked, result);
}

export function sum(run: Run, name: string, names: readonly string[]): Yuan {
  const inputs = inputsOf(run, names);
  let result = zero;
  for (const [, amount] of inputs) result = plus(result, amount);
  return record(run, "sum", name, inputs, none, result);
}

/** The smaller of an amount and the rule's; the rule decides as soon as there is anything. */
export function smaller(run: Run, name: string, of: string, rule: Rule<Yuan>): Yuan {
  const inputs = inputsOf(run, [of]);
  const result = least(inputs[0]![1], rule.value);
  return record(run, "least", name, inputs, [{ rule, decided: result > 0 }], result);
}

export function shareOf(run: Run, name: string, of: string, rule: Rule<Share>): Yuan {
  const inputs = inputsOf(run, [of]);
  const result = portion(inputs[0]![1], rule.value);
  return record(run, "portion", name, inputs, [{ rule, decided: result > 0 }], result);
}

/** Marginal shares of an amount, each raised or cut by the points of a bonus. */
export function tiered(run: Run, name: string, of: string, tiers: Rule<Tiers>, bonus: Rule<Points>): Yuan {
  const inputs = inputsOf(run, [of]);
  const amount = inputs[0]![1];
  const asked = [
    { rule: tiers, decided: amount > 0 },
    { rule: bonus, decided: amount > 0 && bonus.value !== 0 },
  ];
  return record(run, "tiered", name, inputs, asked, rounded(marginal(raise(tiers.value, bonus.value), zero, amount)));
}

/** What the year's cumulative base earns more than before: fen(F(after)) − fen(F(before)), F marginal above a threshold. */
export function tieredOverYear(
  run: Run,
  name: string,
  [before, after]: readonly [string, string],
  tiers: Rule<Tiers>,
  threshold: Rule<Yuan>,
): Yuan {
  const inputs = inputsOf(run, [before, after]);
  const [from, to, start] = [inputs[0]![1], inputs[1]![1], threshold.value];
  const asked = [
    { rule: threshold, decided: least(to, start) > least(from, start) },
    { rule: tiers, decided: to > from && to > start },
  ];
  const result = minus(rounded(marginal(tiers.value, start, to)), rounded(marginal(tiers.value, start, from)));
  return record(run, "tiered", name, inputs, asked, result);
}

/** An amount within what is left of a limit. A limit decides where it binds; one that opens the layer, whenever it pays. */
export function within(
  run: Run,
  name: string,
  [of, used]: readonly [string, string],
  rule: Rule<Yuan | NoLimit>,
  decides: "where it binds" | "whenever it pays" = "where it binds",
): Yuan {
  const inputs = inputsOf(run, [of, used]);
  const [amount, before] = [inputs[0]![1], inputs[1]![1]];
  const result = rule.value === noLimit ? amount : least(amount, most(zero, minus(rule.value, before)));
  const decided = result < amount || (decides === "whenever it pays" && result > 0);
  return record(run, "within", name, inputs, [{ rule, decided }], result);
}

/** What of an amount lies above a share of another. */
export function above(run: Run, name: string, [of, whose]: readonly [string, string], rule: Rule<Share>): Yuan {
  const inputs = inputsOf(run, [of, whose]);
  const exact = part(inputs[0]![1], whole) - part(inputs[1]![1], rule.value);
  const result = rounded(Math.max(0, exact) as Unrounded);
  return record(run, "above", name, inputs, [{ rule, decided: result > 0 }], result);
}

/** A fund has paid what is known under a name: the person bears that much less. */
export function paid(run: Run, name: string): void {
  if (amountOf(run, name) > 0) run.funds.push(name);
  const next = borneAfter(name);
  less(run, next, run.left, [name]);
  run.left = next;
}

/** Names are few and the same each time, so each is put together once. */
const borneNames = new Map<string, string>();

function borneAfter(name: string): string {
  const known = borneNames.get(name);
  if (known) return known;
  const made = `borneAfter${name[0]!.toUpperCase()}${name.slice(1)}`;
  borneNames.set(name, made);
  return made;
}

const none: readonly Asked[] = [];

const inputsOf = (run: Run, names: readonly string[]): Input[] => names.map((name) => [name, amountOf(run, name)]);

function record(run: Run, op: Operation, name: string, inputs: Input[], asked: readonly Asked[], result: Yuan): Yuan {
  run.steps.push({ layer: run.layer, op, name, inputs, asked, result });
  run.known.set(name, result);
  return result;
}
