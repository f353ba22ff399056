import type { Day } from "../day.ts";
import { least, minus, most, type Yuan, zero } from "../money.ts";
import type { Rule } from "../policy/series.ts";
import { type Benefits, type NoLimit, noLimit } from "../policy/settlement.ts";
import { decide, type Facts, type Table } from "../policy/table.ts";
import type { Claim, Year } from "./claim.ts";
import type { Asked, Operation, Step, StepLayer } from "./trace.ts";

/** What every layer of one claim pays, in fen; what a layer does not pay is 0. */
export interface Paid {
  deductiblePaid: Yuan;
  pooled: Yuan;
  largeExpense: Yuan;
  criticalIllness: Yuan;
  specialDrug: Yuan;
  medicalAid: Yuan;
  furtherAid: Yuan;
  guarantee: Yuan;
  fixedBenefit: Yuan;
  otherLayers: { name: string; amount: Yuan }[];
}

/** One claim on its way through the layers, under one identity. */
export interface Run {
  readonly claim: Claim;
  readonly facts: Facts;
  readonly on: Day;
  readonly scheme: string;
  readonly benefits: Benefits;
  readonly year: Year;
  readonly total: Yuan;
  readonly inScope: Yuan;
  readonly paid: Paid;
  readonly steps: Step[];
  /** In-scope cost that the person still bears, and the name under which the trace knows it. */
  left: Yuan;
  leftName: string;
  /** The year after this claim, as far as it is known. */
  after: Year;
}

export const nameOf = (run: Run, parameter: string) => `benefits.${run.scheme}.${parameter}`;

export function ask<T>(run: Run, parameter: string, table: Table<T>): Rule<T> {
  return decide(nameOf(run, parameter), table, run.facts, run.on);
}

/** Records a step and gives its result. */
export function step(
  run: Run,
  layer: StepLayer,
  op: Operation,
  name: string,
  inputs: Step["inputs"],
  asked: readonly Asked[],
  result: Yuan,
): Yuan {
  run.steps.push({ layer, op, name, inputs, asked, result });
  return result;
}

/** What of the cost is left after a layer has paid, under a new name. */
export function bear(run: Run, layer: StepLayer, name: string, payment: readonly [string, Yuan]): void {
  const inputs = [[run.leftName, run.left], payment] as const;
  run.left = step(run, layer, "less", name, inputs, [], minus(run.left, payment[1]));
  run.leftName = name;
}

/** An amount within what is left of a limit. A limit decides where it binds; one that opens the layer, whenever it pays. */
export function within(
  run: Run,
  layer: StepLayer,
  name: string,
  amount: readonly [string, Yuan],
  used: readonly [string, Yuan],
  limit: Rule<Yuan | NoLimit>,
  decides: "where it binds" | "whenever it pays" = "where it binds",
): Yuan {
  step(run, layer, "given", used[0], [], [], used[1]);
  const left = limit.value === noLimit ? amount[1] : most(zero, minus(limit.value, used[1]));
  const result = least(amount[1], left);
  const decided = result < amount[1] || (decides === "whenever it pays" && result > 0);
  return step(run, layer, "within", name, [amount, used], [{ rule: limit, decided }], result);
}
