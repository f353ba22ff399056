import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { config } from "./config.ts";
import { sameSecret } from "./signed.ts";

/**
 * 来源地址 · the caller's address: what the site's own edge says of it, where the edge has proven to be it; else whoever
 * connected. Whoever calls the API past the edge writes what headers they like, and none of them counts.
 */
export function addressOf({ headers, requestContext }: APIGatewayProxyEventV2): string {
  const { sourceIp } = requestContext.http;
  const edge = config.edge();
  if (edge === null || !sameSecret(headers["x-site-edge"] ?? "", edge.secret)) return sourceIp;
  return (edge.says === "cloudfront-viewer-address" ? viewer(headers) : lastHop(headers, sourceIp)) || sourceIp;
}

/** As CloudFront writes it: with the port that it came from. */
const viewer = (headers: APIGatewayProxyEventV2["headers"]) =>
  (headers["cloudfront-viewer-address"] ?? "").replace(/:\d+$/, "");

/** CloudFront adds whom it saw at the end, the API its own caller after that; what stands before them anybody may have written. */
function lastHop(headers: APIGatewayProxyEventV2["headers"], sourceIp: string): string | undefined {
  const hops = (headers["x-forwarded-for"] ?? "").split(",").map((one) => one.trim());
  return hops.at(-1) === sourceIp ? hops.at(-2) : hops.at(-1);
}
