import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition } from "../../functions/key.ts";
import { handler as remind } from "../../functions/messages/remind.ts";
import { handler as send } from "../../functions/messages/send.ts";
import { day } from "../../shared/day.ts";
import { reminderStages, sendableAt, stageOf } from "../../shared/messages.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { bound, clock, delivered, heard, noon, pay, textsOf } from "./messages-steps.ts";

opens(places);
turnsBack();

describe("quiet hours", () => {
  test("at night a message is inside at once, and leaves at eight in the morning", async () => {
    const night = Date.parse("2026-11-23T22:30:00+08:00");
    clock(night);
    const payer = await bound();
    await pay(payer, payer.person);
    await delivered();
    expect(await textsOf(payer)).toHaveLength(1);
    const told = () => made.textsTo(payer.telephone).filter((one) => one.includes("已参加2026")).length;
    clock(Date.parse("2026-11-24T07:59:59+08:00"));
    await send();
    expect(told()).toBe(0);
    clock(Date.parse("2026-11-24T08:00:00+08:00"));
    await delivered();
    expect(told()).toBe(1);
  });

  test("nothing is ever sendable between 22:00 and 08:00 in Shanghai, and never more than ten hours later", () => {
    const hourOf = (at: number) =>
      Number(new Date(at).toLocaleString("en-GB", { timeZone: "Asia/Shanghai", hour: "2-digit", hour12: false }));
    const from = Date.parse("2025-01-01T00:00:00Z");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 * 365 * 86_400_000 }), (n) => {
        const at = from + n;
        const may = sendableAt(at);
        expect(hourOf(may) >= 8 && hourOf(may) < 22).toBe(true);
        expect(may >= at && may - at <= 10 * 3_600_000).toBe(true);
        if (hourOf(at) >= 8 && hourOf(at) < 22) expect(may).toBe(at);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("reminders", () => {
  const countOf = async (about: string, personNo: string) => {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
        ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": "MESSAGE#" },
      }),
    );
    return Items.filter((item) => item.fact.about === about).map((item) => [item.on, item.fact.daysLeft]);
  };

  test("30, 10, 3, 1 days before the window ends, once each, whoever owes; a missed day is caught up", async () => {
    clock(noon);
    const [owes, pays, poor, employed, dead] = [
      await bound({ name: "欠缴人" }),
      await bound(),
      await bound({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] }),
      await made.enlist({ employeeCovered: true }),
      await made.enlist({ diedOn: day("2025-10-01") }),
    ];
    const closing = (personNo: string) => countOf("window-closing", personNo);
    for (const on of ["2025-11-30", "2025-12-01", "2025-12-01", "2025-12-02"]) {
      made.turn(on);
      await remind();
      expect(await remind()).toEqual({ told: 0 });
    }
    expect(await closing(owes.person.personNo)).toEqual([["2025-12-01", 30]]);
    await pay(pays, pays.person);
    await heard();
    for (const on of ["2025-12-24", "2025-12-28", "2025-12-30", "2025-12-31", "2026-01-01"]) {
      made.turn(on);
      await Promise.all([remind(), remind()]);
    }
    const days = [
      ["2025-12-01", 30],
      ["2025-12-24", 7],
      ["2025-12-28", 3],
      ["2025-12-30", 1],
    ];
    expect(await closing(owes.person.personNo)).toEqual(days);
    expect(await closing(pays.person.personNo)).toEqual(days.slice(0, 1));
    expect((await textsOf(poor)).at(-1)).toContain("个人不用缴钱，还有30天截止");
    expect([...(await closing(employed.personNo)), ...(await closing(dead.personNo))]).toEqual([]);
    expect((await textsOf(owes)).at(-1)).toBe(
      "欠*人还没有参加2026年度居民医保，应缴400.00元，还有30天截止（2025年12月31日）。",
    );
  });

  test("cover starts, and waiting ends, on their day, once; what was refunded meanwhile is not told", async () => {
    clock(noon);
    const [whole, lapsed, gone] = [
      await bound(),
      await bound({
        coverBefore: [{ benefitYear: 2024, coverFrom: day("2024-01-01"), coverUntil: day("2024-12-31") }],
      }),
      await bound(),
    ];
    for (const one of [whole, lapsed]) await pay(one, one.person);
    await made.prove(gone.call, gone.person);
    const orderNo = await pay(gone, gone.person);
    await heard();
    const { refundNo } = await gone.call("refunds.request", { body: { orderNo, line: 0, reason: "wrong-payment" } });
    const officer = await made.officer("messages-starts", "370611001", ["refunds"]);
    await officer("refunds-agency.decide", { params: { refundNo }, body: { approve: true, reason: "情况属实" } });
    await heard();
    const all = async () => ({
      whole: (await countOf("cover-starts", whole.person.personNo)).map(([on]) => on),
      lapsed: (await countOf("waiting-ends", lapsed.person.personNo)).map(([on]) => on),
      gone: (await countOf("cover-starts", gone.person.personNo)).map(([on]) => on),
    });
    made.turn("2025-12-31");
    await remind();
    expect(await all()).toEqual({ whole: [], lapsed: [], gone: [] });
    made.turn("2026-01-02");
    await remind();
    await remind();
    expect(await all()).toEqual({ whole: ["2026-01-01"], lapsed: [], gone: [] });
    made.turn("2026-12-31");
    await remind();
    expect(await all()).toMatchObject({ whole: ["2026-01-01"], gone: [] });
    expect((await all()).lapsed).toHaveLength(1);
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.mainTable() }));
    expect(Items.filter((item) => String(item.sk).startsWith("NOTICE#"))).toEqual([]);
  });

  test("the stage that is due: none before thirty days or after the end, never an earlier one again", () => {
    expect([31, 30, 11, 10, 4, 3, 2, 1, 0, -1].map(stageOf)).toEqual([null, 30, 30, 10, 10, 3, 3, 1, 1, null]);
    expect([...reminderStages]).toEqual([30, 10, 3, 1]);
  });
});
