import type { Day } from "../day.ts";
import type { Machine } from "../machine.ts";
import { plus, type Yuan, zero } from "../money.ts";
import type { Fees } from "../settlement/claim.ts";
import { type FeeLine, splitLine } from "../settlement/scope.ts";

/** 就诊 · the states of an encounter. Out-patient care stays open, its batches are settled one by one; a stay is settled as a whole. */
export const encounterStates: Machine<EncounterState, EncounterEvent> = {
  open: {
    name: "在诊",
    on: { discharge: "discharged", cancel: "cancelled", "settle-part": "open", "reverse-part": "open" },
  },
  discharged: { name: "已出院", on: { readmit: "open", settle: "settled", "reverse-part": "discharged" } },
  settled: { name: "已结算", on: { reverse: "discharged" } },
  cancelled: { name: "已撤销", on: {} },
};
export type EncounterState = "open" | "discharged" | "settled" | "cancelled";
export type EncounterEvent = "discharge" | "readmit" | "cancel" | "settle" | "settle-part" | "reverse" | "reverse-part";
export const encounterStateNames = Object.keys(encounterStates) as [EncounterState, ...EncounterState[]];

/** 收费批次 · what the fee lines of one batch add up to. A generation ends when all its lines are taken back at once. */
export interface Batch extends Fees {
  readonly generation: number;
  readonly lines: number;
  /** The first and the last day of its lines. */
  readonly from: Day | null;
  readonly until: Day | null;
  /** The claim that settled it; its lines never change any more. */
  readonly claimNo: string | null;
}

export const newBatch = (generation: number): Batch => ({
  generation,
  lines: 0,
  total: zero,
  outsideCatalogue: zero,
  overPriceCap: zero,
  upfront: zero,
  from: null,
  until: null,
  claimNo: null,
});

/** A batch with the parts of some more lines, or without them (`sign` −1). */
export function batchWith(batch: Batch, parts: readonly { split: Fees; on: Day }[], sign: 1 | -1 = 1): Batch {
  const sum = (name: keyof Fees) => plus(batch[name], ...parts.map(({ split }) => (sign * split[name]) as Yuan));
  const days = parts.map((one) => one.on);
  const edge = (known: Day | null, pick: (a: Day, b: Day) => Day) =>
    days.reduce<Day | null>((best, on) => (best === null ? on : pick(best, on)), known);
  return {
    ...batch,
    lines: batch.lines + sign * parts.length,
    total: sum("total"),
    outsideCatalogue: sum("outsideCatalogue"),
    overPriceCap: sum("overPriceCap"),
    upfront: sum("upfront"),
    from: sign > 0 ? edge(batch.from, (a, b) => (a < b ? a : b)) : batch.from,
    until: sign > 0 ? edge(batch.until, (a, b) => (a > b ? a : b)) : batch.until,
  };
}

/**
 * 退费行 · the split of a returned quantity, negative: what the line is worth without it, less what it was worth before,
 * so that a line and its returns together split like one line of what is left, to the fen.
 */
export function splitReturn(line: FeeLine, returnedBefore: number, returned: number): Fees {
  const before = splitLine({ ...line, quantity: line.quantity - returnedBefore });
  const after = splitLine({ ...line, quantity: line.quantity - returnedBefore - returned });
  const less = (name: keyof Fees) => (after[name] - before[name]) as Yuan;
  return {
    total: less("total"),
    outsideCatalogue: less("outsideCatalogue"),
    overPriceCap: less("overPriceCap"),
    upfront: less("upfront"),
  };
}
