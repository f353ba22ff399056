import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { key } from "../../functions/key.ts";
import { run } from "../../local/build.ts";
import type { TableItem } from "../../local/county/catalogue-items.ts";
import { writeExport } from "../../local/county/export.ts";
import { countyItems } from "../../local/county/items.ts";
import { households } from "../../local/county/people.ts";
import { personas } from "../../local/county/personas.ts";
import { databaseBinary, importSchema, serveDatabase } from "../../local/database.ts";
import { areas } from "../../shared/areas/areas.ts";
import { faultOf, type Line, trialBalance } from "../../shared/ledger/entry.ts";
import { unitPath } from "../../shared/org.ts";
import { readIdentityNumber } from "../../shared/person.ts";

const size = 3000;
const items: Record<string, unknown>[] = [];
const entries: { poolingArea: string; lines: Line[] }[] = [];
beforeAll(async () => {
  for await (const { table, item } of countyItems(size)) (table === "main" ? items : entries).push(item as never);
});

const people = () => items.filter((item) => item.sk === "PROFILE");
const enrolments = () => items.filter((item) => String(item.sk).startsWith("ENROLMENT#"));
const count = <T>(list: T[], of: (one: T) => string[]) => {
  const counts = new Map<string, number>();
  for (const one of list) for (const name of of(one)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

describe("the demonstration county", () => {
  test("it is the same each time, but for what keys and nonces make random", async () => {
    const random = /Sealed$|^wrapped$/;
    const plain = (one: TableItem) =>
      JSON.stringify(Object.entries(one.item).filter(([name]) => !random.test(name))).replace(
        /(IDENTITY|TELEPHONE)#[\w-]+/,
        "$1#",
      );
    const again: string[] = [];
    for await (const one of countyItems(size)) if (one.table === "main") again.push(plain(one));
    expect(again).toEqual(items.map((item) => plain({ table: "main", item })));
  });

  test("a hundred thousand people live in 烟台, and a few hundred in every other area", () => {
    const byArea = new Map<string, number>();
    for (const { people: family } of households(100_000)) {
      const area = family[0]!.poolingArea;
      byArea.set(area, (byArea.get(area) ?? 0) + family.length);
    }
    expect(byArea.get("370600")).toBeGreaterThanOrEqual(100_000);
    for (const area of areas.keys()) expect(byArea.get(area), area).toBeGreaterThanOrEqual(300);
  });

  test("everybody is marked synthetic, and no identity number can be a living person's", () => {
    const numbers = new Set<string>();
    for (const { people: family } of households(size)) {
      for (const { identityNumber } of family) {
        expect(readIdentityNumber(identityNumber).ok, identityNumber).toBe(true);
        expect(identityNumber).toMatch(/^3799/);
        expect(numbers.has(identityNumber)).toBe(false);
        numbers.add(identityNumber);
      }
    }
    expect(people().every((person) => person.synthetic === true)).toBe(true);
  });

  test("the board's figures are what a recount of people and enrolments gives", () => {
    const should = count(
      people().filter((one) => !one.diedOn && !one.employeeCovered),
      (one) => unitPath(String(one.village)),
    );
    const village = new Map(people().map((one) => [one.personNo, String(one.village)]));
    const enrolled = count(enrolments(), (one) => unitPath(village.get(one.personNo)!));
    const paid = count(
      enrolments().filter((one) => Number(one.due) > 0),
      (one) => unitPath(village.get(one.personNo)!),
    );
    const figures = items.filter((item) => /^PROGRESS#2026#\w+$/.test(String(item.pk)));
    expect(figures.length).toBeGreaterThan(20);
    for (const one of figures) {
      const unit = String(one.sk);
      expect([one.should, one.enrolled, one.paid].map(Number), unit).toEqual([
        should.get(unit) ?? 0,
        enrolled.get(unit) ?? 0,
        paid.get(unit) ?? 0,
      ]);
    }
  });

  test("every entry balances, and the folded balances are the entries' sums", () => {
    expect(entries.length).toBeGreaterThan(100);
    for (const entry of entries) expect(faultOf(entry.lines)).toBeNull();
    for (const area of areas.keys()) {
      const own = entries.filter((entry) => entry.poolingArea === area);
      for (const { account, debit, credit } of trialBalance(own)) {
        const days = items.filter((item) => item.pk === `BALANCE#${area}#${account}`);
        expect(days.reduce((sum, one) => sum + Number(one.debit), 0)).toBe(debit);
        expect(days.reduce((sum, one) => sum + Number(one.credit), 0)).toBe(credit);
      }
    }
  });

  test("every persona can be signed in as, and has not paid yet", () => {
    const telephones = items.filter((item) => String(item.pk).startsWith("TELEPHONE#"));
    expect(personas.length).toBeGreaterThanOrEqual(5);
    for (const { members } of personas) {
      const first = people().find((one) => one.name === members[0]!.name && one.bornOn === members[0]!.bornOn);
      expect(first, members[0]!.name).toBeDefined();
      expect(enrolments().some((one) => one.personNo === first!.personNo)).toBe(false);
    }
    expect(telephones.length).toBeGreaterThan(100);
  });
});

describe("loading it", () => {
  const folder = mkdtempSync(join(tmpdir(), "county-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test("the export fills a database that serves what was generated", async () => {
    const physical = { main: "county-main", ledger: "county-ledger", audit: "county-audit" };
    const written = await writeExport(countyItems(size), join(folder, "export"), physical);
    expect(written).toBe(items.length + entries.length);
    writeFileSync(join(folder, "schema.json"), JSON.stringify(importSchema(physical)));
    const file = join(folder, "county.sqlite");
    await run(databaseBinary()!, [
      "import",
      "--source",
      join(folder, "export"),
      "--schema",
      join(folder, "schema.json"),
      "--output",
      file,
    ]);
    const database = await serveDatabase(file);
    try {
      const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint: database.endpoint }));
      for (const wanted of [people()[7]!, people().at(-1)!]) {
        const { Item } = await client.send(
          new GetCommand({ TableName: physical.main, Key: key.person(String(wanted.personNo)) }),
        );
        const { identityNumberSealed: _a, telephoneSealed: _b, ...rest } = wanted;
        expect(Item).toMatchObject(rest);
      }
    } finally {
      database.stop();
    }
  });

  test("filings for care away: each in its person's overview, and where people go is counted at every level", () => {
    const filings = items.filter((item) => String(item.sk).startsWith("FILING#"));
    expect(filings.length).toBeGreaterThan(10);
    const overviews = new Map(items.filter((item) => item.sk === "FILINGS").map((item) => [item.pk, item.briefs]));
    for (const { pk, filingNo, state } of filings) {
      expect(overviews.get(pk)).toEqual([expect.objectContaining({ filingNo, state })]);
      expect(["in-force", "awaiting-proof"]).toContain(state);
    }
    const expected = count(filings, ({ village, destination }) =>
      unitPath(String(village)).map((unit) => `${unit} ${destination}`),
    );
    const counted = items.filter((item) => String(item.pk).startsWith("FILED-TO#"));
    const told = new Map(
      counted.map(({ pk, sk, longTerm, temporary }) => [
        `${String(pk).slice("FILED-TO#".length)} ${sk}`,
        Number(longTerm) + Number(temporary),
      ]),
    );
    expect(told).toEqual(expected);
  });
});
