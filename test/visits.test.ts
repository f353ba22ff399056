import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../functions/config.ts";
import { db, key } from "../functions/table.ts";
import type { Report } from "../hospital/play.ts";
import type { Resident } from "../local/county/people.ts";
import { oracleIsHere } from "./cases.ts";
import { differencesOf, played, runDay } from "./visits.ts";
import { world } from "./world.ts";

describe.runIf(oracleIsHere())("seeded visits of the demonstration county", () => {
  let run: { report: Report; residents: Resident[] };
  beforeAll(async () => {
    run = await played(await world(runDay), { visits: 400, people: 120, seed: 5 });
  });

  test("400 visits: accumulators, claims and entries agree with an independent recomputation", async () => {
    const { checked, claims, wrong } = await differencesOf(run.report, run.residents, runDay);
    expect(wrong).toEqual([]);
    expect(checked).toBeGreaterThan(50);
    expect(claims).toBeGreaterThan(250);
    const layers = run.report.visits.flatMap((one) => one.claims.map(({ amounts }) => amounts));
    expect(layers.some((one) => one.criticalIllness > 0)).toBe(true);
    expect(layers.some((one) => one.medicalAid > 0)).toBe(true);
  });

  test("a fen too much in one accumulator is seen", async () => {
    const claimed = run.report.visits.find((one) => one.claims.some((claim) => claim.reversed === null))!;
    const Key = key.personYear(claimed.personNo!, 2025);
    const { GetCommand } = await import("@aws-sdk/lib-dynamodb");
    const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key }));
    await db.send(
      new PutCommand({
        TableName: config.mainTable(),
        Item: { ...Item, year: { ...Item!.year, outpatient: Item!.year.outpatient + 1 } },
      }),
    );
    const { wrong } = await differencesOf(run.report, run.residents, runDay);
    expect(wrong).toEqual([expect.stringContaining(`${claimed.personNo}: outpatient`)]);
  });
});
