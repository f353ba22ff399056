import { CsvError, parse } from "csv-parse/sync";
import { isDay } from "../day.ts";
import { type Share, share } from "../money.ts";
import {
  type Class,
  classes,
  type Flag,
  fixedShare,
  flagNames,
  flags,
  type Item,
  isWithdrawn,
  type Kind,
  kindNames,
  kinds,
  type PriceCaps,
  price,
  priceLevelNames,
  priceLevels,
  type Version,
} from "./catalogue.ts";

/** 表头 · the columns of an import file, in any order; those that need not be there mean nothing where they are missing. */
export const columns = {
  code: "编码",
  name: "名称",
  kind: "类别",
  chargeType: "收费类别",
  from: "起始日",
  class: "等级",
  upfrontShare: "先行自付比例",
  all: "限价",
  primary: `${priceLevels.primary}限价`,
  secondary: `${priceLevels.secondary}限价`,
  tertiary: `${priceLevels.tertiary}限价`,
  limited: flags.limited,
  negotiated: flags.negotiated,
  child: flags.child,
  withdrawn: "调出",
} as const;
type Column = keyof typeof columns;
const columnNames = Object.keys(columns) as Column[];
const mustHave: readonly Column[] = ["code", "name", "kind", "from", "class"];

/** 导入行 · one code from one day on, with the row of the file that says so. */
export interface Row {
  readonly row: number;
  readonly item: Omit<Item, "versions" | "synthetic">;
  readonly version: Version;
}

/** What is wrong with a row, as a sentence for whoever made the file. */
export interface Fault {
  readonly row: number;
  readonly code: string;
  readonly sentence: string;
}

/** A row that cannot be read; `message` is the sentence. */
class Unreadable extends Error {}

/**
 * 读导入文件 · a header and one row for one code from one day. Every fault has its row; nothing else of that row is used.
 * `firstRow`: which row of the whole file the first one after the header is, where a file comes in parts.
 */
export function readImport(csv: string, firstRow = 2): { rows: Row[]; faults: Fault[] } {
  const records = cellsOf(csv);
  if (!Array.isArray(records)) return { rows: [], faults: [{ ...records, row: firstRow + records.row - 2 }] };
  const [header = [], ...body] = records;
  const wrong = wrongHeader(header);
  if (wrong) return { rows: [], faults: [{ row: 1, code: "", sentence: wrong }] };
  const places = Object.fromEntries(columnNames.map((name) => [name, header.indexOf(columns[name])]));
  const rows: Row[] = [];
  const faults: Fault[] = [];
  for (const [i, cells] of body.entries()) {
    if (cells.every((cell) => cell === "")) continue;
    const row = firstRow + i;
    const cell = (name: Column) => cells[places[name] ?? -1] ?? "";
    try {
      if (cells.length !== header.length) throw new Unreadable(`有${cells.length}列，表头有${header.length}列`);
      rows.push({ row, ...rowOf(cell) });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      faults.push({ row, code: cell("code").slice(0, 30), sentence: error.message });
    }
  }
  return { rows, faults };
}

/** The cells of each record, trimmed; or where the text stops being a table. */
function cellsOf(csv: string): string[][] | Fault {
  try {
    return parse(csv, { bom: true, relax_column_count: true, trim: true, max_record_size: 10_000 });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === "number" ? error.lines : 1;
    return { row: line, code: "", sentence: "从这一行起不是CSV表格：请看引号是否成对，内容是否过长" };
  }
}

function wrongHeader(header: readonly string[]): string | null {
  const known: readonly string[] = Object.values(columns);
  const strange = header.filter((one) => !known.includes(one));
  if (strange.length > 0) return `表头里有不认识的列“${strange.slice(0, 5).join("、").slice(0, 60)}”`;
  if (new Set(header).size < header.length) return "表头里有重复的列";
  const missing = mustHave.filter((name) => !header.includes(columns[name]));
  return missing.length > 0 ? `表头里缺少“${missing.map((name) => columns[name]).join("、")}”` : null;
}

function rowOf(cell: (name: Column) => string): Omit<Row, "row"> {
  const code = cell("code");
  if (!/^[A-Za-z0-9][A-Za-z0-9.+*_-]{0,29}$/.test(code)) throw new Unreadable("编码应为1至30位字母、数字或 . + * _ -");
  const name = cell("name");
  if (!/^[^\p{Cc}\p{Cs}\u2028\u2029]{1,200}$/u.test(name)) throw new Unreadable("名称应为1至200字，不能有换行");
  const kind = kindNames.find((one) => kinds[one] === cell("kind"));
  if (!kind) throw new Unreadable(`类别应为${kindNames.map((one) => kinds[one]).join("、")}之一`);
  const chargeType = cell("chargeType");
  if (!(kind === "disease" ? /^$/ : /^[A-Za-z0-9]{1,6}$/).test(chargeType)) {
    throw new Unreadable(kind === "disease" ? "病种没有收费类别，应留空" : "收费类别应为1至6位代码");
  }
  return { item: { code, name, kind, chargeType }, version: versionOf(kind, cell) };
}

function versionOf(kind: Kind, cell: (name: Column) => string): Version {
  const from = cell("from");
  if (!isDay(from)) throw new Unreadable("起始日应为存在的日期，如“2025-01-01”");
  const ticked = (name: Flag | "withdrawn"): boolean => {
    if (!["", "是", "否"].includes(cell(name))) throw new Unreadable(`${columns[name]}应为“是”、“否”或留空`);
    return cell(name) === "是";
  };
  const isOut = ticked("withdrawn");
  const set = flagNames.filter(ticked);
  const terms: readonly Column[] = ["class", "upfrontShare", "all", ...priceLevelNames];
  if (isOut || kind === "disease") {
    if (set.length > 0 || terms.some((name) => cell(name) !== "")) {
      throw new Unreadable(`${isOut ? "调出目录的行" : "病种"}没有等级、比例、限价和使用标志，应留空`);
    }
    return isOut
      ? { from, withdrawn: true }
      : { from, class: null, upfrontShare: share("0"), priceCaps: null, flags: [] };
  }
  const grade = (Object.keys(classes) as Class[]).find((one) => classes[one] === cell("class"));
  if (!grade) throw new Unreadable("等级应为甲类、乙类、丙类之一");
  return {
    from,
    class: grade,
    upfrontShare: shareOf(grade, cell("upfrontShare")),
    priceCaps: capsOf(cell),
    flags: set,
  };
}

function shareOf(grade: Class, written: string): Share {
  const fixed = fixedShare[grade];
  if (written === "" && fixed !== null) return fixed;
  if (!/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/.test(written)) throw new Unreadable("先行自付比例应为0到1的小数，如“0.1”");
  const own = share(written);
  if (fixed !== null && own !== fixed) throw new Unreadable(`${classes[grade]}没有先行自付比例，应留空`);
  return own;
}

function capsOf(cell: (name: Column) => string): PriceCaps | null {
  const given = (["all", ...priceLevelNames] as const).filter((name) => cell(name) !== "");
  if (given.length === 0) return null;
  if (given.includes("all") && given.length > 1) throw new Unreadable("“限价”和分等级的限价只能填一种");
  return Object.fromEntries(given.map((name) => [name, capOf(columns[name], cell(name))]));
}

function capOf(column: string, written: string): number {
  if (!/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/.test(written) || price(written) === 0) {
    throw new Unreadable(`${column}应为大于0的元，最多六位小数，如“12.50”`);
  }
  return price(written);
}

/** 结果 · what became of a row: a new code, a new version of a known one, nothing new, or a sentence why not. */
export type Outcome = { readonly row: number; readonly code: string } & (
  | { readonly became: "added" | "changed" | "same" }
  | { readonly became: "refused"; readonly sentence: string }
);

/**
 * 并入 · adds the versions that rows of one code bring to what is stored, in the order of the file. Nothing that is stored
 * changes: a row that says otherwise of a known day, or comes before the last one, is refused; a correction is a new day.
 */
export function merge(stored: Item | null, rows: readonly Row[]): { item: Item | null; outcomes: Outcome[] } {
  let item = stored;
  const outcomes = rows.map((row): Outcome => {
    const { row: at, version, item: named } = row;
    const told = { row: at, code: named.code };
    const known = item?.versions.find(({ from }) => from === version.from);
    const why = whyNot(item, row, known);
    if (why) return { ...told, became: "refused", sentence: why };
    if (known) return { ...told, became: "same" };
    const became = item ? "changed" : "added";
    item = { ...(item ?? named), versions: [...(item?.versions ?? []), version] };
    return { ...told, became };
  });
  return { item, outcomes };
}

function whyNot(item: Item | null, { item: named, version }: Row, known: Version | undefined): string | null {
  if (!item) return isWithdrawn(version) ? "目录里没有这个编码，不能调出" : null;
  if (item.name !== named.name || item.kind !== named.kind || item.chargeType !== named.chargeType) {
    return `这个编码已经是“${item.name.slice(0, 40)}”（${kinds[item.kind]}），名称、类别和收费类别不能改`;
  }
  if (known)
    return sameTerms(known, version) ? null : `${version.from}的规定已经有了，而且不一样；更正请另用一个起始日`;
  const last = item.versions.at(-1);
  if (last && version.from < last.from) return `起始日早于已有的${last.from}，不能倒着补`;
  return last && isWithdrawn(last) && isWithdrawn(version) ? `${last.from}起已经调出` : null;
}

function sameTerms(one: Version, other: Version): boolean {
  if (isWithdrawn(one) || isWithdrawn(other)) return isWithdrawn(one) && isWithdrawn(other);
  const cap = (caps: PriceCaps | null) =>
    (["all", ...priceLevelNames] as const).map((name) => caps?.[name] ?? "").join();
  return (
    one.class === other.class &&
    one.upfrontShare === other.upfrontShare &&
    cap(one.priceCaps) === cap(other.priceCaps) &&
    flagNames.every((flag) => one.flags.includes(flag) === other.flags.includes(flag))
  );
}

/** The rows of each code, in the order of the file. */
export function byCode(rows: readonly Row[]): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(row.item.code);
    if (own) own.push(row);
    else found.set(row.item.code, [row]);
  }
  return found;
}
