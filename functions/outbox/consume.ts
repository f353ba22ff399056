import { Logger } from "@aws-lambda-powertools/logger";
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { listClaims } from "../claims/store.ts";
import { tellAll } from "../messages/store.ts";
import { discard, foldOnce, Outbox } from "../outbox.ts";

const logger = new Logger({ serviceName: "resident-insurance" });

/**
 * 发件箱消费 · what happens a moment after a business transaction: figures, balances, messages. On AWS a stream filtered to
 * outbox items calls it, locally a poll of the same items; delivery is at least once and in any order.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> {
  const read = event.Records.flatMap((record) => {
    const image = record.dynamodb?.NewImage;
    return image ? [{ record, item: Outbox.parse(unmarshall(image as Record<string, AttributeValue>)) }] : [];
  });
  try {
    await foldOnce(read.map(({ item }) => item));
    await Promise.all(read.map(({ item }) => follow(item)));
    await Promise.all(read.map(({ item }) => discard(item)));
    return { batchItemFailures: [] };
  } catch (error) {
    // One item that cannot be folded must not hold the others back: each by itself, and only the failing ones again.
    logger.warn("outbox batch failed, going one by one", { error: error as Error, items: read.length });
    const failed: DynamoDBRecord[] = [];
    for (const { record, item } of read) {
      try {
        await foldOnce([item]);
        await follow(item);
        await discard(item);
      } catch (cause) {
        logger.error("outbox item failed", { id: item.id, error: cause as Error });
        failed.push(record);
      }
    }
    return {
      batchItemFailures: failed.flatMap(({ dynamodb }) =>
        dynamodb?.SequenceNumber ? [{ itemIdentifier: dynamodb.SequenceNumber }] : [],
      ),
    };
  }
}

/** What else follows of an item besides figures; each may be done any number of times. */
const follow = ({ happenings }: Outbox) => Promise.all([tellAll(happenings), listClaims(happenings)]);
