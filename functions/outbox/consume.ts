import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { unmarshall } from "@aws-sdk/util-dynamodb";
import type middy from "@middy/core";
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from "aws-lambda";
import { background } from "../background.ts";
import { listClaims } from "../claims/store.ts";
import { logger } from "../log.ts";
import { tellAll } from "../messages/store.ts";
import { discard, foldOnce, Outbox } from "../outbox.ts";

/** One item that cannot be folded must not hold the others back: each by itself, and only the failing ones again. */
const oneByOne: middy.MiddlewareObj<DynamoDBStreamEvent, DynamoDBBatchResponse> = {
  onError: async (request) => {
    const read = itemsOf(request.event);
    logger.warn("outbox batch failed, going one by one", { error: request.error ?? "", items: read.length });
    const batchItemFailures: DynamoDBBatchResponse["batchItemFailures"] = [];
    for (const { item, itemIdentifier } of read) {
      try {
        await consume([item]);
      } catch (cause) {
        logger.error("outbox item failed", { id: item.id, error: cause as Error });
        if (itemIdentifier) batchItemFailures.push({ itemIdentifier });
      }
    }
    request.error = null;
    request.response = { batchItemFailures };
  },
};

/**
 * 发件箱消费 · what happens a moment after a business transaction: figures, balances, messages. On AWS a stream filtered to
 * outbox items calls it, locally a poll of the same items; delivery is at least once and in any order.
 */
export const handler = background<DynamoDBStreamEvent, DynamoDBBatchResponse>(
  "outbox",
  async (event) => {
    await consume(itemsOf(event).map(({ item }) => item));
    return { batchItemFailures: [] };
  },
  oneByOne,
);

const itemsOf = ({ Records }: DynamoDBStreamEvent) =>
  Records.flatMap(({ dynamodb }) => {
    const image = dynamodb?.NewImage;
    const item = image && Outbox.parse(unmarshall(image as Record<string, AttributeValue>));
    return item ? [{ item, itemIdentifier: dynamodb.SequenceNumber }] : [];
  });

async function consume(items: readonly Outbox[]): Promise<void> {
  await foldOnce(items);
  await Promise.all(items.map(follow));
  await Promise.all(items.map(discard));
}

/** What else follows of an item besides figures; each may be done any number of times. */
const follow = ({ happenings }: Outbox) => Promise.all([tellAll(happenings), listClaims(happenings)]);
