import { Logger } from "@aws-lambda-powertools/logger";
import type middy from "@middy/core";
import type { Context } from "aws-lambda";

export const logger = new Logger({ serviceName: "resident-insurance" });

/** 报警 · what somebody should look at today. */
export type Spent = "text-hour" | "text-day" | "bind-number" | "reveal";
type Ringing = "many-people" | "too-many-people" | "many-misses" | Spent;

/**
 * Says that something rang; `facts` hold no person. CloudWatch reads the metric out of the line itself (its embedded metric
 * format), and `infra/alarms.ts` listens to it.
 */
export const ring = (alarm: Ringing, facts: Readonly<Record<string, string | number>>): void => {
  const metric = { Namespace: "ResidentInsurance", Dimensions: [[]], Metrics: [{ Name: "Ringing", Unit: "Count" }] };
  logger.warn("alarm", { alarm, ...facts, Ringing: 1, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] } });
};

type Timed = { startedAt?: number };

/**
 * One line a call: what was called, how it ended, how long it took; never a person's data. What has no code is a fault and
 * logged whole. Codes are told by whoever has them: a guard that only logs does not load the law's refusals for it.
 */
export function log(
  call: string,
  codeOf: (error: unknown) => string | null = () => null,
): middy.MiddlewareObj<unknown, unknown, Error, Context, Timed> {
  const line = ({ response, internal }: middy.Request<unknown, unknown, Error, Context, Timed>, code: string) => {
    const status = response instanceof Object && "statusCode" in response ? { status: response.statusCode } : {};
    logger.info("call", { call, ...status, code, ms: Date.now() - (internal.startedAt ?? Date.now()) });
  };
  return {
    before: ({ internal }) => {
      internal.startedAt = Date.now();
    },
    after: (request) => line(request, "ok"),
    onError: (request) => {
      // Whoever dealt with it by another way took it away.
      if (request.error === null) return line(request, "ok");
      const code = codeOf(request.error);
      if (code === null) logger.error("fault", { call, error: request.error });
      line(request, code ?? "fault");
    },
  };
}
