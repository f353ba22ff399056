import { Logger } from "@aws-lambda-powertools/logger";
import type { DynamoDBStreamEvent } from "aws-lambda";

const logger = new Logger({ serviceName: "resident-insurance" });

/**
 * 账本守卫 · called when an entry of the ledger was changed or taken out, which nobody may do: says which. That it was
 * called at all is the alarm, so it needs no right but to write its log.
 */
export async function handler(event: DynamoDBStreamEvent): Promise<void> {
  for (const { eventName, dynamodb } of event.Records) {
    const { pk, sk } = dynamodb?.Keys ?? {};
    const at = dynamodb?.ApproximateCreationDateTime;
    logger.error("ledger tampered with", { change: eventName, pk: pk?.S, sk: sk?.S, at });
  }
}
