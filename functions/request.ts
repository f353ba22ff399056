import { createHash } from "node:crypto";
import * as z from "zod";
import { Refusal } from "../shared/refusal.ts";
import { now } from "./clock.ts";
import { expired, key, type RequestKind } from "./key.ts";
import { itemAt } from "./read.ts";
import { compared, decideAndWrite, either, isNew, type Step, toPut } from "./write.ts";

/** 请求 · what somebody asks to be made, under a number of their own; the same number with another body is refused. */
export interface NumberedRequest {
  readonly of: RequestKind;
  /** The account or the officer whose number it is. */
  readonly askedBy: string;
  readonly requestNo: string;
  readonly body: unknown;
}

/** Whose number it is where a resident asks: the account's while it is this person's. */
export const residentsOwn = ({ accountNo, personNo }: { accountNo: string; personNo: string }): string =>
  `${accountNo}#${personNo}`;

/**
 * How long a request is remembered. A client asks again because the answer was lost: within seconds by itself, within days
 * where the phone was without a network or a draft lay with its number in it. A month covers both, as it does for whatever
 * else waits here for a person to come back; after it the same number is a new request.
 */
const rememberedSeconds = 30 * 24 * 3600;

const Answered = z.object({ no: z.string(), body: z.string(), expiresAt: z.int() });

const keyOf = ({ of, askedBy, requestNo }: NumberedRequest) => key.request(of, askedBy, requestNo);
const fingerprint = ({ body }: NumberedRequest) =>
  createHash("sha256").update(JSON.stringify(body)).digest("base64url");

/** What a request made before, found by its number, or null. */
export async function answeredBefore<T>(
  request: NumberedRequest,
  found: (no: string) => Promise<T>,
): Promise<T | null> {
  const answered = await itemAt(keyOf(request), Answered);
  if (answered === null || expired(answered, now())) return null;
  if (answered.body !== fingerprint(request)) throw new Refusal("request-reused");
  return found(answered.no);
}

/** What is made of a request: its number, the answer, and the writes. */
export interface Made<T> {
  readonly no: string;
  readonly answer: T;
  readonly steps: readonly Step[];
}

/**
 * 一次请求 · makes what is asked for once, with the record of the request or not at all, and answers its repeats with it.
 * `make` decides as in `decideAndWrite`; without steps of its own the request is answered with what stood already.
 */
export const answeredOnce = <T>(
  request: NumberedRequest,
  { found, make }: { found: (no: string) => Promise<T>; make: (attempt: number) => Promise<Made<T>> },
): Promise<T> =>
  decideAndWrite(async (attempt) => {
    const before = await answeredBefore(request, found);
    if (before !== null) return { answer: before, steps: [] };
    try {
      const { no, answer, steps } = await make(attempt);
      return { answer, steps: [remembered(request, no), ...steps] };
    } catch (error) {
      // The same request, sent twice, may have been faster: what it made is then no reason to refuse it.
      const same = error instanceof Refusal ? await answeredBefore(request, found) : null;
      if (same === null) throw error;
      return { answer: same, steps: [] };
    }
  });

/** The write that remembers a request; DynamoDB deletes late, so one whose time is over may still lie there. */
function remembered(request: NumberedRequest, no: string): Step {
  const seconds = Math.floor(now() / 1000);
  const answered = { no, body: fingerprint(request), expiresAt: seconds + rememberedSeconds };
  return toPut({ ...keyOf(request), ...answered }, either(isNew, compared("expiresAt", "<=", seconds)));
}
