import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describeFields, type FieldLine } from "../shared/gateway/fields.ts";
import { codeQuery, transactions } from "../shared/gateway/wire.ts";

/** Transactions whose fields the same comments document, and that are not served. */
const unserved: readonly (readonly [no: string, name: string])[] = [
  ["1312", "医保目录信息查询"],
  ["2503 / 2504", "人员慢特病备案 / 撤销"],
  ["2505 / 2506", "人员定点备案 / 撤销"],
  ["3201", "医药机构费用结算对总账"],
  ["3202", "医药机构费用结算对明细账"],
  ["3203", "清算申请"],
  ["5301 / 5302", "人员慢特病备案查询 / 人员定点信息查询"],
  ["9101 / 9102", "文件上传 / 下载"],
];

const sources: Record<FieldLine["source"], string> = {
  documented: "documented",
  listed: "names listed, types ours",
  ours: "ours",
};

const row = (one: FieldLine) =>
  `| \`${one.field}\` | ${one.label} | ${[one.type, one.length].filter(Boolean).join(" ")} | ${one.required ? "Y" : ""} | ${one.name ? `\`${one.name}\`` : "kept"} |`;

const table = (lines: readonly FieldLine[]) => [
  "| field | 名称 | 类型 | 必填 | ours |",
  "| --- | --- | --- | --- | --- |",
  ...lines.map(row),
];

/** The lines of each node, in order. */
function byNode(lines: readonly FieldLine[]): FieldLine[][] {
  const groups = new Map<string, FieldLine[]>();
  for (const one of lines) {
    const where = `${one.direction} ${one.node}`;
    groups.set(where, [...(groups.get(where) ?? []), one]);
  }
  return [...groups.values()];
}

/** A node's table, or where the same table stands already. */
function nodeText(lines: readonly FieldLine[], seen: Map<string, string>): string[] {
  const { transaction, direction, node, list, source } = lines[0]!;
  const heading = `**${direction === "in" ? "input" : "output"}.${node}${list ? "[]" : ""}** · ${sources[source]}`;
  const text = table(lines);
  const same = seen.get(text.join("\n"));
  if (same) return ["", `${heading}: as ${same}`];
  seen.set(text.join("\n"), `${direction === "in" ? "input" : "output"}.${node} of ${transaction}`);
  return ["", heading, "", ...text];
}

const count = (lines: readonly FieldLine[], source: FieldLine["source"]) =>
  lines.filter((one) => one.source === source).length;

/** 字段覆盖表 · which fields of the national interface are read and written, and as what. */
export function fieldsDocument(): string {
  const all = describeFields();
  const seen = new Map<string, string>();
  const described = { ...transactions, "ec.query": codeQuery };
  const sections = (Object.keys(described) as (keyof typeof described)[]).sort().flatMap((no) => {
    const { name, output, note } = described[no] as { name: string; output: object; note?: string };
    const nodes = byNode(all.filter(({ transaction }) => transaction === no)).flatMap((lines) => nodeText(lines, seen));
    const empty = Object.keys(output).length === 0 ? ["", "**output** · nothing but the envelope"] : [];
    return ["", `## ${no} ${name}`, ...(note ? ["", note] : []), ...nodes, ...empty];
  });
  const envelope = (direction: "in" | "out") =>
    table(all.filter((one) => one.transaction === "" && one.direction === direction));
  return [
    "# Fields of the national interface",
    "",
    "Written by `npm run fields` from `gateway/wire.ts`; a test holds it to the table, and the table to what is documented.",
    "",
    "**Where it comes from.** The comments of an implementer's program (openhis 源码注释, ffa7e660), not the specification: confirm each field",
    `against the specification before going live. Of ${all.length} fields ${count(all, "documented")} are documented there, ${count(all, "listed")} are in lists of names without types, and ${count(all, "ours")}`,
    "are ours, because an answer has to have some.",
    "",
    "**How it is read.** A field with a name of ours is used; one that is `kept` is checked for type and length, carried along as it was and",
    "given back. Fields and nodes that no table knows are kept too, never an error. A required field that is missing or blank is refused, except",
    "the extension of 2204. Numbers may come as JSON numbers or as text, with or without zeros at the end; they are read by their digits, and",
    "written as JSON numbers with all their decimals. Every number is below 1e9; an amount is negative only in lines and answers that can be",
    "returned or taken back. Where one object is due a list of one is taken, and the other way round. The documented length of `input` and `output`",
    "(40000) is not held against a message: the size of a request is limited as everywhere. Code tables (字典) are configuration, not checked here.",
    "",
    "## Request",
    "",
    ...envelope("in"),
    "",
    "## Answer",
    "",
    ...envelope("out"),
    ...sections,
    "",
    "## Documented and not served",
    "",
    "The same comments, or lists of names, describe the fields of these. All other transactions of the interface are neither described there nor served.",
    "",
    ...unserved.map(([no, name]) => `- ${no} ${name}`),
    "",
  ].join("\n");
}

const path = join(import.meta.dirname, "..", "shared", "gateway", "FIELDS.md");
/** The document as it stands. */
export const fieldsWritten = (): string => readFileSync(path, "utf8");

if (process.argv[1] === import.meta.filename) writeFileSync(path, fieldsDocument());
