import type { DynamoDBStreamEvent } from "aws-lambda";
import { background } from "../background.ts";
import { logger } from "../log.ts";

/**
 * 账本守卫 · called when an entry of the ledger was changed or taken out, which nobody may do: says which. That it was
 * called at all is the alarm, so it needs no right but to write its log.
 */
export const handler = background("ledger-guard", async ({ Records }: DynamoDBStreamEvent) => {
  for (const { eventName, dynamodb } of Records) {
    const { pk, sk } = dynamodb?.Keys ?? {};
    const at = dynamodb?.ApproximateCreationDateTime;
    logger.error("ledger tampered with", { change: eventName, pk: pk?.S, sk: sk?.S, at });
  }
});
