import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { Handler } from "../functions/http.ts";

/** 分派 · one function for several routes: API Gateway says which route it was, and that route's own handler answers. */
export const dispatch =
  (handlers: Readonly<Record<string, Handler>>): Handler =>
  (event: APIGatewayProxyEventV2, context: Context) => {
    const handler = handlers[event.routeKey];
    if (!handler) throw new Error(`no handler for ${event.routeKey}`);
    return handler(event, context);
  };
