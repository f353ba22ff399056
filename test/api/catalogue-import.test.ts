import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { addNames, namesOf } from "../../functions/catalogue/names.ts";
import { itemsOn, storedItems } from "../../functions/catalogue/store.ts";
import { db } from "../../functions/db.ts";
import { catalogueFile } from "../../local/county/catalogue.ts";
import { knownItems } from "../../local/county/catalogue-known.ts";
import type { Item } from "../../shared/catalogue/catalogue.ts";
import { columns, merge, readImport } from "../../shared/catalogue/import.ts";
import { largestPart, partsOf } from "../../shared/catalogue/parts.ts";
import { day } from "../../shared/day.ts";
import { share } from "../../shared/money.ts";
import { raw, refusal, type World, world } from "../world/world.ts";

const header = Object.values(columns).join(",");
const file = (...rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;
const drug = (code: string, from: string, terms: string, name = `${code}片`) =>
  `${code},${name},药品,09,${from},${terms}`;
const [plain, dearer, out] = ["乙类,0.1,12.5,,,,,,,", "乙类,0.2,13,,,,,,,", ",,,,,,,,,是"];
const itemOf = (row: string) => merge(null, readImport(file(row)).rows).item!;

describe("the catalogue through the API", () => {
  let made: World;
  let keeper: Awaited<ReturnType<World["officer"]>>;
  const part = (csv: string, firstRow = 2, importNo = "1763600000000-abc123") => ({
    body: { importNo, fileName: "目录.csv", firstRow, csv },
  });
  beforeAll(async () => {
    made = await world();
    keeper = await made.officer("keeper", "370600", ["catalogue"]);
    for (const kind of ["drug", "service"] as const) {
      for (const { csv, firstRow } of partsOf(catalogueFile(kind, 60))) {
        const answer = await keeper(
          "catalogue.import",
          part(csv, firstRow, `1763500000000-${kind.slice(0, 5)}0`.slice(0, 20).padEnd(20, "0")),
        );
        expect(answer).toMatchObject({ added: 60, refused: 0 });
      }
    }
  });

  test("an imported item is found by two words, with what holds on the day", async () => {
    const claims = await made.officer("looker", "370611001", ["claims"]);
    const { items, more } = await claims("catalogue.search", { query: { q: "体层 平扫", on: day("2024-12-31") } });
    expect({ items, more }).toMatchObject({
      more: false,
      items: [
        { code: "002103000010000", version: { class: "B", upfrontShare: "0.1", priceCaps: { tertiary: "210.00" } } },
      ],
    });
    const later = await claims("catalogue.search", { query: { q: "体层 平扫", on: day("2025-01-01") } });
    expect(later.items[0]!.version).toMatchObject({ upfrontShare: "0.05", priceCaps: { tertiary: "190.00" } });
    expect((await claims("catalogue.search", { query: { q: "体层 平扫", kind: "drug" } })).items).toEqual([]);
    expect((await claims("catalogue.search", { query: { q: "XJ01CAA" } })).items[0]!.name).toContain("阿莫西林");
  });

  test("an item that was withdrawn is found and said to be out", async () => {
    const { items, on } = await keeper("catalogue.search", { query: { q: "心脉通" } });
    expect([on, items[0]!.version]).toEqual(["2025-11-20", null]);
    const { versions } = await keeper("catalogue.item", { params: { code: items[0]!.code } });
    expect(versions.at(-1)).toEqual({ from: "2025-01-01", withdrawn: true });
    expect(await refusal(keeper("catalogue.item", { params: { code: "NOBODY" } }))).toBe("not-found");
  });

  test("the same part again changes nothing and is not counted twice; refused rows are told", async () => {
    const csv = file(
      drug("XAGAIN1", "2025-01-01", plain),
      drug("XAGAIN2", "2025-02-30", plain),
      drug("XAGAIN3", "2025-01-01", out),
    );
    expect(await keeper("catalogue.import", part(csv))).toMatchObject({
      rows: 3,
      added: 1,
      refused: 2,
      refusals: [
        { row: 3, code: "XAGAIN2" },
        { row: 4, code: "XAGAIN3" },
      ],
    });
    expect(await keeper("catalogue.import", part(csv))).toMatchObject({ rows: 3, added: 0, same: 1, refused: 2 });
    const { imports, counts } = await keeper("catalogue.imports");
    expect(imports[0]).toMatchObject({ by: "keeper", fileName: "目录.csv", on: "2025-11-20", rows: 3, added: 1 });
    expect(counts).toMatchObject({ drug: 61, service: 60, disease: 0 });
    expect((await keeper("catalogue.search", { query: { q: "XAGAIN" } })).items).toHaveLength(1);
  });

  test("a part that broke off after the names is finished by sending it again", async () => {
    const rows = [drug("XBROKEN1", "2025-01-01", plain, "断了的片"), drug("XBROKEN2", "2025-01-01", plain, "断了的丸")];
    await addNames(
      "370600",
      "drug",
      rows.map((row) => itemOf(row)),
    );
    expect((await keeper("catalogue.search", { query: { q: "断了的" } })).items).toEqual([]);
    expect(await keeper("catalogue.import", part(file(...rows), 900))).toMatchObject({ added: 2 });
    expect((await keeper("catalogue.search", { query: { q: "断了的" } })).items).toHaveLength(2);
    const text = (await namesOf("370600", "drug")).join("");
    expect(text.split("XBROKEN1").length).toBe(2);
  });

  test("two officers who import at once lose nothing", async () => {
    const other = await made.officer("keeper-two", "370600", ["catalogue"]);
    const rows = (who: string) => Array.from({ length: 40 }, (_, i) => drug(`XBOTH${who}${i}`, "2025-01-01", plain));
    const shared = Array.from({ length: 20 }, (_, i) => drug(`XBOTHS${i}`, "2025-01-01", plain));
    const [one, two] = await Promise.all([
      keeper("catalogue.import", part(file(...rows("A"), ...shared), 2, "1763600000001-aaaaaa")),
      other("catalogue.import", part(file(...rows("B"), ...shared), 2, "1763600000002-bbbbbb")),
    ]);
    expect(one.added + two.added).toBe(100);
    expect(one.same + two.same).toBe(20);
    const { items, more } = await keeper("catalogue.search", { query: { q: "XBOTH" } });
    expect([items.length, more]).toEqual([50, true]);
    const codes = Array.from({ length: 40 }, (_, i) => [`XBOTHA${i}`, `XBOTHB${i}`]).flat();
    expect((await itemsOn("370600", codes, day("2025-11-20"))).size).toBe(80);
  });

  test("two versions of one code at once: each is stored or refused, none is lost", async () => {
    const codes = Array.from({ length: 30 }, (_, i) => `XTWICE${i}`);
    const rows = (from: string, terms: string) => file(...codes.map((code) => drug(code, from, terms)));
    await keeper("catalogue.import", part(rows("2024-01-01", plain), 2, "1763600000004-dddddd"));
    const other = await made.officer("keeper-four", "370600", ["catalogue"]);
    const replies = await Promise.all([
      keeper("catalogue.import", part(rows("2025-06-01", dearer), 2, "1763600000005-eeeeee")),
      other("catalogue.import", part(rows("2025-07-01", plain), 2, "1763600000006-ffffff")),
    ]);
    const stored = await storedItems("370600", codes);
    const versions = [...stored.values()].reduce((sum, item) => sum + item.versions.length, 0);
    expect(replies[0].changed + replies[1].changed).toBe(versions - codes.length);
    expect(replies.map(({ changed, refused }) => changed + refused)).toEqual([30, 30]);
  });

  test("names of two kinds that are added at once are both found", async () => {
    const named = (kind: "material" | "disease", n: number): Item => ({
      ...itemOf(drug(`N${kind}${n}`, "2025-01-01", plain)),
      kind,
    });
    const rounds = Array.from({ length: 5 }, (_, n) => n);
    await Promise.all(
      (["material", "disease"] as const).flatMap((kind) =>
        rounds.map((n) => addNames("370600", kind, [named(kind, n)])),
      ),
    );
    const { counts } = await keeper("catalogue.imports");
    expect(counts).toMatchObject({ material: 5, disease: 5 });
    for (const kind of ["material", "disease"] as const)
      expect((await namesOf("370600", kind)).join("").match(/\nN(MATERIAL|DISEASE)\d/g)).toHaveLength(5);
  });

  test("an import number of another officer, of another unit, or without the role is refused", async () => {
    const other = await made.officer("keeper-three", "370600", ["catalogue"]);
    const csv = file(drug("XOTHER", "2025-01-01", plain));
    await keeper("catalogue.import", part(csv, 2, "1763600000003-cccccc"));
    expect(await refusal(other("catalogue.import", part(csv, 2, "1763600000003-cccccc")))).toBe("request-reused");
    const county = await made.officer("keeper-county", "370611", ["catalogue"]);
    expect(await refusal(county("catalogue.import", part(csv)))).toBe("outside-area");
    const looker = await made.officer("looker-two", "370611", ["claims", "providers"]);
    expect(await refusal(looker("catalogue.import", part(csv)))).toBe("role-missing");
    const nobody = await made.officer("nobody", "370600", ["progress"]);
    expect(await refusal(nobody("catalogue.search", { query: { q: "片" } }))).toBe("role-missing");
  });

  test("hostile and oversized input is refused with a sentence and changes nothing", async () => {
    const token = await made.issuer.token("keeper");
    const before = await keeper("catalogue.imports");
    for (const csv of [
      "",
      "\u0000",
      "a,b\n1,2",
      '"',
      `${header}\n=cmd|' /C calc'!A0,x\n`,
      `${header}\n${"x".repeat(89_000)}`,
    ]) {
      const { status, body } = await raw("POST", "/api/catalogue/imports", {
        token,
        body: JSON.stringify(part(csv).body),
      });
      expect([200, 400], csv.slice(0, 20)).toContain(status);
      if (status === 200) expect(body).toMatchObject({ added: 0, changed: 0 });
    }
    const many = file(...Array.from({ length: largestPart.rows + 1 }, (_, i) => `X${i},`));
    expect(await refusal(keeper("catalogue.import", part(many)))).toBe("too-large");
    for (const query of [
      "q=",
      "q=%00",
      "q=__proto__",
      `q=${"a".repeat(61)}`,
      "q=x&kind=toString",
      "q=x&on=2025-02-30",
      "q=x&y=1",
    ]) {
      const { status, body } = await raw("GET", `/api/catalogue?${query}`, { token });
      expect([200, 400], query).toContain(status);
      if (status === 200) expect(body.items).toEqual([]);
    }
    for (const code of ["%ZZ", "..%2F..", "%23", "constructor", "X".repeat(31)])
      expect([400, 404], code).toContain((await raw("GET", `/api/catalogue/${code}`, { token })).status);
    expect((await keeper("catalogue.imports")).counts).toEqual(before.counts);
  });

  test("itemsOn reads a fee message's codes in one call and then from memory", async () => {
    const spent = capacity(db);
    const codes = knownItems.flatMap(({ kind, code }) => (kind === "drug" || kind === "service" ? [code] : []));
    const first = await itemsOn("370600", codes, day("2024-06-01"));
    expect(first.size).toBe(codes.length);
    expect(first.get("XB01ACA156A001010100005")!.version.upfrontShare).toBe(share("0"));
    expect(spent.calls).toBe(1);
    expect(spent.units).toBe(codes.length / 2);
    const again = await itemsOn("370600", [...codes, "NOBODY"], day("2025-06-01"));
    expect(again.size).toBe(codes.length - 1);
    expect([spent.calls, spent.units - codes.length / 2]).toEqual([2, 0.5]);
    expect((await itemsOn("511300", codes.slice(0, 3), day("2024-06-01"))).size).toBe(0);
    spent.stop();
  });
});

/** Counts batch reads and what they cost. */
function capacity(client: DynamoDBDocumentClient) {
  const spent = { calls: 0, units: 0, stop: () => client.middlewareStack.remove("spent") };
  client.middlewareStack.add(
    (next) => async (args) => {
      const reply = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } as typeof args.input,
      });
      const output = reply.output as { ConsumedCapacity?: { CapacityUnits?: number }[] };
      spent.calls += 1;
      for (const { CapacityUnits = 0 } of output.ConsumedCapacity ?? []) spent.units += CapacityUnits;
      return reply;
    },
    { step: "initialize", name: "spent", override: true },
  );
  return spent;
}
