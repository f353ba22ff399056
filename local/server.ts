import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import { prefix } from "../shared/api/endpoint.ts";
import { endpoints } from "../shared/api/endpoints.ts";
import { pageHeaders } from "../shared/page-headers.ts";

type Reply = APIGatewayProxyStructuredResultV2;
type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<Reply>;

interface Route {
  readonly method: string;
  readonly template: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly load: () => Promise<{ handler: Handler }>;
}

/** Every route of the endpoint list, with the exported handler that AWS would call. */
const routes: Route[] = Object.entries(endpoints).map(([name, { method, path }]) => {
  const template = `${prefix}${path}`;
  const [folder, file] = name.split(".");
  return {
    method,
    template,
    pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, "([^/]+)")}$`),
    names: [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1]!),
    load: () => import(`../functions/${folder}/${file}.ts`),
  };
});
const unknown = () => import("../functions/about/unknown.ts");

/** API Gateway's own limit. */
const largestRequest = 10 * 1024 * 1024;

interface ApiRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly address: string;
}

/** Answers one request of the API as API Gateway and Lambda would: the same event to the same exported handler. */
export async function callApi({ method, url, headers: sent, body, address }: ApiRequest): Promise<Reply> {
  const { cookie, ...headers } = sent;
  const path = url.pathname;
  const route = routes.find((one) => one.method === method && one.pattern.test(path));
  const routeKey = route ? `${route.method} ${route.template}` : "$default";
  const values = route?.pattern.exec(path)?.slice(1).map(decodePart) ?? [];
  const { handler } = route ? await route.load() : await unknown();
  const event: APIGatewayProxyEventV2 = {
    version: "2.0",
    routeKey,
    rawPath: path,
    rawQueryString: url.search.slice(1),
    headers,
    ...(cookie && { cookies: cookie.split("; ") }),
    ...(url.search && { queryStringParameters: Object.fromEntries(url.searchParams) }),
    ...(values.length > 0 && {
      pathParameters: Object.fromEntries(route!.names.map((name, i) => [name, values[i]!])),
    }),
    requestContext: {
      accountId: "local",
      apiId: "local",
      domainName: url.hostname,
      domainPrefix: "local",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: address, userAgent: headers["user-agent"] ?? "" },
      requestId: randomUUID(),
      routeKey,
      stage: "$default",
      time: new Date().toISOString(),
      timeEpoch: Date.now(),
    },
    ...(body.length > 0 && { body: body.toString("utf8") }),
    isBase64Encoded: false,
  };
  return handler(event, lambdaContext);
}

/** API Gateway hands on what it cannot decode. */
function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const lambdaContext = {
  awsRequestId: "local",
  functionName: "local",
  getRemainingTimeInMillis: () => 10_000,
} as Context;

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > largestRequest) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What else the local server serves: each answers the requests under its own path. */
export type Mount = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  body: Buffer,
) => Promise<void> | void;

/** 本机的名字 · a page elsewhere can let a name of its own lead here; what its browser then asks for is not this. */
const ownNames = ["localhost", "127.0.0.1"];

/** The local server: the API under its prefix, everything else by the mount whose path is the longest that fits. */
export function localServer(
  mounts: Record<string, Mount>,
  { onWrite = () => {} }: { onWrite?: () => void } = {},
): Server {
  const places = Object.keys(mounts).sort((a, b) => b.length - a.length);
  return createServer(async (request, response) => {
    try {
      const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "localhost"}`);
      if (!ownNames.includes(url.hostname)) {
        response.writeHead(421, { "content-type": "application/json" }).end('{"message":"Misdirected Request"}');
        return;
      }
      const isApi = url.pathname.startsWith(`${prefix}/`);
      const place = places.find((one) => url.pathname.startsWith(one));
      // The identity provider reads its own body.
      const body = place?.startsWith("/issuer") ? Buffer.alloc(0) : await readBody(request);
      if (body === null) {
        response.writeHead(413, { "content-type": "application/json" }).end('{"message":"Request Entity Too Large"}');
        return;
      }
      if (!isApi && place) {
        for (const [name, value] of Object.entries(pageHeaders)) response.setHeader(name, value);
        await mounts[place]!(request, response, url, body);
        return;
      }
      const reply = await callApi({
        method: request.method ?? "GET",
        url,
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
        body,
        address: request.socket.remoteAddress ?? "127.0.0.1",
      });
      if (reply.cookies) response.setHeader("set-cookie", reply.cookies);
      response.writeHead(reply.statusCode ?? 200, reply.headers as Record<string, string>).end(reply.body ?? "");
      if (request.method !== "GET") onWrite();
    } catch (error) {
      console.error(error);
      if (!response.headersSent) response.writeHead(500, { "content-type": "application/json" });
      response.end('{"message":"Internal Server Error"}');
    }
  });
}
