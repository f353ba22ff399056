import type middy from "@middy/core";
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import * as z from "zod";
import type { Answer, Caller, Endpoint } from "../shared/api/endpoint.ts";
import { refusalOf } from "../shared/edge.ts";
import type { Refusal } from "../shared/refusal.ts";

export type Reply = APIGatewayProxyStructuredResultV2;

const text = (status: number, body: string): Reply => ({
  statusCode: status,
  headers: {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
  },
  body,
});
const json = (status: number, body: unknown) => text(status, JSON.stringify(body));

/** An answer as its endpoint spells it; its schema holds it to its promise. */
export function spelt<E extends Endpoint>(spec: E, answer: Answer<E>): Reply {
  const encoded = z.encode(spec.reply, answer);
  // A provider reads the national envelope, whose numbers are written with the digits that they have.
  return spec.caller.audience === "provider" ? text(200, String(encoded)) : json(200, encoded);
}

/** How a no is spelt. */
export const refused = ({ status, code, sentence }: Refusal): Reply => json(status, { code, message: sentence });

/** A fault says nothing of itself. */
const fault = { status: 500, code: "fault", sentence: "系统出了点问题，您的内容没有丢失，请稍后再试，或拨打12393。" };

/** Refusals are told, faults are told as nothing but a fault. The payment channel reads FAIL and tells again later. */
export const explain = ({ audience }: Caller): middy.MiddlewareObj<APIGatewayProxyEventV2, Reply> => ({
  onError: (request) => {
    const { status, code, sentence } = refusalBehind(request.error) ?? fault;
    request.response = json(status, { code: audience === "channel" ? "FAIL" : code, message: sentence });
  },
});

/** The code of a refusal, or null where it is a fault. */
export const refusalCode = (error: unknown): string | null => refusalBehind(error)?.code ?? null;

/** The refusal behind an error, or null where it is a fault. */
function refusalBehind(error: unknown): Refusal | null {
  try {
    return refusalOf(error);
  } catch {
    return null;
  }
}
