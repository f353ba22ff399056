import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { unitPath } from "../shared/org.ts";
import { config } from "./config.ts";
import { db, index } from "./db.ts";
import { type OpenKind, partition } from "./key.ts";

/** 待办 · what of a kind waits in a unit, at most so many: village by village, the soonest first within one. */
export async function waitingIn(what: OpenKind, unit: string, most: number): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      IndexName: index,
      KeyConditionExpression: "gsi1pk = :pk AND begins_with(gsi1sk, :unit)",
      ExpressionAttributeValues: {
        ":pk": partition.open(what, unitPath(unit).at(-1)!),
        // A city's own code ends in 00; its villages begin with the four digits before.
        ":unit": unit.length === 6 && unit.endsWith("00") ? unit.slice(0, 4) : unit,
      },
      Limit: most,
    }),
  );
  return Items;
}
