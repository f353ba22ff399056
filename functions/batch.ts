import { BatchGetCommand } from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../shared/refusal.ts";
import { config } from "./config.ts";
import { db } from "./db.ts";
import { pause } from "./pause.ts";

const mostTries = 8;

/**
 * Items by their keys, in any order; keys that the table was too busy for are asked again. After the last try it throws what
 * `busy` makes.
 */
export async function readBatch(
  keys: readonly { pk: string; sk: string }[],
  ConsistentRead: boolean,
  busy: () => Error = () => new Refusal("try-again"),
): Promise<Record<string, unknown>[]> {
  const TableName = config.mainTable();
  const found: Record<string, unknown>[] = [];
  let left: Record<string, unknown>[] = [...keys];
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === mostTries) throw busy();
    if (attempt > 0) await pause(attempt);
    const { Responses, UnprocessedKeys } = await db.send(
      new BatchGetCommand({ RequestItems: { [TableName]: { Keys: left, ConsistentRead } } }),
    );
    found.push(...(Responses?.[TableName] ?? []));
    left = UnprocessedKeys?.[TableName]?.Keys ?? [];
  }
  return found;
}
