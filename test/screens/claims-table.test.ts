import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimsTable, tableName } from "../../miniapp/src/pages/claims/table.ts";
import { colourOf, fundsWords, ratioWords } from "../../miniapp/src/pages/claims/words.ts";

type Asked = Parameters<typeof claimsTable>[0];
const claim = (provider: string, patientTotal = "10.00"): Asked["claims"][number] => ({
  claimNo: "202520251120E123456789ABCDEF",
  on: "2025-11-18" as never,
  provider,
  careType: "inpatient",
  total: "100.00",
  fundsTotal: "90.00",
  patientTotal,
  pays: [{ layer: "pooled", name: "基本医保", amount: "90.00" }],
  state: "settled",
  assumed: false,
  disputed: false,
});
const sums: Asked["sums"] = {
  total: "100.00",
  inScope: "90.00",
  fundsTotal: "90.00",
  patientTotal: "10.00",
  pays: [
    { layer: "pooled", name: "基本医保", amount: "90.00" },
    { layer: "medicalAid", name: "医疗救助", amount: "5.00" },
  ],
};

/** Reads CSV as RFC 4180 says. */
function cellsOf(table: string): string[][] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of table.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

describe("the table of a year's claims", () => {
  test("a row a claim, a column a layer, amounts as text", () => {
    const [head, row] = cellsOf(claimsTable({ claims: [claim("福山区人民医院")], sums }));
    expect(head).toEqual([
      "日期",
      "医院",
      "类别",
      "总费用",
      "基本医保",
      "医疗救助",
      "医保和救助一共付",
      "自己付",
      "状态",
      "结算编号",
    ]);
    expect(row?.slice(0, 9)).toEqual([
      "2025-11-18",
      "福山区人民医院",
      "住院",
      "100.00",
      "90.00",
      "0.00",
      "90.00",
      "10.00",
      "已结算",
    ]);
    expect(row?.[9]).toBe("2025 2025 1120 E123 4567 89AB CDEF");
  });

  test("no cell is a formula to a spreadsheet, and what a hospital calls itself stays in its cell", () => {
    const nasty = fc.oneof(
      fc.constantFrom("=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", 'a","b', "two\r\nlines"),
      fc.string({ maxLength: 20 }),
    );
    fc.assert(
      fc.property(nasty, (name) => {
        const rows = cellsOf(claimsTable({ claims: [claim(name)], sums }));
        expect(rows).toHaveLength(2);
        const [, provider] = rows[1]!;
        expect(provider).not.toMatch(/^[=+\-@\t\r]/);
        expect(provider!.replace(/^'/, "")).toBe(name.replace(/^'/, ""));
        expect(rows[1]).toHaveLength(10);
      }),
      { numRuns: 1_000 },
    );
  });

  test("the file's name says the year, and hides a part of the person's", () => {
    expect(tableName({ name: "王秀英", year: 2025 })).toBe("2025年医保费用-王某英.csv");
  });
});

describe("who paid, in words", () => {
  test("both ratios in one sentence, why they differ in another; nothing of nothing", () => {
    expect(ratioWords({ real: null, inScope: null }, "医保")).toEqual([]);
    const [one, why] = ratioWords({ real: "0.635", inScope: "0.7411" }, "医保");
    expect(one).toBe(
      "整张账单每100元，医保付了63.5元（实际报销比例63.5%）；只看医保能报的那部分，每100元付了74.11元（政策范围内报销比例74.11%）。",
    );
    expect(why).toContain("两个数不一样");
    expect(ratioWords({ real: "0.7", inScope: "0.7" }, "医保")).toHaveLength(1);
    expect(ratioWords({ real: "0", inScope: null }, "医保")).toEqual([
      "整张账单每100元，医保付了0元（实际报销比例0%）。",
    ]);
  });
  test("assistance is named where it paid, and no two layers look alike", () => {
    expect(fundsWords(sums)).toBe("医保和救助");
    expect(fundsWords({ pays: sums.pays.slice(0, 1) })).toBe("医保");
    const layers = [
      "pooled",
      "criticalIllness",
      "specialDrug",
      "supplementary",
      "medicalAid",
      "furtherAid",
      "guarantee",
      "own",
    ];
    expect(new Set(layers.map(colourOf)).size).toBe(layers.length);
  });
});
