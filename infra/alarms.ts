import { Duration, RemovalPolicy } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import type { RefusalCode } from "../shared/refusal.ts";
import type { Settings } from "./settings.ts";
import { retainedKey } from "./storage.ts";
import type { Consumer } from "./streams.ts";

/** 服务目标 · what each side promises, and at what the alarm rings. */
const objectives = {
  /** 99 of 100 calls are answered within so many milliseconds. */
  resident: { p99: 2_000, faultPercent: 1 },
  agency: { p99: 3_000, faultPercent: 1 },
  provider: { p99: 2_000, faultPercent: 1 },
  /** Milliseconds that an outbox item waits at most: the board follows a payment. */
  outboxAge: 30_000,
} as const;

const every = Duration.minutes(5);

/** Where alarms go: a topic that only CloudWatch writes to. */
export function alarmTopic(scope: Construct, { alarmEmail }: Settings): Topic {
  const key = retainedKey(scope, "AlarmKey", "Alarms in flight");
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: ["*"],
    }),
  );
  const topic = new Topic(scope, "Alarms", { masterKey: key, enforceSSL: true });
  topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
  if (alarmEmail) topic.addSubscription(new EmailSubscription(alarmEmail));
  return topic;
}

/** Rings when a metric is at or over a limit for so many periods; silence is good news. */
function ring(
  scope: Construct,
  topic: Topic,
  id: string,
  { what, metric, limit, periods = 1 }: { what: string; metric: IMetric; limit: number; periods?: number },
): void {
  const alarm = new Alarm(scope, id, {
    alarmDescription: what,
    metric,
    threshold: limit,
    evaluationPeriods: periods,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  alarm.addAlarmAction(new SnsAction(topic));
}

/** The alarms of one side's API: slow, or failing. */
export function apiAlarms(
  scope: Construct,
  topic: Topic,
  side: "resident" | "agency" | "provider",
  apiId: string,
): void {
  const { p99, faultPercent } = objectives[side];
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: "AWS/ApiGateway",
      metricName,
      statistic,
      dimensionsMap: { ApiId: apiId, Stage: "$default" },
      period: every,
    });
  ring(scope, topic, "Slow", {
    what: `p99 of the ${side} side is over ${p99} ms`,
    metric: metric("Latency", "p99"),
    limit: p99,
    periods: 3,
  });
  ring(scope, topic, "Failing", {
    what: `${faultPercent} % of the ${side} side's calls end in a fault`,
    metric: new MathExpression({
      // A single fault in a quiet night is read in the log in the morning.
      expression: "IF(calls >= 20, 100 * faults / calls, 0)",
      usingMetrics: { calls: metric("Count", "Sum"), faults: metric("5xx", "Sum") },
      period: every,
    }),
    limit: faultPercent,
    periods: 2,
  });
}

/** The alarms of what follows the tables: late, failing, or given up. */
export function consumerAlarms(scope: Construct, topic: Topic, name: string, { handler, letters }: Consumer): void {
  ring(scope, topic, `${name}-late`, {
    what: `${name} is behind its stream`,
    metric: handler.metric("IteratorAge", { statistic: "Maximum", period: every }),
    limit: objectives.outboxAge,
    periods: 2,
  });
  ring(scope, topic, `${name}-failing`, {
    what: `${name} fails`,
    metric: handler.metricErrors({ period: every }),
    limit: 1,
    periods: 3,
  });
  ring(scope, topic, `${name}-gave-up`, {
    what: `${name} gave up on items: see its queue`,
    metric: letters.metricApproximateNumberOfMessagesVisible({ period: every }),
    limit: 1,
  });
}

/** The alarm of a function that the clock calls: it failed. */
export const scheduleAlarm = (scope: Construct, topic: Topic, name: string, handler: IFunction): void =>
  ring(scope, topic, `${name}-failing`, {
    what: `${name} fails`,
    metric: handler.metricErrors({ period: every }),
    limit: 1,
    periods: 2,
  });

/** From how many in five minutes on somebody should look at who is turned away, by code: guessed and stolen tokens, officers where they are not, pumping. */
const turnedAway: Readonly<Partial<Record<RefusalCode, number>>> = {
  "not-signed-in": 500,
  "session-stolen": 3,
  "role-missing": 20,
  "outside-area": 20,
  "not-an-officer": 10,
  "appointment-ended": 10,
  "signature-wrong": 50,
  "too-many-requests": 500,
  paused: 200,
};

/** The alarms of refusals by code (`functions/log.ts` counts them), of all sides together. */
export function refusalAlarms(scope: Construct, topic: Topic): void {
  for (const [code, limit] of Object.entries(turnedAway))
    ring(scope, topic, `Refused-${code}`, {
      what: `${limit} calls in ${every.toMinutes()} minutes are refused with ${code}: the log's lines say by whom and from where, as hashes`,
      metric: new Metric({
        namespace: "ResidentInsurance",
        metricName: "Refused",
        dimensionsMap: { code },
        statistic: "Sum",
        period: every,
      }),
      limit,
    });
}

/** What a function says rings (`ring` of `functions/log.ts`): a provider that walks through the register, an officer who looks at many. */
export const ringingAlarm = (scope: Construct, topic: Topic): void =>
  ring(scope, topic, "Ringing", {
    what: 'Somebody asks for many people, or for many who are nobody: the log\'s lines "alarm" say who and which',
    metric: new Metric({
      namespace: "ResidentInsurance",
      metricName: "Ringing",
      statistic: "Sum",
      period: every,
    }),
    limit: 1,
  });

/** The guard is called by nothing but a change of the ledger: one call is one alarm. */
export const tamperingAlarm = (scope: Construct, topic: Topic, { handler }: Consumer): void =>
  ring(scope, topic, "LedgerTampered", {
    what: "An entry of the ledger was changed or removed",
    metric: handler.metricInvocations({ period: Duration.minutes(1) }),
    limit: 1,
  });

/** A table that turns requests away. */
export function throttleAlarm(scope: Construct, topic: Topic, name: string, table: Table): void {
  const throttled = (metricName: string) => table.metric(metricName, { statistic: "Sum", period: every });
  ring(scope, topic, `${name}-throttled`, {
    what: `Table ${name} turns requests away`,
    metric: new MathExpression({
      expression: "FILL(reads, 0) + FILL(writes, 0)",
      usingMetrics: { reads: throttled("ReadThrottleEvents"), writes: throttled("WriteThrottleEvents") },
      period: every,
    }),
    limit: 1,
    periods: 2,
  });
}
