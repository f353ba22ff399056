import { Logger } from "@aws-lambda-powertools/logger";
import middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from "aws-lambda";
import * as z from "zod";
import type { Answer, Caller, Endpoint, Read } from "../shared/api/endpoint.ts";
import { decoded, readJson, refusalOf } from "../shared/edge.ts";
import { Refusal } from "../shared/refusal.ts";
import { type Officer, officerOf } from "./callers/officers.ts";
import { type Resident, residentOf } from "./callers/sessions.ts";
import { limit } from "./limits.ts";
import type { SignedMessage } from "./signed.ts";

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

/** Who calls, as the endpoint's audience says; what a channel or a provider sent comes raw, for its signature is over the bytes. */
type Actor<C extends Caller> = C extends { audience: "resident" }
  ? { resident: C extends { trust: "signed-in" } ? Resident : Resident & { personNo: string }; address: string }
  : C extends { audience: "officer" }
    ? { officer: Officer }
    : C extends { audience: "channel" | "provider" }
      ? { message: SignedMessage }
      : { address: string };

const logger = new Logger({ serviceName: "resident-insurance" });
/**
 * API Gateway's own limit is 10 MB; no call of ours needs a hundredth of it, files are uploaded elsewhere. A national
 * message holds 40,000 characters of input, up to three bytes each.
 */
const largestBody = (audience: Caller["audience"]) => (audience === "provider" ? 200_000 : 100_000);

/**
 * Makes a Lambda handler of an endpoint: who calls, may they, what do they say, run, spell the answer, explain a no.
 * A handler never sees a malformed input, never catches and never logs.
 */
export function http<E extends Endpoint>(
  spec: E,
  run: (call: Read<E> & Actor<E["caller"]>) => Promise<Answer<E>>,
): Handler {
  const answer = async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const actor = await actorOf(spec.caller, event);
    const reply = await run({ ...(await readParts(spec, event)), ...actor } as Read<E> & Actor<E["caller"]>);
    const encoded = z.encode(spec.reply, reply);
    // A provider reads the national envelope, whose numbers are written with the digits that they have.
    return spec.caller.audience === "provider" ? jsonOf(200, String(encoded)) : json(200, encoded);
  };
  return middy(answer).use(explain(spec)) as unknown as Handler;
}

async function actorOf(caller: Caller, event: APIGatewayProxyEventV2): Promise<object> {
  const address = addressOf(event);
  // Many residents share an address behind their carrier; the channel's notices come from a few and are signed.
  if (caller.audience !== "channel" && caller.audience !== "provider") limit("address", address, 3_000);
  if (caller.audience === "resident") {
    const resident = await residentOf(bearer(event));
    limit("account", resident.accountNo, 120);
    if (caller.trust !== "signed-in" && resident.personNo === null) throw new Refusal("not-bound");
    if (caller.trust === "proven" && resident.proof === null) throw new Refusal("proof-needed");
    return { resident, address };
  }
  if (caller.audience === "officer") {
    const officer = await officerOf(bearer(event));
    limit("officer", officer.officerNo, 600);
    if (!caller.roles.some((role) => officer.roles.includes(role))) throw new Refusal("role-missing");
    return { officer };
  }
  const raw = caller.audience === "channel" || caller.audience === "provider";
  return raw ? { message: messageOf(event, caller.audience) } : { address };
}

const messageOf = (event: APIGatewayProxyEventV2, audience: Caller["audience"]): SignedMessage => ({
  headers: Object.fromEntries(Object.entries(event.headers).map(([name, value]) => [name.toLowerCase(), value])),
  body: bytesOf(event, audience),
});

/** The caller's address: behind the site's own edge the last but one that was forwarded, else whoever connected. */
function addressOf(event: APIGatewayProxyEventV2): string {
  const forwarded = (event.headers["x-forwarded-for"] ?? "").split(",").map((one) => one.trim());
  return forwarded.at(-2) || event.requestContext.http.sourceIp;
}

const bearer = (event: APIGatewayProxyEventV2): string => {
  const [scheme, token] = (event.headers.authorization ?? "").split(" ");
  if (scheme?.toLowerCase() !== "bearer" || !token) throw new Refusal("not-signed-in");
  return token;
};

async function readParts(spec: Endpoint, event: APIGatewayProxyEventV2): Promise<object> {
  const read: Record<string, unknown> = {};
  if (spec.params) read.params = decoded(spec.params, event.pathParameters ?? {});
  if (spec.query) read.query = decoded(spec.query, event.queryStringParameters ?? {});
  if (spec.body) read.body = decoded(spec.body, readJson(bytesOf(event, spec.caller.audience).toString("utf8")));
  return read;
}

function bytesOf(event: APIGatewayProxyEventV2, audience: Caller["audience"]): Buffer {
  const raw = event.body ?? "";
  if (raw.length > largestBody(audience)) throw new Refusal("too-large");
  return Buffer.from(raw, event.isBase64Encoded ? "base64" : "utf8");
}

const json = (status: number, body: unknown) => jsonOf(status, JSON.stringify(body));

const jsonOf = (status: number, body: string): APIGatewayProxyStructuredResultV2 => ({
  statusCode: status,
  headers: {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  },
  body,
});

/** How a refusal is told. */
export const refused = (refusal: Refusal) => json(refusal.status, { code: refusal.code, message: refusal.sentence });

/** The payment channel reads FAIL and tells again later; people and our own clients read what it was. */
const spelt = (spec: Endpoint, status: number, code: string, message: string) =>
  json(status, { code: spec.caller.audience === "channel" ? "FAIL" : code, message });

/** Refusals are told; faults are logged whole and told as nothing but a fault. One log line a call, never a person's data. */
function explain(spec: Endpoint): middy.MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2> {
  const startedAt = new WeakMap<object, number>();
  const line = (event: APIGatewayProxyEventV2, status: number | undefined, code: string) =>
    logger.info("call", {
      call: `${spec.method} ${spec.path}`,
      status,
      code,
      ms: Date.now() - (startedAt.get(event) ?? Date.now()),
    });
  return {
    before: ({ event }) => {
      startedAt.set(event, Date.now());
    },
    after: ({ event, response }) => line(event, response?.statusCode, "ok"),
    onError: (request) => {
      const refusal = toldOf(request.error);
      if (!refusal) logger.error("fault", { call: `${spec.method} ${spec.path}`, error: request.error as Error });
      request.response = refusal
        ? spelt(spec, refusal.status, refusal.code, refusal.sentence)
        : spelt(spec, 500, "fault", "系统出了点问题，您的内容没有丢失，请稍后再试，或拨打12393。");
      line(request.event, request.response.statusCode, refusal?.code ?? "fault");
    },
  };
}

/** The refusal behind an error, or null where it is a fault. */
function toldOf(error: unknown): Refusal | null {
  try {
    return refusalOf(error);
  } catch {
    return null;
  }
}
