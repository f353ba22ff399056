import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { beginning, key, partition } from "../key.ts";
import { StoredLine } from "./encounters.ts";
import type { Claim } from "./store.ts";

/** Greater than every character that a serial may hold. */
const last = "\uffff";

/** 一页费用明细 · the wanted lines of a claim after one of them, at most so many, and whether there are more. */
export async function feeLinesOf(
  { encounterNo, batchNo, generation }: Claim,
  after: string | undefined,
  wanted: (line: StoredLine) => boolean,
  most: number,
): Promise<{ lines: StoredLine[]; more: boolean }> {
  const begin = beginning.lines(batchNo, generation);
  const found: StoredLine[] = [];
  let start = after === undefined ? undefined : key.line(encounterNo, batchNo, generation, after);
  do {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk AND sk BETWEEN :first AND :last",
        ExpressionAttributeValues: {
          ":pk": partition.encounter(encounterNo),
          ":first": begin,
          ":last": `${begin}${last}`,
        },
        ExclusiveStartKey: start,
        Limit: 1_000,
      }),
    );
    found.push(...Items.map((item) => StoredLine.parse(item)).filter(wanted));
    start = LastEvaluatedKey as typeof start;
  } while (start && found.length <= most);
  return { lines: found.slice(0, most), more: found.length > most };
}
