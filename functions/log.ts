import { Logger } from "@aws-lambda-powertools/logger";
import type middy from "@middy/core";
import type { Context } from "aws-lambda";

export const logger = new Logger({ serviceName: "resident-insurance" });

/** Tries that ring when they are used up. */
export type Spent = "text-hour" | "text-day" | "bind-number" | "reveal";
/** 报警 · what somebody should look at today. */
type Ringing = "many-people" | "too-many-people" | "many-misses" | "many-looks" | Spent;

/** One more of something, which CloudWatch reads out of the line itself (its embedded metric format): `infra/alarms.ts` listens to it. */
const counted = (Name: string, ...dimensions: readonly string[]) => {
  const metric = { Namespace: "ResidentInsurance", Dimensions: [dimensions], Metrics: [{ Name, Unit: "Count" }] };
  return { [Name]: 1, _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] } };
};

/** Says that something rang; `facts` hold no person. */
export const ring = (alarm: Ringing, facts: Readonly<Record<string, string | number>>): void =>
  logger.warn("alarm", { alarm, ...facts, ...counted("Ringing") });

/** Who was not let in, may not, or comes too often: counted by its code. */
const turnedAway = [401, 403, 429];

type Timed = { startedAt?: number };
type Asked<E> = middy.Request<E, unknown, Error, Context, Timed>;

/**
 * One line a call: what was called, by whom and from where (as `seen` hashes them), how it ended, how long it took; never a
 * person's data. What has no code is a fault and logged whole. Codes are told by whoever has them: a guard that only logs
 * does not load the law's refusals for it.
 */
export function log<E = unknown>(
  call: string,
  codeOf: (error: unknown) => string | null = () => null,
  seen: (event: E) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): middy.MiddlewareObj<E, unknown, Error, Context, Timed> {
  const line = async ({ event, response, internal }: Asked<E>, code: string) => {
    const status = response instanceof Object && "statusCode" in response ? Number(response.statusCode) : undefined;
    const by = await seen(event);
    const ms = Date.now() - (internal.startedAt ?? Date.now());
    const refused = status !== undefined && turnedAway.includes(status) ? counted("Refused", "code") : {};
    logger.info("call", { call, ...by, ...(status !== undefined && { status }), code, ms, ...refused });
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
