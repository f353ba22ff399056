import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { CfnEventSourceMapping, FilterCriteria, FilterRule, type IFunction } from "aws-cdk-lib/aws-lambda";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import type { TableName } from "../functions/tables.ts";
import { type CodeOf, lambda } from "./lambda.ts";
import type { Given, Storage } from "./storage.ts";

/** New outbox items and nothing else: every other write of the main table passes by. */
export const newOutboxItems = FilterCriteria.filter({
  eventName: FilterRule.isEqual("INSERT"),
  dynamodb: { NewImage: { outbox: { S: FilterRule.exists() } } },
});

/** What may never happen to an entry of the ledger. */
export const changedEntries = FilterCriteria.filter({ eventName: FilterRule.or("MODIFY", "REMOVE") });

export interface Consumer {
  readonly handler: IFunction;
  /** What could not be consumed, after every attempt. */
  readonly letters: Queue;
}

/** 流的消费 · a function on the stream of a table; what fails is tried again, halved and at last kept in a queue. */
export function consumer(
  scope: Construct,
  name: string,
  {
    storage,
    table,
    filter,
    given,
    code,
    atOnce,
  }: { storage: Storage; table: TableName; filter: object; given: readonly Given[]; code: CodeOf; atOnce: number },
): Consumer {
  const letters = new Queue(scope, `${name}-letters`, {
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const mayLeaveLetters = new PolicyStatement({
    actions: ["sqs:SendMessage"],
    resources: [letters.queueArn],
  });
  const handler = lambda(scope, name, {
    code,
    given: [...given, storage.stream(table), { statements: [mayLeaveLetters], environment: {} }],
    seconds: 60,
    atOnce,
  });
  const mapping = new CfnEventSourceMapping(scope, `${name}-stream`, {
    eventSourceArn: storage.tables[table].tableStreamArn,
    functionName: handler.functionName,
    startingPosition: "TRIM_HORIZON",
    filterCriteria: { filters: [filter] },
    batchSize: 100,
    bisectBatchOnFunctionError: true,
    functionResponseTypes: ["ReportBatchItemFailures"],
    maximumRetryAttempts: 20,
    maximumRecordAgeInSeconds: 6 * 3600,
    destinationConfig: { onFailure: { destination: letters.queueArn } },
  });
  mapping.node.addDependency(handler.role!);
  return { handler, letters };
}
