import { describe, expect, test } from "vitest";
import { clauses } from "../../shared/settlement/clauses.ts";
import { claimOf, claims } from "./settled.ts";

describe("the officer's table", () => {
  const fen = (amount: string) => Number(amount.replace(".", ""));
  const halfUp = (fenTimesHundredthsOfPercent: number) => Math.floor((fenTimesHundredthsOfPercent + 5_000) / 10_000);
  const difference = (written: string) => {
    const [a = "", ...others] = written.replace(/^\(|\)$/g, "").split(" − ");
    return others.reduce((left, one) => left - fen(one), fen(a));
  };
  /** "(120000.00 − 800.00) × 45% + …", not yet rounded. */
  const products = (written: string) =>
    written.split(" + ").reduce((sum, one) => {
      const [amount = "", share = ""] = one.split(" × ");
      return sum + difference(amount) * Math.round(Number(share.replace("%", "")) * 100);
    }, 0);
  /** What a formula of the table gives, in fen, worked out from its text. */
  function worked(formula: string): number {
    const [, after, before] = /^\[(.+)\] − \[(.+)\]（各自舍入到分）$/.exec(formula) ?? [];
    if (after && before) return halfUp(products(after)) - halfUp(products(before));
    const [, left = "", scope = "", share] = /^([\d.]+) − ([\d.]+) × (.+)，不低于0$/.exec(formula) ?? [];
    if (share) return Math.max(0, halfUp(fen(left) * 10_000 - products(`${scope} × ${share}`)));
    const [, a, b] = /^(.+) 与 (.+) 取小$/.exec(formula) ?? [];
    if (a && b) return Math.min(difference(a), Math.max(0, difference(b)));
    if (formula.includes(" ≤ 起付标准 ")) return 0;
    if (formula.includes("%")) return halfUp(products(formula));
    return formula
      .replace("（不设限额）", "")
      .split(" + ")
      .reduce((sum, one) => sum + difference(one), 0);
  }
  test("every formula, worked out from its text, gives the result beside it", () => {
    let count = 0;
    for (const { name, claim } of claims)
      for (const { formula, result, item } of clauses(claim)) {
        if (item.startsWith("明细") || !/^[[(\d]/.test(formula)) continue;
        count++;
        expect(formula).not.toContain("− 0.00");
        expect(worked(formula), `${name}: ${item} = ${formula}`).toBe(fen(result));
      }
    expect(count).toBeGreaterThan(5000);
  });
  test("a deductible, a share and a ceiling, with their clauses", () => {
    const table = clauses(claimOf("haiyuan-089")).map(({ item, formula, result, parameter, value, cite }) =>
      [item, formula, result, parameter, value, cite].join(" | "),
    );
    const cite = "宁夏医疗保险座谈会发言 海原";
    expect(table).toContain(
      `起付标准（实付） | 178477.79 与 700.00 取小 | 700.00 | 住院起付标准（三级） | 700.00 | ${cite}`,
    );
    expect(table).toContain(
      `按比例计算 | (178477.79 − 700.00) × 90% | 160000.01 | 住院支付比例（在职） | 90% | ${cite}`,
    );
    expect(table).toContain(`统筹基金支付 | 160000.01 与 60000.00 取小 | 60000.00 | 年度封顶线 | 60000.00 | ${cite}`);
  });
  test("what no document gives says so, and whether it decided", () => {
    const rows = clauses(claimOf("haiyuan-089")).filter(({ code }) => code.includes("largeExpense"));
    const [row] = rows;
    expect(rows).toHaveLength(1);
    expect(row).toMatchObject({
      standing: "假定",
      decided: true,
      cite: "",
      value: "100000.00",
      parameter: "职工大额年度限额",
    });
    expect(row?.note).toContain("读法未核对");
  });
  test("fee lines stand above the sums, with what is outside, over the cap and up front", () => {
    expect(
      clauses(claimOf("yantai-264"))
        .slice(0, 3)
        .map(({ item, formula, result }) => [item, formula, result]),
    ).toEqual([
      ["明细 a（甲类）", "80.000000 × 100.0000", "8000.00"],
      ["明细 b（乙类）", "10.000000 × 100.0000，超限价（8.000000）200.00，先行自付（10%）80.00", "1000.00"],
      ["明细 c（丙类）", "500.000000 × 1.0000，目录外500.00", "500.00"],
    ]);
  });
});
