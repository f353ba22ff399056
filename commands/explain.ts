import { readFileSync } from "node:fs";
import { text as textOf } from "node:stream/consumers";
import { policyOf } from "../shared/areas/areas.ts";
import { type Day, dayShown } from "../shared/day.ts";
import { type ClauseRow, clauses } from "../shared/settlement/clauses.ts";
import { sentences } from "../shared/settlement/explain.ts";
import { settleLine } from "../shared/settlement/lines.ts";
import { fen, layerWord } from "../shared/settlement/reading.ts";
import type { SettledText, StepText } from "../shared/settlement/text.ts";

/**
 * npm run explain [-- case.json] [--json]: settles one case, from a file or standard input, and explains every claim:
 * sentences to be read aloud, who pays how much, and the steps with their clauses. `--json`: sentences and clauses as data.
 */
const usage = "用法：npm run -s explain < 案例.json，或 npm run -s explain -- 案例.json，加 --json 得到数据";

/** How many columns a text takes in a terminal: two for each wide character. */
const width = (shown: string) => [...shown].reduce((sum, one) => sum + (wide.test(one) ? 2 : 1), 0);
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const left = (shown: string, columns: number) => shown + " ".repeat(Math.max(0, columns - width(shown)));
const right = (shown: string, columns: number) => " ".repeat(Math.max(0, columns - width(shown))) + shown;

/** Rows under a heading, columns aligned; those named in `amounts` to the right. The last column is as long as it is. */
function table(heading: readonly string[], rows: readonly (readonly string[])[], amounts: readonly number[]): string[] {
  const widths = heading.map((_, i) => Math.max(...[heading, ...rows].map((row) => width(row[i] ?? ""))));
  const last = heading.length - 1;
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (amounts.includes(i) ? right : left)(cell, widths[i]!))
      .join("  ")
      .trimEnd();
  return [
    line(heading),
    widths.map((columns, i) => "─".repeat(i === last ? 20 : columns)).join("  "),
    ...rows.map(line),
  ];
}

/** Who pays what of the bill: a bar each. */
function bars({ trace }: SettledText): string[] {
  const named = (name: string) => trace.find((one): one is StepText => "name" in one && one.name === name);
  const total = fen(named("total")!.result);
  const payers = Object.entries(named("fundsTotal")!.inputs).map(
    ([name, amount]) => [layerWord(name), amount] as const,
  );
  const all = [...payers, ["您自己", named("patientTotal")!.result] as const];
  const names = Math.max(...all.map(([name]) => width(name)));
  const amounts = Math.max(...all.map(([, amount]) => amount.length));
  return all.map(([name, amount]) => {
    const part = total === 0 ? 0 : fen(amount) / total;
    const bar = fen(amount) > 0 ? "█".repeat(Math.round(part * 40)) || "▏" : "";
    return `${left(name, names)}  ${right(amount, amounts)}  ${right(`${(part * 100).toFixed(1)}%`, 6)}  ${bar}`.trimEnd();
  });
}

/** The steps with numbers that point to the clauses below them, each clause once. */
function steps(rows: readonly ClauseRow[]): string[] {
  const basis = new Map<string, { no: string; row: ClauseRow; decided: boolean }>();
  const numbered = rows.map((row) => {
    if (!row.code) return { row, no: "" };
    const known = basis.get(row.code) ?? { no: `[${basis.size + 1}]`, row, decided: false };
    basis.set(row.code, { ...known, decided: known.decided || row.decided });
    return { row, no: known.no };
  });
  const shown: string[][] = [];
  for (const { row, no } of numbered) {
    if (row.result) shown.push([row.layer, row.item, row.result, no, row.formula]);
    else if (row.formula === "" && row.item) shown.at(-1)![3] += no;
  }
  const clause = [...basis.values()].map(({ no, row, decided }) => [
    no,
    row.parameter,
    row.from,
    row.standing,
    decided ? "是" : "否",
    row.cite || "（没有文件）",
    [row.value, row.note].filter(Boolean).join("；"),
  ]);
  return [
    ...table(["层", "项目", "金额", "依据", "算式"], shown, [2]),
    "",
    ...table(["依据", "参数", "施行", "性质", "决定金额", "文件与条款", "值；说明"], clause, []),
  ];
}

const schemes = { resident: "城乡居民医保", employee: "职工医保", ncms: "新农合" } as const;

function show(claim: SettledText, i: number): string {
  const { area, scheme, on } = claim.trace[0];
  const { province, name } = policyOf(area);
  const heading = `第${i + 1}笔 ${claim.id} · ${province}${name} · ${schemes[scheme]} · ${dayShown(on as Day)}`;
  const said = sentences(claim).map((sentence) => `  ${sentence}`);
  return [`━━ ${heading} ━━`, "", ...said, "", ...bars(claim), "", ...steps(clauses(claim)), ""].join("\n");
}

/** What a person is told who asked for something that cannot be explained. */
class Told extends Error {}

/** The text of the case, or what to do where there is none. */
async function input(file: string | undefined): Promise<string> {
  if (file) {
    try {
      return readFileSync(file, "utf8");
    } catch {
      throw new Told(`读不到文件 ${file}。${usage}`);
    }
  }
  const written = process.stdin.isTTY ? "" : await textOf(process.stdin);
  if (written.trim() === "") throw new Told(`没有输入。${usage}`);
  return written;
}

/** Lines of cases, as the command `settle` reads them. */
function severalCases(written: string): boolean {
  const lines = written.trim().split("\n");
  try {
    return lines.length > 1 && lines.every((line) => JSON.parse(line) !== undefined);
  } catch {
    return false;
  }
}

async function explain(options: readonly string[]): Promise<string> {
  const unknown = options.find((one) => one.startsWith("--") && one !== "--json");
  if (unknown) throw new Told(`不认识的选项 ${unknown}。${usage}`);
  const written = (await input(options.find((one) => !one.startsWith("--")))).replace(/^\uFEFF/, "");
  const answer: { error?: { message: string }; claims?: SettledText[] } = JSON.parse(settleLine(written).line);
  if (answer.error) throw new Told(severalCases(written) ? "这里不止一个案例，一次只说明一个。" : answer.error.message);
  const claims = answer.claims ?? [];
  if (claims.length === 0) throw new Told("这个案例里没有就诊，没有可说明的。");
  if (!options.includes("--json")) return claims.map(show).join("\n");
  const data = claims.map((claim) => ({ id: claim.id, sentences: sentences(claim), clauses: clauses(claim) }));
  return `${JSON.stringify(data, null, 1)}\n`;
}

try {
  process.stdout.write(await explain(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof Told)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
