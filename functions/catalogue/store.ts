import * as z from "zod";
import { areas } from "../../shared/areas/areas.ts";
import {
  classNames,
  flagNames,
  type Item,
  kindNames,
  type Listed as ListedFacts,
  priceLevelNames,
  versionOn,
} from "../../shared/catalogue/catalogue.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import type { Share } from "../../shared/money.ts";
import { unitPath } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { key } from "../key.ts";
import { itemsAt } from "../read.ts";
import { remember } from "../remembered.ts";
import { isNew, toPut, write } from "../write.ts";

const Listed = z.object({
  from: CalendarDay,
  class: z.enum(classNames).nullable(),
  upfrontShare: z.int() as unknown as z.ZodType<Share>,
  priceCaps: z.partialRecord(z.enum(["all", ...priceLevelNames]), z.int()).nullable(),
  flags: z.array(z.enum(flagNames)),
});
const Withdrawn = z.object({ from: CalendarDay, withdrawn: z.literal(true) });

/** 目录项目 as it is stored, with all its versions. */
const Stored: z.ZodType<Item> = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(kindNames),
  chargeType: z.string(),
  versions: z.array(z.union([Withdrawn, Listed])),
  synthetic: z.literal(true).optional(),
});

/** 统筹区 · the pooling area whose catalogue holds for a unit. */
export function catalogueAreaOf(unit: string): string {
  const area = unitPath(unit).find((one) => areas.has(one));
  if (!area) throw new Refusal("unknown-area", { detail: unit });
  return area;
}

/** How an item lies in the table. */
export const itemItem = (poolingArea: string, item: Item) => ({ ...key.item(poolingArea, item.code), ...item });

/** The items of an area by their codes, as they lie; those that are not there are left out. */
export async function storedItems(poolingArea: string, codes: readonly string[]): Promise<Map<string, Item>> {
  const keys = [...new Set(codes)].map((code) => key.item(poolingArea, code));
  const items = (await itemsAt(keys, { consistent: false })).map((item) => Stored.parse(item));
  return new Map(items.map((item) => [item.code, item]));
}

interface Remembered {
  readonly item: Item;
  readonly until: number;
}
const remembered = new Map<string, Remembered>();
const mostRemembered = 20_000;
const rememberedFor = 5 * 60_000;
const nameIn = (poolingArea: string, code: string) => `${poolingArea}#${code}`;

/**
 * 当日目录 · what the catalogue says of some codes on a day; a code without a version on that day is left out. Read without
 * locking and kept in the process for five minutes: a version is announced before its first day, and none ever changes.
 */
export async function itemsOn(
  poolingArea: string,
  codes: readonly string[],
  on: Day,
): Promise<Map<string, { item: Item; version: ListedFacts }>> {
  const items = new Map<string, Item>();
  for (const code of codes) {
    const known = remembered.get(nameIn(poolingArea, code));
    if (known && known.until > now()) items.set(code, known.item);
  }
  const unknown = codes.filter((code) => !items.has(code));
  for (const [code, item] of await storedItems(poolingArea, unknown)) items.set(code, item);
  const listed = new Map<string, { item: Item; version: ListedFacts }>();
  for (const [code, item] of items) {
    keep(nameIn(poolingArea, code), item);
    const version = versionOn(item, on);
    if (version) listed.set(code, { item, version });
  }
  return listed;
}

/** Keeps an item with the time that it had. */
function keep(name: string, item: Item): void {
  const until = remembered.get(name)?.until ?? 0;
  remember(remembered, name, { item, until: until > now() ? until : now() + rememberedFor }, mostRemembered);
}

/** Writes an item whose versions grew; false where somebody else wrote it since `before` was read. */
export async function keepItem(poolingArea: string, item: Item, before: Item | undefined): Promise<boolean> {
  const asRead = before ? { text: "size(#versions) = ?", values: [before.versions.length] } : isNew;
  if (!(await write(toPut(itemItem(poolingArea, item), asRead)))) return false;
  remembered.delete(nameIn(poolingArea, item.code));
  return true;
}
