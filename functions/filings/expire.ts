import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { db, index } from "../db.ts";
import { partition, shards } from "../key.ts";
import { expire } from "./moves.ts";
import { Filing } from "./store.ts";

/** So many of a shard in one run; the next run goes on. */
const most = 50;

/** 备案到期 · called by the clock: writes that what ran out is over. Whether it counts for care never waits for this. */
export async function handler(): Promise<{ expired: number }> {
  let expired = 0;
  for (let shard = 0; shard < shards; shard++) {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        IndexName: index,
        KeyConditionExpression: "gsi1pk = :pk AND gsi1sk < :today",
        ExpressionAttributeValues: { ":pk": partition.endingFilings(shard), ":today": today() },
        Limit: most,
      }),
    );
    for (const { personNo, filingNo } of Items.map((item) => Filing.parse(item))) {
      try {
        await expire(personNo, filingNo);
        expired++;
      } catch (error) {
        // Ended, changed or supplied since the list was read.
        if (!(error instanceof Refusal)) throw error;
      }
    }
  }
  return { expired };
}
