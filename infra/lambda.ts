import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, type Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { runtime } from "./runtime.ts";
import type { Given } from "./storage.ts";

/** The code of a function by its name: bundled for a deployment, anything at all for a test. */
export type CodeOf = (name: string) => Code;

/** 日志保存 · 网络安全法 asks for six months at least. */
const logsKept = RetentionDays.ONE_YEAR;

/** A log that outlives its stack. */
export const retainedLog = (scope: Construct, id: string): LogGroup =>
  new LogGroup(scope, id, { retention: logsKept, removalPolicy: RemovalPolicy.RETAIN });

/** 函数 · one function with a role of its own, which may do what it is given and write its log. */
export function lambda(
  scope: Construct,
  name: string,
  {
    code,
    given,
    seconds,
    atOnce,
    megabytes = 1024,
  }: { code: CodeOf; given: readonly Given[]; seconds: number; atOnce: number; megabytes?: number },
): LambdaFunction {
  const id = name.replace(/(^|-)([a-z])/g, (_, __, letter: string) => letter.toUpperCase());
  const logGroup = retainedLog(scope, `${id}Log`);
  const writesItsLog = new PolicyStatement({
    actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
    resources: [logGroup.logGroupArn],
  });
  const role = new Role(scope, `${id}Role`, {
    assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    inlinePolicies: {
      given: new PolicyDocument({ statements: [writesItsLog, ...given.flatMap((one) => one.statements)] }),
    },
  });
  return new LambdaFunction(scope, id, {
    description: name,
    code: code(name),
    handler: "index.handler",
    runtime: Runtime.ALL.find(({ name }) => name === runtime.lambda)!,
    architecture: Architecture.ARM_64,
    memorySize: megabytes,
    timeout: Duration.seconds(seconds),
    reservedConcurrentExecutions: atOnce,
    environment: Object.assign({ POWERTOOLS_LOG_LEVEL: "INFO" }, ...given.map((one) => one.environment)),
    role,
    logGroup,
  });
}
