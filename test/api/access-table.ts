import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { EndpointName } from "../../shared/api/endpoints.ts";

/** A line of the table written by hand, by column. */
export type Row = Readonly<Record<string, string>>;

/** 关系 · what ties the object of a call to whoever calls. An endpoint names one; `strangers.test.ts` holds it to that. */
export const relations = {
  none: "nothing of anybody is in it",
  shown:
    "whoever shows what its owner alone has: a code, a token, a name with its number, a receipt with its check code",
  self: "the caller's own account or person; nobody else can be named",
  own: "the caller's own: an order, a refund, a tie of theirs",
  "own-or-ward": "the caller's own, or that of a dependant by an agreed tie",
  "own-ward-or-named": "the same, or of somebody whose name and number are given",
  within: "the officer's unit has the unit, or the village of the person or of the case",
  "own-unit": "what is of the officer's own unit; no other can be named",
  fund: "the officer's unit runs the fund of the area, or the account at the channel",
  register: "the officer's unit keeps the register of the provider's county",
  "either-side": "the officer's unit asks or is asked",
  "shown-or-treated": "the person's certificate was shown to the provider within the day, or they were treated there",
  signature: "the channel's signature",
} as const;
export type Relation = keyof typeof relations;

function readTable(text: string): Row[] {
  const [head = "", ...lines] = text.trim().split("\n");
  const names = head.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    // Few endpoints touch files: their column is left out of the other lines.
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

export const written = readTable(readFileSync(join(import.meta.dirname, "access.csv"), "utf8"));

const byName = new Map(written.map(({ name, relation }) => [name, relation as Relation]));
/** The relation that an endpoint asks for, as it was written by hand. */
export const relationOf = (name: EndpointName): Relation => byName.get(name)!;
