import { CfnRule } from "aws-cdk-lib/aws-events";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { Construct } from "constructs";
import { type ScheduledName, scheduled } from "./functions.ts";
import { type CodeOf, lambda } from "./lambda.ts";
import type { Storage } from "./storage.ts";

/** 定时任务 · a function that nobody calls but the clock. A run that fails is tried twice more, and the next one comes anyway. */
export function onSchedule(
  scope: Construct,
  name: ScheduledName,
  code: CodeOf,
  storage: Storage,
  atOnce: number,
): IFunction {
  const { access, secrets, every } = scheduled[name];
  const handler = lambda(scope, name, {
    code,
    given: [storage.access(access), storage.reading(secrets)],
    seconds: 60,
    atOnce,
  });
  const rule = new CfnRule(scope, `${name}-schedule`, {
    description: name,
    scheduleExpression: every,
    state: "ENABLED",
    targets: [{ id: name, arn: handler.functionArn }],
  });
  handler.addPermission("Schedule", {
    principal: new ServicePrincipal("events.amazonaws.com"),
    sourceArn: rule.attrArn,
  });
  return handler;
}
