import type { Node, Parts, Source } from "./field.ts";
import { codeQuery, codeQueryNo, transactions } from "./wire.ts";
import { answered, answerListed, request } from "./wire-envelope.ts";

/** 字段说明 · one field of one node of one transaction; the envelopes have no transaction and no node. */
export interface FieldLine {
  readonly transaction: string;
  readonly direction: "in" | "out";
  readonly node: string;
  readonly list: boolean;
  readonly field: string;
  readonly label: string;
  readonly type: string;
  readonly length: string;
  readonly coded: boolean;
  readonly required: boolean;
  readonly source: Source;
  /** Ours, or "" where the field is kept. */
  readonly name: string;
}

/** Every field that is read and written, in the order of the table. */
export function describeFields(): FieldLine[] {
  const envelopes = [
    ...linesOf("", "in", "", false, "documented", request),
    ...linesOf("", "out", "", false, "documented", answered),
    ...linesOf("", "out", "", false, "listed", answerListed),
  ];
  const nodes = Object.entries({ ...transactions, [codeQueryNo]: codeQuery }).flatMap(([no, { input, output }]) => [
    ...partLines(no, "in", input),
    ...partLines(no, "out", output),
  ]);
  return [...envelopes, ...nodes];
}

const partLines = (no: string, direction: "in" | "out", parts: Parts): FieldLine[] =>
  Object.entries(parts).flatMap(([national, { node, shape, source }]) =>
    linesOf(no, direction, national, shape !== "one", source, node),
  );

const linesOf = (
  transaction: string,
  direction: "in" | "out",
  national: string,
  list: boolean,
  source: Source,
  node: Node,
): FieldLine[] =>
  Object.entries(node).map(([field, { label, type, length, coded, required, name }]) => ({
    transaction,
    direction,
    node: national,
    list,
    field,
    label,
    type,
    length,
    coded,
    required,
    source,
    name,
  }));
