import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { caseOf, claimOf } from "./settled.ts";

describe("the command", () => {
  const root = join(import.meta.dirname, "../..");
  const run = (options: string[], input = "") =>
    spawnSync(process.execPath, ["--import", "tsx", "commands/explain.ts", ...options], {
      cwd: root,
      input,
      encoding: "utf8",
    });
  /** Columns of a terminal: Chinese characters and full-width signs take two. */
  const columns = (shown: string) =>
    [...shown].reduce((sum, one) => sum + (one > "\u2e7f" && one < "\uffff" ? 2 : 1), 0);
  const pretty = JSON.stringify(caseOf("yantai-007"), null, 2);

  test("explains a case of many lines: sentences, who pays how much, and the clauses, aligned", () => {
    const { stdout, stderr, status } = run([], `\uFEFF${pretty}\n`);
    expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("━━ 第1笔 c1 · 山东省烟台市 · 城乡居民医保 · 2023年3月9日 ━━");
    for (const which of [0, 1])
      for (const one of sentences(claimOf("yantai-007", which))) expect(lines).toContain(`  ${one}`);
    expect(lines).toContain("合计      个人负担               180.00          10000.00 − 9820.00");
    expect(lines).toContain(`大病保险  7000.00   70.0%  ${"█".repeat(28)}`);
    expect(lines).toContain(`您自己     180.00    1.8%  █`);
    const at = lines.lastIndexOf(lines.filter((line) => line.startsWith("层 ")).at(-1)!);
    const table = lines.slice(at, lines.indexOf("", at));
    const basis = columns(table[0]!.slice(0, table[0]!.indexOf("依据")));
    const marked = table.filter((line) => line.includes("["));
    expect(marked.length).toBeGreaterThan(5);
    for (const line of marked.filter((one) => /\s\[\d/.test(one)))
      if (/^\S+\s+\S+\s+[\d.]+\s+\[\d/.test(line)) expect(columns(line.slice(0, line.indexOf("["))), line).toBe(basis);
  });
  test("--json gives the same as data, of a file too, its byte order mark left aside", () => {
    const folder = mkdtempSync(join(tmpdir(), "explain-"));
    const file = join(folder, "case.json");
    writeFileSync(file, `\uFEFF${pretty}`);
    const { stdout } = run([file, "--json"]);
    rmSync(folder, { recursive: true, force: true });
    const wanted = [0, 1].map((which) => {
      const claim = claimOf("yantai-007", which);
      return { id: claim.id, sentences: sentences(claim), clauses: clauses(claim) };
    });
    expect(JSON.parse(stdout)).toEqual(wanted);
  });
  test.each([
    ["no input", [], "", "没有输入"],
    ["broken JSON", [], "{", "不是JSON"],
    ["a refused case", [], pretty.replaceAll("370600", "999999"), "不在系统中"],
    [
      "several cases",
      [],
      `${JSON.stringify(caseOf("yantai-001"))}\n${JSON.stringify(caseOf("yantai-002"))}\n`,
      "不止一个案例",
    ],
    ["a file that is not there", ["nowhere.json"], "", "读不到文件 nowhere.json"],
    ["an option that nobody knows", ["--html"], "", "不认识的选项 --html"],
  ])("%s: one sentence, exit status 1", (_, options, input, sentence) => {
    const { stdout, stderr, status } = run(options, input);
    expect({ stdout, status }).toEqual({ stdout: "", status: 1 });
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split("\n")).toHaveLength(1);
  });
});
