import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod";
import type { Day } from "../day.ts";
import { CalendarDay, decoded } from "../edge.ts";
import { Refusal } from "../refusal.ts";
import { Address, Levels, OfficeTelephone, ProviderName, Services } from "./fields.ts";
import { hospitalLevels, importHeading, levelNames, type Ownership, ownerships, services } from "./provider.ts";

/** A provider whose agreement is in force already, as a row states it. */
const Row = z.strictObject({
  code: z.string().min(1).max(20),
  name: ProviderName,
  ownership: z.enum(Object.keys(ownerships) as [Ownership]),
  reformed: z.boolean(),
  levels: Levels,
  services: Services,
  address: Address,
  telephone: OfficeTelephone,
  from: CalendarDay,
  until: CalendarDay,
});
export type Row = z.output<typeof Row>;

/** One row of a file: its line, and what it states or why it cannot be read. */
type ReadRow = { readonly line: number } & ({ readonly row: Row } | { readonly refusal: Refusal });

const named = (words: Readonly<Record<string, string | { readonly name: string }>>) =>
  new Map(
    Object.entries(words)
      .sort()
      .map(([code, word]) => [typeof word === "string" ? word : word.name, code]),
  );
const [byOwnership, byHospitalLevel, byLevel, byService] = [ownerships, hospitalLevels, levelNames, services].map(
  named,
);
const yesNo = new Map<string, boolean>([
  ["是", true],
  ["否", false],
]);

/** The rows of a file, heading first, as comma-separated UTF-8 text; a file whose heading is another is refused whole. */
export function readRows(csv: string): ReadRow[] {
  const [heading, ...records] = recordsOf(csv);
  if (heading?.record.join() !== importHeading.join()) throw new Refusal("import-heading");
  return records.map(({ record, line }) => ({ line, ...read(record) }));
}

function recordsOf(csv: string): { record: string[]; line: number }[] {
  try {
    const found = parse(csv, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true, info: true });
    return (found as unknown as { record: string[]; info: { lines: number } }[]).map(({ record, info }) => ({
      record,
      line: info.lines,
    }));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new Refusal("malformed", { detail: `第${String(error.lines ?? "?")}行的引号不成对`, cause: error });
  }
}

function read(record: readonly string[]): { row: Row } | { refusal: Refusal } {
  const [code = "", name, ownership = "", reformed = "", real = "", price = "", deductible = ""] = record;
  const [opened = "", address, telephone, from, until] = record.slice(7);
  try {
    if (record.length !== importHeading.length) {
      throw new Refusal("malformed", { detail: `应有${importHeading.length}列，这一行有${record.length}列` });
    }
    return {
      row: decoded(Row, {
        code: code.toUpperCase(),
        name,
        ownership: word(byOwnership, ownership, "所有制"),
        reformed: word(yesNo, reformed, "参加公立医院改革"),
        levels: {
          real: word(byHospitalLevel, real, "医院等级"),
          price: word(byLevel, price, "限价等级"),
          deductible: word(byLevel, deductible, "起付线等级"),
        },
        services: opened
          .split(/[、;；]/)
          .map((one) => one.trim())
          .filter(Boolean)
          .map((one) => word(byService, one, "开通服务")),
        address,
        telephone,
        from,
        until,
      }),
    };
  } catch (error) {
    if (error instanceof Refusal) return { refusal: error };
    throw error;
  }
}

function word<T>(words: ReadonlyMap<string, T> | undefined, written: string, column: string): T {
  const found = words?.get(written);
  if (found === undefined) {
    throw new Refusal("malformed", { detail: `${column}应为${[...(words?.keys() ?? [])].join("、")}之一` });
  }
  return found;
}

/** What has to be true of a takeover on a day: the agreement runs already, and still does. */
export const runsOn = ({ from, until }: { readonly from: Day; readonly until: Day }, on: Day): boolean =>
  from <= on && on <= until;
