import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { catalogueItems, fullSize } from "../../local/county/catalogue.ts";
import { capAt, feeLineOf, type Item, price, priceText, versionOn } from "../../shared/catalogue/catalogue.ts";
import { byCode, columns, merge, readImport } from "../../shared/catalogue/import.ts";
import { largestPart, partsOf } from "../../shared/catalogue/parts.ts";
import { lineOf, search } from "../../shared/catalogue/search.ts";
import { day } from "../../shared/day.ts";
import { text } from "../../shared/money.ts";
import { splitLine } from "../../shared/settlement/scope.ts";

const header = Object.values(columns).join(",");
const file = (...rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;
const drug = (code: string, from: string, terms: string, name = `${code}片`) =>
  `${code},${name},药品,09,${from},${terms}`;
const [plain, dearer, out] = ["乙类,0.1,12.5,,,,,,,", "乙类,0.2,13,,,,,,,", ",,,,,,,,,是"];

/** The item that a file of one code makes. */
function itemOf(...rows: readonly string[]): Item {
  const { rows: read, faults } = readImport(file(...rows));
  expect(faults).toEqual([]);
  return merge(null, read).item!;
}
const became = (stored: Item | null, ...rows: readonly string[]) =>
  merge(stored, readImport(file(...rows)).rows).outcomes.map((one) =>
    one.became === "refused" ? one.sentence : one.became,
  );

describe("the version of a day", () => {
  const rows = JSON.parse(readFileSync(join(import.meta.dirname, "../vectors/catalogue.json"), "utf8"));
  const item = itemOf(
    drug("X1", "2023-01-01", plain),
    drug("X1", "2025-01-01", dearer),
    drug("X1", "2025-07-01", out),
    drug("X1", "2026-01-01", "甲类,,,,,,,,,"),
  );
  test.each(rows as { name: string; on: string; version: string | null }[])("$name", ({ on, version }) => {
    expect(versionOn(item, day(on))?.from ?? null).toBe(version);
  });
});

describe("a fee line of an item", () => {
  const line = (terms: string, level: "primary" | "tertiary", at: string, count = 20_000) => {
    const item = itemOf(drug("X1", "2023-01-01", terms));
    return splitLine(feeLineOf(item, versionOn(item, day("2025-01-01"))!, level, price(at), count));
  };
  test("class B pays its share after the cap of the provider's price level", () => {
    const { total, overPriceCap, upfront } = line("乙类,0.1,,10,,12,,,,", "primary", "15");
    expect([total, overPriceCap, upfront].map(text)).toEqual(["30.00", "10.00", "2.00"]);
    expect(text(line("乙类,0.1,,10,,12,,,,", "tertiary", "15").overPriceCap)).toBe("6.00");
  });
  test("one cap holds for all levels, and no cap caps nothing", () => {
    expect(text(line("甲类,,10,,,,,,,", "tertiary", "15").overPriceCap)).toBe("10.00");
    expect(text(line("甲类,,,,,,,,,", "tertiary", "15").overPriceCap)).toBe("0.00");
    expect(capAt({ primary: 1 }, "secondary")).toBeNull();
  });
  test("class C is wholly outside", () => {
    expect(text(line("丙类,,,,,,,,,", "primary", "15").outsideCatalogue)).toBe("30.00");
  });
  test("a disease is no charge", () => {
    const item = itemOf("I10.x00,原发性高血压,病种,,2023-01-01,,,,,,,,,,");
    expect(() => feeLineOf(item, versionOn(item, day("2025-01-01"))!, "primary", 1, 1)).toThrow(RangeError);
  });
  test("a price is exact to the millionth, both ways", () => {
    for (const [written, millionths] of [
      ["0.000001", 1],
      ["12.5", 12_500_000],
      ["999999999.999999", 999_999_999_999_999],
    ] as const) {
      expect(price(written)).toBe(millionths);
      expect(price(priceText(millionths))).toBe(millionths);
    }
    for (const wrong of ["", "1.0000001", "-1", "1e3", "01", ".5", "１"])
      expect(() => price(wrong)).toThrow(RangeError);
  });
});

describe("import refusals, row by row", () => {
  test.each([
    ["编码", `有 空格,甲,药品,09,2025-01-01,${plain}`],
    ["编码", `X#1,甲,药品,09,2025-01-01,${plain}`],
    ["名称", `X1,,药品,09,2025-01-01,${plain}`],
    ["名称", `X1,"甲\n乙",药品,09,2025-01-01,${plain}`],
    ["名称", `X1,${"长".repeat(201)},药品,09,2025-01-01,${plain}`],
    ["类别", `X1,甲,器械,09,2025-01-01,${plain}`],
    ["收费类别", `X1,甲,药品,,2025-01-01,${plain}`],
    ["收费类别", `I10,甲,病种,09,2025-01-01,,,,,,,,,,`],
    ["起始日", drug("X1", "2025-02-30", plain)],
    ["起始日", drug("X1", "2025/1/1", plain)],
    ["等级", drug("X1", "2025-01-01", "丁类,,,,,,,,,")],
    ["等级", drug("X1", "2025-01-01", ",,,,,,,,,")],
    ["先行自付", drug("X1", "2025-01-01", "乙类,,,,,,,,,")],
    ["先行自付", drug("X1", "2025-01-01", "乙类,10%,,,,,,,,")],
    ["先行自付", drug("X1", "2025-01-01", "乙类,1.1,,,,,,,,")],
    ["先行自付", drug("X1", "2025-01-01", "甲类,0.1,,,,,,,,")],
    ["限价", drug("X1", "2025-01-01", "甲类,,0,,,,,,,")],
    ["限价", drug("X1", "2025-01-01", "甲类,,-1,,,,,,,")],
    ["二级限价", drug("X1", "2025-01-01", "甲类,,,,1.2345678,,,,,")],
    ["只能填一种", drug("X1", "2025-01-01", "甲类,,1,2,,,,,,")],
    ["谈判药品", drug("X1", "2025-01-01", "甲类,,,,,,,y,,")],
    ["调出", drug("X1", "2025-01-01", "甲类,,,,,,,,,是")],
    ["病种", `I10,甲,病种,,2025-01-01,甲类,,,,,,,,,`],
    ["14列", `X1,甲,药品,09,2025-01-01,甲类,,,,,,,,`],
    ["16列", `X1,甲,药品,09,2025-01-01,甲类,,,,,,,,,,多`],
  ])("%s: %s", (word, row) => {
    const good = drug("X9", "2025-01-01", plain);
    const { rows, faults } = readImport(file(good, row, good));
    expect(rows.map((one) => one.row)).toEqual([2, 4]);
    expect(faults).toEqual([{ row: 3, code: expect.any(String), sentence: expect.stringContaining(word) }]);
  });
  test.each([
    ["不认识", "编码,名称,类别,起始日,等级,价钱\n"],
    ["缺少“起始日”", "编码,名称,类别,等级\n"],
    ["重复", "编码,名称,类别,起始日,等级,等级\n"],
    ["缺少", "编码\n"],
    ["不认识", "<script>alert(1)</script>\n"],
    ["不认识", "__proto__,编码,名称,类别,起始日,等级\n"],
  ])("a header that is wrong is one fault: %s %s", (word, csv) => {
    const { rows, faults } = readImport(`${csv}X1,甲,药品,09,2025-01-01\n`);
    expect(rows).toEqual([]);
    expect(faults).toEqual([{ row: 1, code: "", sentence: expect.stringContaining(word) }]);
  });
  test("quotes that do not close, and a cell without an end, are a fault of where they begin", () => {
    const open = readImport(file(drug("X1", "2025-01-01", plain), 'X2,"甲,药品'), 2);
    expect(open.rows).toEqual([]);
    expect(open.faults).toMatchObject([{ sentence: expect.stringContaining("引号") }]);
    expect(readImport(file(`X2,${"甲".repeat(20_000)}`)).faults).toHaveLength(1);
  });
  test("rows of a part are counted as the whole file counts them; empty ones are nothing", () => {
    const { rows, faults } = readImport(file(drug("X1", "2025-01-01", plain), ",,,,,,,,,,,,,,", "", "X2,甲"), 1_002);
    expect(rows.map(({ row }) => row)).toEqual([1_002]);
    expect(faults.map(({ row }) => row)).toEqual([1_005]);
  });
  test("columns may stand in any order, and a byte order mark is no letter", () => {
    const { rows } = readImport("\uFEFF起始日,等级,名称,编码,类别,收费类别\r\n2025-01-01,甲类,甲,X1,药品,09\r\n");
    expect(rows).toMatchObject([{ item: { code: "X1", name: "甲" }, version: { class: "A", upfrontShare: 0 } }]);
  });
});

describe("versions are only ever added", () => {
  const stored = itemOf(drug("X1", "2023-01-01", plain), drug("X1", "2025-01-01", dearer));
  test("the same rows again change nothing", () => {
    const { item, outcomes } = merge(stored, readImport(file(drug("X1", "2023-01-01", plain))).rows);
    expect(outcomes).toMatchObject([{ became: "same" }]);
    expect(item).toBe(stored);
  });
  test("a row that says otherwise of a known day is refused, a correction is a new day", () => {
    expect(became(stored, drug("X1", "2025-01-01", plain), drug("X1", "2025-01-02", plain))).toEqual([
      expect.stringContaining("更正请另用一个起始日"),
      "changed",
    ]);
  });
  test("a day before the last one is refused", () => {
    expect(became(stored, drug("X1", "2024-01-01", plain))).toEqual([expect.stringContaining("不能倒着补")]);
  });
  test("a code does not become something else", () => {
    for (const row of [
      drug("X1", "2026-01-01", plain, "别的片"),
      `X1,X1片,医用耗材,09,2026-01-01,${plain}`,
      `X1,X1片,药品,11,2026-01-01,${plain}`,
    ])
      expect(became(stored, row)).toEqual([expect.stringContaining("不能改")]);
  });
  test("what is not there or is out already cannot be withdrawn", () => {
    expect(became(null, drug("X1", "2025-01-01", out))).toEqual([expect.stringContaining("不能调出")]);
    expect(became(stored, drug("X1", "2025-07-01", out), drug("X1", "2025-08-01", out))).toEqual([
      "changed",
      expect.stringContaining("已经调出"),
    ]);
  });

  const anyRow = fc
    .record({
      code: fc.constantFrom("X1", "X2", "X3"),
      from: fc.constantFrom("2024-01-01", "2024-07-01", "2025-01-01", "2025-07-01"),
      terms: fc.constantFrom(plain, dearer, out, "甲类,,,1,2,3,是,,,"),
    })
    .map(({ code, from, terms }) => drug(code, from, terms));
  const brought = (...files: readonly (readonly string[])[]) => {
    const items = new Map<string, Item>();
    const taken: string[] = [];
    for (const rows of files) {
      for (const [code, own] of byCode(readImport(file(...rows)).rows)) {
        const { item, outcomes } = merge(items.get(code) ?? null, own);
        if (item) items.set(code, item);
        taken.push(...outcomes.filter((one) => one.became !== "refused").map(({ row }) => rows[row - 2]!));
      }
    }
    return { items: Object.fromEntries([...items].sort()), taken };
  };
  test("rows brought in in parts make what they make at once", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), fc.nat(20), fc.nat(20), (rows, one, two) => {
        const [a, b] = [Math.min(one, two), Math.max(one, two)];
        expect(brought(rows.slice(0, a), rows.slice(a, b), rows.slice(b)).items).toEqual(brought(rows).items);
      }),
      { numRuns: 500 },
    );
  });
  test("rows that were taken change nothing a second time, and versions ascend", () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
        const { items, taken } = brought(rows);
        expect(brought(rows, taken)).toEqual({ items, taken: [...taken, ...taken] });
        for (const { versions } of Object.values(items)) {
          const days = versions.map(({ from }) => from);
          expect(days).toEqual([...new Set(days)].sort());
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("a file is cut into parts", () => {
  test("each with the header, none too large, no row in two, quoted line breaks whole", () => {
    const rows = Array.from({ length: 3_000 }, (_, i) => drug(`X${i}`, "2025-01-01", plain, `"名\n字""${i}"`));
    const parts = partsOf(file(...rows));
    expect(parts.length).toBeGreaterThan(2);
    let next = 2;
    for (const { csv, firstRow } of parts) {
      expect(firstRow).toBe(next);
      expect(csv.startsWith(`${header}\n`)).toBe(true);
      expect(Buffer.byteLength(JSON.stringify(csv))).toBeLessThan(largestPart.bytes + 1_000);
      next += csv.match(/^X\d+,/gm)!.length;
    }
    expect(next).toBe(3_002);
    expect(parts.map(({ csv }) => csv.slice(header.length + 1)).join("")).toBe(`${rows.join("\n")}\n`);
  });
  test("a file without rows is one part, and one without an end of line loses nothing", () => {
    expect(partsOf(header)).toEqual([{ csv: header, firstRow: 2 }]);
    expect(partsOf(`\uFEFF${header}\nX1`)).toEqual([{ csv: `${header}\nX1`, firstRow: 2 }]);
  });
});

describe("search", () => {
  const names = { A1: "血常规（细胞分析）", A2: "尿常规", "I10.x00": "原发性高血压", B1: "ＣＴ 平扫", B2: "血压监测" };
  const texts = [
    Object.entries(names)
      .map(([code, name]) => lineOf(code, name))
      .join(""),
  ];
  const found = (query: string) => search(texts, query, 50).codes;
  test("all words must occur, in any order", () => {
    expect(found("细胞 血")).toEqual(["A1"]);
    expect(found("常规")).toEqual(["A2", "A1"]);
    expect(found("常规 监测")).toEqual([]);
  });
  test("a code is found by how it begins, not by its middle, in small letters too", () => {
    expect(found("i10.X")).toEqual(["I10.x00"]);
    expect(found("10.x")).toEqual([]);
  });
  test("full-width letters, capitals and spaces make no difference", () => {
    expect(found("ct平扫")).toEqual(["B1"]);
  });
  test("nothing, and what no name can hold, finds nothing", () => {
    for (const query of ["", "   ", "\n", "\t", "血尿", "%", ".*", "不存在"]) expect(found(query)).toEqual([]);
  });
  test("more than are shown is said", () => {
    expect(search(texts, "血", 2)).toEqual({ codes: ["B2", "A1"], more: true });
  });
});

describe("the demonstration's catalogue", () => {
  test("has the four libraries at their size, every code once, all marked as invented", () => {
    const counts = { drug: 0, service: 0, material: 0, disease: 0 };
    const codes = new Set<string>();
    let marked = 0;
    for (const { code, kind, synthetic } of catalogueItems(100_000)) {
      counts[kind] += 1;
      codes.add(code);
      if (synthetic) marked += 1;
    }
    expect(counts).toEqual({ disease: 36_418, drug: 178_547, service: 109_407, material: 1_767 });
    expect(codes.size).toBe(Object.values(fullSize).reduce((sum, one) => sum + one));
    expect(marked).toBe(codes.size);
  });
  test("is the same each time, and a smaller one is the beginning of a larger one", () => {
    const few = [...catalogueItems(300)];
    expect([...catalogueItems(300)]).toEqual(few);
    const more = new Map([...catalogueItems(900)].map((one) => [one.code, one]));
    for (const item of few) expect(more.get(item.code)).toEqual(item);
  });
  test("holds the diseases that policies name, and codes of the real shapes", () => {
    const items = [...catalogueItems(10_000)];
    const shapes = {
      drug: /^[XZ][A-Z0-9]{22}$/,
      service: /^\d{15}$/,
      material: /^C\d{19}$/,
      disease: /^[A-Z]\d\d\.[x\d]\d\d/,
    };
    for (const { kind, code } of items) expect(code, kind).toMatch(shapes[kind]);
    for (const category of ["I10", "J18", "C34", "O82", "E11"])
      expect(
        items.some((one) => one.kind === "disease" && one.code.startsWith(`${category}.`)),
        category,
      ).toBe(true);
  });
});
