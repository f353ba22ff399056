import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { config } from "../functions/config.ts";
import { db } from "../functions/db.ts";
import { having, toUpdate, write } from "../functions/write.ts";
import { maskNumber } from "../shared/person.ts";

type Item = Record<string, unknown>;

/** Where a mask was kept beside what is sealed: it is made anew when it is shown. */
const gone = new Set(["identityNumberMasked", "telephoneMasked", "birthCertificateMasked"]);

/** 370611********1234, 138****5678, Q3****2030, *****5678 · what masks looked like; names hide theirs behind one star. */
const longMask = /^[0-9A-Z]{0,6}\*{4,}[0-9A-Z]{3,4}$/;

/** A value without masks that tell too much: of identity numbers and cards none stays, of telephones the last two digits. */
function unmasked(value: unknown): unknown {
  if (typeof value === "string") return longMask.test(value) ? maskNumber(value) : value;
  if (Array.isArray(value)) return value.map(unmasked);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (isGone(name, inner) ? [] : [[name, unmasked(inner)]])),
  );
}

const isGone = (name: string, value: unknown) =>
  gone.has(name) ||
  ((name === "identityNumber" || name === "masked") && typeof value === "string" && value.includes("*"));

/** What of an item changes, and what it was; null where nothing does. */
function changeOf(item: Item): { set: Item; remove: string[]; was: Item } | null {
  const after = unmasked(item) as Item;
  const differs = Object.keys(item).filter((name) => JSON.stringify(item[name]) !== JSON.stringify(after[name]));
  if (differs.length === 0) return null;
  const of = (from: Item, names: string[]) => Object.fromEntries(names.map((name) => [name, from[name]]));
  const set = differs.filter((name) => name in after);
  return { set: of(after, set), remove: differs.filter((name) => !(name in after)), was: of(item, differs) };
}

/**
 * 去掉存着的掩码 · takes the masks of identity numbers, telephones, cards and certificates out of the main table, once, by an
 * operator with rights that no function has. It may be stopped and run again; whoever writes an item meanwhile wins, and the
 * next run sees theirs. Gives how many items it changed.
 */
export async function unmaskAll(): Promise<number> {
  let changed = 0;
  for await (const { Items = [] } of paginateScan({ client: db }, { TableName: config.mainTable() })) {
    for (const item of Items) {
      const change = changeOf(item);
      if (!change) continue;
      const { set, remove, was } = change;
      const at = { pk: String(item.pk), sk: String(item.sk) };
      if (await write(toUpdate(at, { set, remove }, having(was)))) changed += 1;
    }
  }
  return changed;
}

if (import.meta.filename === process.argv[1]) console.info(`${await unmaskAll()} items changed`);
