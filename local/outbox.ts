import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { marshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBStreamEvent } from "aws-lambda";

/**
 * Stands for the stream: polls the outbox and calls the same consumer with the same events. `nudge` asks for a look at
 * once, after a write; without it every second and a half.
 */
export async function pollOutbox(): Promise<{ nudge: () => void; stop: () => Promise<void> }> {
  const { handler } = await import("../functions/outbox/consume.ts");
  const { db } = await import("../functions/db.ts");
  const { partition, shards } = await import("../functions/key.ts");
  const { config } = await import("../functions/config.ts");

  const look = async (): Promise<number> => {
    const found = await Promise.all(
      Array.from({ length: shards }, (_, shard) =>
        db.send(
          new QueryCommand({
            TableName: config.mainTable(),
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
            Limit: 25,
            ConsistentRead: true,
          }),
        ),
      ),
    );
    const items = found.flatMap(({ Items = [] }) => Items);
    if (items.length > 0) await handler(streamEvent(items));
    return items.length;
  };

  let running = true;
  let wake = () => {};
  const loop = (async () => {
    while (running) {
      let done = 0;
      try {
        done = await look();
      } catch (error) {
        if (running) console.error("outbox", error);
      }
      if (done > 0 || !running) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 1_500);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  })();
  return {
    nudge: () => wake(),
    stop: async () => {
      running = false;
      wake();
      await loop;
    },
  };
}

/** Outbox items as a DynamoDB stream delivers them. */
export function streamEvent(items: readonly Record<string, unknown>[]): DynamoDBStreamEvent {
  return {
    Records: items.map((item, i) => ({
      eventName: "INSERT",
      eventSource: "aws:dynamodb",
      dynamodb: {
        SequenceNumber: String(i + 1),
        NewImage: marshall(item) as Record<string, AttributeValue> as never,
      },
    })),
  };
}
