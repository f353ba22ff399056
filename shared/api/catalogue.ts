import * as z from "zod";
import {
  classNames,
  flagNames,
  type Item as ItemFacts,
  isWithdrawn,
  kindNames,
  type Listed as ListedFacts,
  price,
  priceText,
  type Version as VersionFacts,
} from "../catalogue/catalogue.ts";
import { CalendarDay } from "../edge.ts";
import { share, shareText } from "../money.ts";
import { endpoint } from "./endpoint.ts";

const ItemCode = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.+*_-]{0,29}$/);
/** A number of ours that sorts by time: milliseconds and some letters. */
const ImportNo = z.string().regex(/^\d{13}-[a-z0-9]{6}$/);

/** A price at the edge: yuan as text, two to six decimals. */
const Price = z.codec(z.string().regex(/^(0|[1-9]\d{0,8})\.\d{2,6}$/), z.int(), { decode: price, encode: priceText });
const Ratio = z.codec(z.string().regex(/^(0(\.\d{1,4})?|1)$/), z.custom<ReturnType<typeof share>>(), {
  decode: share,
  encode: shareText,
});

const Listed = z.strictObject({
  from: CalendarDay,
  /** Null for a disease. */
  class: z.enum(classNames).nullable(),
  upfrontShare: Ratio,
  /** By price level, or one for `all`; null where there is no cap. */
  priceCaps: z
    .strictObject({
      all: Price.optional(),
      primary: Price.optional(),
      secondary: Price.optional(),
      tertiary: Price.optional(),
    })
    .nullable(),
  flags: z.array(z.enum(flagNames)),
});
const Withdrawn = z.strictObject({ from: CalendarDay, withdrawn: z.literal(true) });

/** How an answer spells a version: what was withdrawn has nothing else to say. */
const Version = z.union([Withdrawn, Listed]);
const itemShape = { code: ItemCode, name: z.string(), kind: z.enum(kindNames), chargeType: z.string() };

/** What is listed, as an answer spells it; null stays null. */
export const listedReply = (version: ListedFacts | null): z.output<typeof Listed> | null =>
  version && { ...version, flags: [...version.flags], priceCaps: version.priceCaps && { ...version.priceCaps } };

/** A version as an answer spells it. */
export const versionReply = (version: VersionFacts): z.output<typeof Version> =>
  isWithdrawn(version) ? { from: version.from, withdrawn: true } : listedReply(version)!;

/** What an item is called, as an answer spells it. */
export const namedReply = ({ code, name, kind, chargeType }: ItemFacts) => ({ code, name, kind, chargeType });

const lookers = { audience: "officer", roles: ["claims", "providers", "catalogue"] } as const;
const keepers = { audience: "officer", roles: ["catalogue"] } as const;

const counts = { rows: z.int(), added: z.int(), changed: z.int(), same: z.int(), refused: z.int() };

export const endpoints = {
  "catalogue.search": endpoint({
    method: "GET",
    path: "/catalogue",
    title: "查医保目录",
    caller: lookers,
    access: { main: "read" },
    query: z.strictObject({
      q: z.string().trim().min(1).max(60),
      kind: z.enum(kindNames).optional(),
      on: CalendarDay.optional(),
    }),
    reply: z.strictObject({
      on: CalendarDay,
      items: z.array(
        z.strictObject({
          ...itemShape,
          /** Null where the item is not in the catalogue on that day. */
          version: Listed.nullable(),
        }),
      ),
      /** Were there more than are shown? */
      more: z.boolean(),
    }),
  }),
  "catalogue.imports": endpoint({
    method: "GET",
    path: "/catalogue/imports",
    title: "目录概况与导入记录",
    caller: lookers,
    access: { main: "read" },
    reply: z.strictObject({
      counts: z.strictObject({ drug: z.int(), service: z.int(), material: z.int(), disease: z.int() }),
      /** The newest first. */
      imports: z.array(
        z.strictObject({
          importNo: z.string(),
          fileName: z.string(),
          on: CalendarDay,
          by: z.string(),
          ...counts,
        }),
      ),
    }),
  }),
  "catalogue.import": endpoint({
    method: "POST",
    path: "/catalogue/imports",
    title: "导入目录",
    caller: keepers,
    access: { main: "write", audit: "append" },
    body: z.strictObject({
      /** The same for every part of a file. */
      importNo: ImportNo,
      fileName: z.string().trim().min(1).max(100),
      /** Which row of the whole file the first one after this part's header is. */
      firstRow: z.int().min(2).max(10_000_000),
      csv: z.string().min(1).max(90_000),
    }),
    reply: z.strictObject({
      ...counts,
      refusals: z.array(z.strictObject({ row: z.int(), code: z.string(), sentence: z.string() })),
    }),
  }),
  "catalogue.item": endpoint({
    method: "GET",
    path: "/catalogue/{code}",
    title: "目录项目的历次规定",
    caller: lookers,
    access: { main: "read" },
    params: z.strictObject({ code: ItemCode }),
    reply: z.strictObject({
      ...itemShape,
      synthetic: z.boolean(),
      /** The oldest first. */
      versions: z.array(Version),
    }),
  }),
};
