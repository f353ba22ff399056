import { Logger } from "@aws-lambda-powertools/logger";
import type middy from "@middy/core";
import type { Context } from "aws-lambda";
import { refusalOf } from "../shared/edge.ts";
import type { Refusal } from "../shared/refusal.ts";

export const logger = new Logger({ serviceName: "resident-insurance" });

type Timed = { startedAt?: number };

/** One line a call: what was called, how it ended, how long it took; never a person's data. A fault is logged whole. */
export function log(call: string): middy.MiddlewareObj<unknown, unknown, Error, Context, Timed> {
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
      const refusal = refusalBehind(request.error);
      if (!refusal) logger.error("fault", { call, error: request.error });
      line(request, refusal?.code ?? "fault");
    },
  };
}

/** The refusal behind an error, or null where it is a fault. */
export function refusalBehind(error: unknown): Refusal | null {
  try {
    return refusalOf(error);
  } catch {
    return null;
  }
}
