import { isIPv6 } from "node:net";
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

/**
 * 一户的网络 · what counts as one place: of IPv6 the /64, since its holder has every address in it, and the neighbours whom one
 * subscriber may have all to themselves, /24 and /48. Whatever is counted by where it came from is counted by these.
 */
export function networksOf(address: string): { own: string; neighbours: string } {
  if (!isIPv6(address)) return { own: address, neighbours: address.split(".").slice(0, 3).join(".") };
  const groups = groupsOf(address);
  return { own: groups.slice(0, 4).join(":"), neighbours: groups.slice(0, 3).join(":") };
}

function groupsOf(address: string): string[] {
  const [before = "", after] = address.split("::");
  const [head, tail] = [before, after ?? ""].map((part) => part.split(":").filter(Boolean));
  const missing = after === undefined ? 0 : 8 - head!.length - tail!.length;
  return [...head!, ...new Array<string>(Math.max(0, missing)).fill("0"), ...tail!].map((one) =>
    Number.parseInt(one, 16).toString(16),
  );
}
