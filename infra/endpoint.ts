import { ArnFormat, Aws, Stack } from "aws-cdk-lib";
import { CfnApi, CfnIntegration, CfnRoute, CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import type { FunctionSpec } from "./functions.ts";
import { type CodeOf, lambda, retainedLog } from "./lambda.ts";
import type { Concurrency } from "./settings.ts";
import type { Given, Storage } from "./storage.ts";

/** What one line of the access log says: the route, never the path, and nobody's address. */
const accessLog = {
  at: "$context.requestTimeEpoch",
  request: "$context.requestId",
  route: "$context.routeKey",
  status: "$context.status",
  ms: "$context.responseLatency",
  functionMs: "$context.integrationLatency",
  fault: "$context.integrationErrorMessage",
};

/** How many calls a second a side takes from everybody together, and in a burst. */
interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** 接口 · the HTTP API of one side: exactly the routes of its functions, `$default` for every other path. */
export class Api {
  readonly id: string;
  readonly host: string;
  private readonly scope: Construct;
  private readonly concurrency: Concurrency;
  private readonly given: readonly Given[];

  /** `given` is what each function of the side is given, whatever its endpoints say. */
  constructor(scope: Construct, concurrency: Concurrency, throttle: Throttle, given: readonly Given[] = []) {
    this.scope = scope;
    this.concurrency = concurrency;
    this.given = given;
    const api = new CfnApi(scope, "Api", { name: Stack.of(scope).stackName, protocolType: "HTTP" });
    this.id = api.ref;
    this.host = `${api.ref}.execute-api.${Stack.of(scope).region}.${Aws.URL_SUFFIX}`;
    new CfnStage(scope, "ApiStage", {
      apiId: api.ref,
      stageName: "$default",
      autoDeploy: true,
      defaultRouteSettings: {
        detailedMetricsEnabled: true,
        throttlingRateLimit: throttle.rate,
        throttlingBurstLimit: throttle.burst,
      },
      accessLogSettings: {
        destinationArn: retainedLog(scope, "ApiLog").logGroupArn,
        format: JSON.stringify(accessLog),
      },
    });
  }

  /** Makes the function of a specification and leads its routes to it. */
  serve(spec: FunctionSpec, code: CodeOf, storage: Storage, identity: Given): void {
    const handler = lambda(this.scope, spec.name, {
      code,
      given: [
        ...this.given,
        storage.access(spec.access),
        storage.reading(spec.secrets),
        ...(spec.audience === "officer" ? [identity] : []),
      ],
      atOnce: this.concurrency[spec.audience],
      ...sizeOf(spec),
    });
    handler.addPermission("Api", {
      principal: new ServicePrincipal("apigateway.amazonaws.com"),
      sourceArn: Stack.of(this.scope).formatArn({
        service: "execute-api",
        resource: this.id,
        resourceName: "*/*",
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      }),
    });
    const integration = new CfnIntegration(this.scope, `${handler.node.id}Integration`, {
      apiId: this.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.functionArn,
      payloadFormatVersion: "2.0",
    });
    for (const { routeKey, entry } of spec.routes) {
      new CfnRoute(this.scope, `Route-${entry}`, {
        apiId: this.id,
        routeKey,
        target: `integrations/${integration.ref}`,
      });
    }
  }
}

/**
 * API Gateway waits half a minute at most; whoever reads the ledger walks over whole days, and whoever receives a file draws a
 * picture anew, which takes memory, and time in inverse proportion to it.
 */
function sizeOf({ access }: FunctionSpec): { seconds: number; megabytes?: number } {
  if (access.objects === "receive") return { seconds: 29, megabytes: 2048 };
  return { seconds: access.ledger === "read" ? 29 : 10 };
}
