import type middy from "@middy/core";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Caller, Endpoint } from "../shared/api/endpoint.ts";
import { decoded, readJson } from "../shared/edge.ts";
import { Refusal } from "../shared/refusal.ts";

/**
 * API Gateway's own limit is 10 MB; no call of ours needs a hundredth of it, files are uploaded elsewhere. A national
 * message holds 40,000 characters of input, up to three bytes each.
 */
const largestBody = (audience: Caller["audience"]) => (audience === "provider" ? 200_000 : 100_000);

/** The bytes of a body, as they were sent. */
export function bodyBytes(event: APIGatewayProxyEventV2, { audience }: Caller): Buffer {
  const raw = event.body ?? "";
  if (raw.length > largestBody(audience)) throw new Refusal("too-large");
  return Buffer.from(raw, event.isBase64Encoded ? "base64" : "utf8");
}

/** What do they say: path, query and body through the endpoint's schemas, text becoming `Yuan` and `Day`. */
export const parse = (spec: Endpoint): middy.MiddlewareObj<APIGatewayProxyEventV2 & { said?: object }> => ({
  before: ({ event }) => {
    event.said = {
      ...(spec.params && { params: decoded(spec.params, event.pathParameters ?? {}) }),
      ...(spec.query && { query: decoded(spec.query, event.queryStringParameters ?? {}) }),
      ...(spec.body && { body: decoded(spec.body, readJson(bodyBytes(event, spec.caller).toString("utf8"))) }),
    };
  },
});
