import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { handler as consume } from "../../functions/outbox/consume.ts";
import { toOutbox } from "../../functions/outbox.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import { streamEvent } from "../../local/outbox.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { opens } from "../world/opening.ts";

opens();

describe("the outbox", () => {
  test("an outbox item delivered twice and out of order", async () => {
    const village = "370682009201";
    const enrolled = (on: string) => ({
      kind: "enrolled" as const,
      benefitYear: 2026,
      village,
      on: day(on),
      amount: yuan("400"),
    });
    const items = ["2025-11-18", "2025-11-19", "2025-11-20"].map((on) => toOutbox([enrolled(on)]).Put!.Item!);
    const [first, second, third] = items as [Record<string, unknown>, Record<string, unknown>, Record<string, unknown>];
    for (const delivery of [[third], [first, third], [second, first, second], [third, second, first]]) {
      expect(await consume(streamEvent(delivery))).toEqual({ batchItemFailures: [] });
    }
    expect(await figuresOf(2026, village)).toMatchObject({ enrolled: 3, paid: 3, amount: yuan("1200") });
    const days = await db.send(
      new GetCommand({
        TableName: config.mainTable(),
        Key: key.progressDay(2026, village, day("2025-11-19")),
      }),
    );
    expect(days.Item).toMatchObject({ enrolled: 1, amount: yuan("400") });
  });

  test("the same items delivered at the same time by two consumers are counted once", async () => {
    const village = "370682009202";
    const items = Array.from(
      { length: 20 },
      () =>
        toOutbox([{ kind: "enrolled", benefitYear: 2026, village, on: day("2025-11-20"), amount: yuan("400") }]).Put!
          .Item!,
    );
    await Promise.all([consume(streamEvent(items)), consume(streamEvent(items)), consume(streamEvent(items.slice(5)))]);
    await consume(streamEvent(items));
    expect((await figuresOf(2026, village)).enrolled).toBe(20);
  });
});
