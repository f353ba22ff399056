import * as z from "zod";
import { Refusal } from "../shared/refusal.ts";
import { now } from "./clock.ts";
import { key } from "./key.ts";
import { itemAt } from "./read.ts";
import { both, compared, either, isNew, toRemove, toUpdate, write } from "./write.ts";

const buckets = new Map<string, { tokens: number; at: number }>();
const mostBuckets = 10_000;

/**
 * Slows one principal down: so many calls a minute, as a bucket that refills. It lives in the process, so it is a fair
 * share and not a lock; what must be counted exactly is counted in the table (`spendTry`).
 */
export function limit(
  kind: "address" | "account" | "officer" | "provider" | "decoder",
  principal: string,
  perMinute: number,
): void {
  const at = now();
  const name = `${kind}#${principal}`;
  const bucket = buckets.get(name) ?? { tokens: perMinute, at };
  const tokens = Math.min(perMinute, bucket.tokens + (Math.max(0, at - bucket.at) / 60_000) * perMinute);
  if (buckets.size >= mostBuckets) buckets.delete(buckets.keys().next().value!);
  buckets.set(name, { tokens: Math.max(0, tokens - 1), at });
  if (tokens < 1) throw new Refusal("too-many-requests");
}

/** What may be tried only so often in so many minutes; tries are counted before they are looked at. */
const allowances = {
  bind: { tries: 5, minutes: 30 },
  "bind-number": { tries: 20, minutes: 24 * 60 },
  "look-up": { tries: 30, minutes: 24 * 60 },
  "send-code": { tries: 5, minutes: 60 },
  "proof-code": { tries: 5, minutes: 60 },
  "proof-code-person": { tries: 10, minutes: 24 * 60 },
  /** Ends of an identity number, with the right code to the telephone: whoever only holds the telephone guesses a few times a week. */
  "last-six": { tries: 5, minutes: 7 * 24 * 60 },
  "telephone-code": { tries: 5, minutes: 60 },
  face: { tries: 10, minutes: 60 },
  "counter-find": { tries: 120, minutes: 60 },
  "claims-find": { tries: 120, minutes: 60 },
  /** People whom a provider asks for and who are nobody, or nobody of its own; how many is its size's (`askingOf`). */
  "provider-lookup": { tries: 60, minutes: 60 },
  /** Texts that a provider sends and that are no code of ours. */
  "code-guess": { tries: 60, minutes: 60 },
  /** How often one credential's codes are read: somebody who walks through a hospital needs a tenth. */
  "code-person": { tries: 60, minutes: 10 },
  /** Statements of one phone: it asks for one a day, and whenever its page is opened anew. */
  statement: { tries: 100, minutes: 24 * 60 },
  "family-code": { tries: 5, minutes: 60 },
  "receipt-number": { tries: 5, minutes: 30 },
  /** New filings of one account: a family of five, and some mistakes. */
  filing: { tries: 30, minutes: 24 * 60 },
  "filing-code": { tries: 5, minutes: 60 },
  "filings-find": { tries: 120, minutes: 60 },
  dispute: { tries: 20, minutes: 24 * 60 },
  inquiry: { tries: 60, minutes: 24 * 60 },
  attachment: { tries: 100, minutes: 24 * 60 },
  /** Places for files of which nothing came: a file that is received gives its try back. */
  "attachment-open": { tries: 20, minutes: 60 },
  // Many people share an address behind their carrier.
  "receipt-address": { tries: 20, minutes: 60 },
} as const;

/** Spends one try of a principal; with none left it refuses and says how many minutes to wait. */
export async function spendTry(
  action: keyof typeof allowances,
  principal: string,
  tries: number = allowances[action].tries,
): Promise<void> {
  const { minutes } = allowances[action];
  const seconds = Math.floor(now() / 1000);
  const at = key.limit(action, principal);
  const until = seconds + minutes * 60;
  const mayTry = either(isNew, both(compared("tries", "<", tries), compared("expiresAt", ">", seconds)));
  if (await write(toUpdate(at, { add: { tries: 1 }, once: { expiresAt: until } }, mayTry))) return;
  const isOver = compared("expiresAt", "<=", seconds);
  if (await write(toUpdate(at, { set: { tries: 1, expiresAt: until } }, isOver))) return;
  const { expiresAt = seconds } = (await itemAt(at, z.object({ expiresAt: z.int() }))) ?? {};
  throw pausedUntil(expiresAt, seconds);
}

const pausedUntil = (expiresAt: number, seconds: number) =>
  new Refusal("paused", { detail: `请在${waitWords(Math.max(1, Math.ceil((expiresAt - seconds) / 60)))}后再试` });

/** Throws where a principal has no try left; spends none. For what is counted only where it turns out to be a guess. */
export async function mustHaveTry(action: keyof typeof allowances, principal: string, tries: number): Promise<void> {
  const seconds = Math.floor(now() / 1000);
  const spent = await itemAt(key.limit(action, principal), z.object({ tries: z.int(), expiresAt: z.int() }));
  if (spent && spent.tries >= tries && spent.expiresAt > seconds) throw pausedUntil(spent.expiresAt, seconds);
}

/** A wait in minutes as people say it, rounded up. */
function waitWords(minutes: number): string {
  if (minutes <= 2 * 60) return `${minutes}分钟`;
  return minutes <= 2 * 24 * 60 ? `${Math.ceil(minutes / 60)}小时` : `${Math.ceil(minutes / (24 * 60))}天`;
}

/** Gives one try back that turned out to be no guess; wrong tries before it stay counted. */
export async function returnTry(action: keyof typeof allowances, principal: string): Promise<void> {
  await write(toUpdate(key.limit(action, principal), { add: { tries: -1 } }, compared("tries", ">", 0)));
}

/** Gives the tries back after a success. */
export async function forgetTries(action: keyof typeof allowances, principal: string): Promise<void> {
  await write(toRemove(key.limit(action, principal)));
}
