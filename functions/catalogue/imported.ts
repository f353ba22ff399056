import * as z from "zod";
import { type Item, type Kind, kindNames } from "../../shared/catalogue/catalogue.ts";
import { byCode, type Fault, merge, type Outcome, type Row } from "../../shared/catalogue/import.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { key, partition } from "../key.ts";
import { firstUnder, itemAt } from "../read.ts";
import { both, compared, decideAndWrite, either, having, isNew, toUpdate, write } from "../write.ts";
import { addNames } from "./names.ts";
import { keepItem, storedItems } from "./store.ts";

/** So many items are written at once. */
const hands = 24;

/**
 * 并入目录 · writes what rows bring, each code for itself, so that a part that broke off is finished by sending it again.
 * Names go first: one without its item is left out of what is found, an item without its name would never be found.
 */
export async function bringIn(poolingArea: string, rows: readonly Row[]): Promise<Outcome[]> {
  const groups = [...byCode(rows)];
  const stored = await storedItems(
    poolingArea,
    groups.map(([code]) => code),
  );
  const fresh = groups.flatMap(([code, own]) => (stored.has(code) ? [] : (merge(null, own).item ?? [])));
  for (const kind of kindNames) await addOfKind(poolingArea, kind, fresh);
  const outcomes: Outcome[] = [];
  const left = groups.values();
  const work = async () => {
    for (const [code, own] of left) outcomes.push(...(await bringInOne(poolingArea, code, own, stored.get(code))));
  };
  await Promise.all(Array.from({ length: hands }, work));
  return outcomes.sort((a, b) => a.row - b.row);
}

const addOfKind = async (poolingArea: string, kind: Kind, items: readonly Item[]) => {
  const own = items.filter((one) => one.kind === kind);
  if (own.length > 0) await addNames(poolingArea, kind, own);
};

const bringInOne = (
  poolingArea: string,
  code: string,
  rows: readonly Row[],
  stored: Item | undefined,
): Promise<Outcome[]> =>
  decideAndWrite(async (attempt) => {
    const before = attempt === 1 ? stored : (await storedItems(poolingArea, [code])).get(code);
    const { item, outcomes } = merge(before ?? null, rows);
    // One item by itself needs no transaction, which costs twice as much.
    const isKept = !item || item === before || (await keepItem(poolingArea, item, before));
    return isKept ? { answer: outcomes, steps: [] } : null;
  });

/** What became of a part: how many of each, and every row that was refused with its sentence. */
export function summed(outcomes: readonly Outcome[], faults: readonly Fault[]) {
  const count = (became: Outcome["became"]) => outcomes.filter((one) => one.became === became).length;
  const refusals = outcomes.flatMap((one) =>
    one.became === "refused" ? [{ row: one.row, code: one.code, sentence: one.sentence }] : [],
  );
  return {
    rows: outcomes.length + faults.length,
    added: count("added"),
    changed: count("changed"),
    same: count("same"),
    refused: refusals.length + faults.length,
    refusals: [...refusals, ...faults].sort((a, b) => a.row - b.row),
  };
}
type Sum = Omit<ReturnType<typeof summed>, "refusals">;

/** 导入记录 · one file that an officer imported: who, when, and what became of its rows so far. */
const Imported = z.object({
  sk: z.string(),
  fileName: z.string(),
  on: CalendarDay,
  officerNo: z.string(),
  by: z.string(),
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  same: z.int(),
  refused: z.int(),
});

const counted = ["rows", "added", "changed", "same", "refused"] as const;

/** Adds a part to the record of its file; a part that was recorded before is not counted again. */
export async function recordPart(
  poolingArea: string,
  officer: Officer,
  { importNo, fileName, firstRow, on }: { importNo: string; fileName: string; firstRow: number; on: Day },
  sum: Sum,
): Promise<void> {
  const { officerNo, name: by } = officer;
  const place = key.catalogueImport(poolingArea, importNo);
  const add = Object.fromEntries(counted.map((what) => [what, sum[what]]));
  const next = both(having({ officerNo }), compared("until", "<", firstRow));
  const change = { set: { fileName, officerNo, by, until: firstRow }, once: { on }, add };
  if (await write(toUpdate(place, change, either(isNew, next)))) return;
  const owner = await itemAt(place, z.object({ officerNo: z.string() }));
  if (owner?.officerNo !== officerNo) throw new Refusal("request-reused");
}

/** The last imports of an area, the newest first. */
export async function importsOf(poolingArea: string): Promise<z.output<typeof Imported>[]> {
  const newest = { partition: partition.catalogueImports(poolingArea), newestFirst: true, consistent: false };
  return (await firstUnder(newest, Imported, 20)).items;
}
