import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parse as parseJson } from "lossless-json";
import type { Tree } from "../../shared/gateway/field.ts";
import { type TransactionNo, transactions } from "../../shared/gateway/wire.ts";
import { Refusal } from "../../shared/refusal.ts";

const vectors = join(import.meta.dirname, "../vectors");
export const documented = parse(readFileSync(join(vectors, "wire-fields.csv"), "utf8"), { columns: true }) as Record<
  string,
  string
>[];
export const captured = parseJson(readFileSync(join(vectors, "wire-messages.json"), "utf8")) as {
  transaction: string;
  message?: Tree;
  answer: Tree;
}[];
export const served = Object.keys(transactions) as TransactionNo[];
export const messageOf = (no: string) => captured.find(({ transaction }) => transaction === no)!.message!;
export const answerOf = (no: string) => captured.find(({ transaction }) => transaction === no)!.answer;
export const inputOf = (no: string) => messageOf(no).input as Tree;

/** What is said when something is refused, or what was returned although it should have been. */
export function faultOf(act: () => unknown): string {
  try {
    return `no fault: ${JSON.stringify(act())}`;
  } catch (error) {
    if (error instanceof Refusal && error.code === "malformed") return error.detail ?? "";
    throw error;
  }
}

/** A captured input with one field of its first node set to something else. */
export function changed(no: string, field: string, value: unknown): Tree {
  const [[name, node], ...others] = Object.entries(inputOf(no)) as [[string, Tree | Tree[]], ...[string, unknown][]];
  const [first, ...rest] = [node].flat() as [Tree, ...Tree[]];
  const { [field]: _, ...without } = first;
  const made = value === undefined ? without : { ...without, [field]: value };
  return Object.fromEntries([[name, Array.isArray(node) ? [made, ...rest] : made], ...others]);
}
