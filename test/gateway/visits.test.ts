import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import type { Report } from "../../hospital/play.ts";
import { oracleIsAsked } from "../law/oracle-asked.ts";
import { world } from "../world/world.ts";
import { bookDifferences, differencesOf, played, prepared, runDay, treatable } from "./visits.ts";

describe("seeded visits of the demonstration county", () => {
  oracleIsAsked();
  const residents = treatable(120);
  let report: Report;
  beforeAll(async () => {
    await prepared(await world(runDay), residents);
    report = await played(residents, { visits: 400, seed: 5 });
  });

  test("400 visits: accumulators, claims and entries agree with an independent recomputation", async () => {
    const { checked, claims, spent, wrong } = await differencesOf(report, residents);
    expect([...wrong, ...(await bookDifferences(spent, runDay))]).toEqual([]);
    expect(checked).toBeGreaterThan(50);
    expect(claims).toBeGreaterThan(250);
    const layers = report.visits.flatMap((one) => one.claims.map(({ amounts }) => amounts));
    expect(layers.some((one) => one.criticalIllness > 0)).toBe(true);
    expect(layers.some((one) => one.medicalAid > 0)).toBe(true);
  });

  test("a fen too much in one accumulator is seen", async () => {
    const claimed = report.visits.find((one) => one.claims.some((claim) => claim.reversed === null))!;
    const Key = key.personYear(claimed.personNo!, 2025);
    const { GetCommand } = await import("@aws-sdk/lib-dynamodb");
    const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key }));
    await db.send(
      new PutCommand({
        TableName: config.mainTable(),
        Item: { ...Item, year: { ...Item!.year, outpatient: Item!.year.outpatient + 1 } },
      }),
    );
    const { wrong } = await differencesOf(report, residents);
    expect(wrong).toEqual([expect.stringContaining(`${claimed.personNo}: outpatient`)]);
  });
});
