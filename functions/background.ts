import middy from "@middy/core";
import type { Context } from "aws-lambda";
import { log } from "./log.ts";

/**
 * Makes a Lambda handler of what the clock or a stream calls. A fault is logged whole and thrown on: the alarm rings, and
 * it is tried again. Locally and in tests it is called without a context.
 */
export function background<In extends object, Out>(
  name: string,
  run: (event: In) => Promise<Out>,
  ...more: middy.MiddlewareObj<In, Out>[]
): (event: In, context?: Context) => Promise<Out> {
  const chain = middy<In, Out>().use(log(name)).use(more).handler(run);
  return (event, context = {} as Context) => chain(event, context);
}

/** What the clock calls says all that there is to know by being called. */
export function byClock<Out>(
  name: string,
  run: () => Promise<Out>,
): (event?: object, context?: Context) => Promise<Out> {
  const handler = background<object, Out>(name, run);
  return (event = {}, context) => handler(event, context);
}
