import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { addNames, chunkLetters, nameItems } from "../../functions/catalogue/names.ts";
import { itemItem, storedItems } from "../../functions/catalogue/store.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { pause } from "../../functions/pause.ts";
import type { TableName } from "../../functions/tables.ts";
import { type Item, type Kind, kindNames } from "../../shared/catalogue/catalogue.ts";
import { lineOf } from "../../shared/catalogue/search.ts";
import { catalogueArea, catalogueItems, sizeFor } from "./catalogue.ts";

/** One item of the demonstration, with the table that it lies in. */
export interface TableItem {
  readonly table: TableName;
  readonly item: Record<string, unknown>;
}

/** One chunk of names that grows. */
interface Chunk {
  readonly kind: Kind;
  readonly no: number;
  readonly lines: string[];
  letters: number;
}

/** The catalogue of so many people is loaded with the county; a larger one's rest would hold the start up by half a minute. */
const atOnce = 5_000;

/** 演示目录 · the items that are loaded with the county, and the names that are searched, as the functions keep them. */
export async function* catalogueTable(people: number): AsyncGenerator<TableItem> {
  const chunks: Chunk[] = [];
  for (const item of catalogueItems(Math.min(people, atOnce))) {
    yield { table: "main", item: itemItem(catalogueArea, item) };
    const line = lineOf(item.code, item.name);
    let last = chunks.at(-1);
    if (last?.kind !== item.kind || last.letters + line.length > chunkLetters) {
      last = { kind: item.kind, no: last?.kind === item.kind ? last.no + 1 : 0, lines: [], letters: 0 };
      chunks.push(last);
    }
    last.lines.push(line);
    last.letters += line.length;
  }
  const texts = chunks.map(({ kind, no, lines }) => ({ kind, no, names: lines.length, text: lines.join("") }));
  for (const item of await nameItems(catalogueArea, texts)) yield { table: "main", item };
}

/** How many items are left to be loaded once the API is up. */
export const restOf = (people: number): number =>
  kindNames.reduce((sum, kind) => sum + sizeFor(people, kind) - sizeFor(Math.min(people, atOnce), kind), 0);

/** Items that are written before it is noted how far it went. */
const block = 5_000;

/** Writes the rest of the catalogue, from the item on that it had come to; what is there already stays as it is. */
export async function loadRest(
  people: number,
  done: number,
  onBlock: (items: number, of: number) => void,
): Promise<void> {
  const all = restOf(people);
  let come = 0;
  let items: Item[] = [];
  const seen: Record<Kind, number> = { drug: 0, service: 0, material: 0, disease: 0 };
  for (const item of all > done ? catalogueItems(people) : []) {
    seen[item.kind] += 1;
    if (seen[item.kind] <= sizeFor(Math.min(people, atOnce), item.kind)) continue;
    come += 1;
    if (come <= done) continue;
    items.push(item);
    if (come % block !== 0 && come !== all) continue;
    await loadBlock(items);
    items = [];
    onBlock(come, all);
  }
}

async function loadBlock(items: readonly Item[]): Promise<void> {
  const stored = await storedItems(
    catalogueArea,
    items.map(({ code }) => code),
  );
  const fresh = items.filter(({ code }) => !stored.has(code));
  for (const kind of kindNames) {
    const own = fresh.filter((one) => one.kind === kind);
    if (own.length > 0) await addNames(catalogueArea, kind, own);
  }
  // Few at a time: the database has one writer, and whoever uses the demonstration meanwhile must not wait behind many.
  for (let at = 0; at < fresh.length; at += 50) {
    await Promise.all([writeBatch(fresh.slice(at, at + 25)), writeBatch(fresh.slice(at + 25, at + 50))]);
  }
}

async function writeBatch(items: readonly Item[]): Promise<void> {
  const table = config.mainTable();
  let left = items.map((item) => ({ PutRequest: { Item: itemItem(catalogueArea, item) } }));
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt > 0) await pause(attempt);
    const { UnprocessedItems } = await db.send(new BatchWriteCommand({ RequestItems: { [table]: left } }));
    left = (UnprocessedItems?.[table] ?? []) as typeof left;
  }
}
