import middy from "@middy/core";
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";
import type { Answer, Endpoint, Read } from "../shared/api/endpoint.ts";
import { explain, type Reply, refusalCode, spelt } from "./answer.ts";
import { type Browser, browserOf } from "./browser.ts";
import { type Actor, identify, slow } from "./caller.ts";
import { parse } from "./input.ts";
import { log } from "./log.ts";
import { seenBy } from "./seen.ts";

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Reply>;

/** What a handler is given: what was said, in the endpoint's own types, and who said it. */
type Call<E extends Endpoint> = Read<E> & Actor<E["caller"]>;

/**
 * Makes a Lambda handler of an endpoint: who calls, may they, what do they say, run, spell the answer, explain a no.
 * A handler never sees a malformed input, never catches and never logs.
 */
export function http<E extends Endpoint>(
  spec: E,
  run: (call: Call<E>, browser: Browser) => Promise<Answer<E>>,
): Handler {
  return middy<APIGatewayProxyEventV2, Reply>()
    .use(log(`${spec.method} ${spec.path}`, refusalCode, seenBy(spec)))
    .use(explain(spec.caller))
    .use(slow(spec.caller))
    .use(identify(spec.caller))
    .use(parse(spec))
    .handler(async ({ said, actor, cookies }) => {
      const { told, ...browser } = browserOf(cookies);
      const reply = spelt(spec, await run({ ...said, ...actor } as Call<E>, browser));
      return told.length > 0 ? { ...reply, cookies: told } : reply;
    });
}
