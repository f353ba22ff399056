import { maskName } from "../../../../shared/person.ts";
import { careWords } from "../../../../shared/settlement/reading.ts";
import type { Claims } from "../../api.ts";
import { inFours } from "../receipts/words.ts";

/** A cell that a spreadsheet would take for a formula begins with an apostrophe; quotes and commas stay inside it. */
function cell(words: string): string {
  const harmless = /^[=+\-@\t\r]/.test(words) ? `'${words}` : words;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

const states = { settled: "已结算", reversed: "已撤销" } as const;

/** 费用表 · a year's claims as CSV that spreadsheets open, the newest first; amounts are text with two decimals. */
export function claimsTable({ claims, sums }: Pick<Claims, "claims" | "sums">): string {
  const layers = [...new Set([...sums.pays, ...claims.flatMap(({ pays }) => pays)].map(({ name }) => name))];
  const rows = claims.map((one) => [
    one.on,
    one.provider,
    careWords[one.careType] ?? "",
    one.total,
    ...layers.map((name) => one.pays.find((pay) => pay.name === name)?.amount ?? "0.00"),
    one.fundsTotal,
    one.patientTotal,
    states[one.state],
    // In fours: a spreadsheet would take digits with an E among them for a number.
    inFours(one.claimNo),
  ]);
  const head = ["日期", "医院", "类别", "总费用", ...layers, "医保和救助一共付", "自己付", "状态", "结算编号"];
  return [head, ...rows].map((row) => row.map(cell).join(",")).join("\r\n");
}

/** What the file is called; browsers take no asterisk in a name. */
export const tableName = ({ name, year }: Pick<Claims, "name" | "year">): string =>
  `${year}年医保费用-${maskName(name).replaceAll("*", "某")}.csv`;
