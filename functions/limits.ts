import * as z from "zod";
import { Refusal } from "../shared/refusal.ts";
import { now } from "./clock.ts";
import { key } from "./key.ts";
import { ring, type Spent } from "./log.ts";
import { itemAt } from "./read.ts";
import { both, compared, either, isNew, toUpdate, write } from "./write.ts";

type Kind = "address" | "account" | "officer" | "provider" | "decoder";
interface Bucket {
  readonly tokens: number;
  readonly at: number;
  readonly perMinute: number;
}

/** Each kind has its own: whoever makes up addresses pushes no account out. */
const buckets = new Map<Kind, Map<string, Bucket>>();
const mostBuckets = 10_000;

const filled = ({ tokens, at, perMinute }: Bucket, now: number) =>
  Math.min(perMinute, tokens + (Math.max(0, now - at) / 60_000) * perMinute);

/**
 * Slows one principal down: so many calls a minute, as a bucket that refills. It lives in the process, so it is a fair
 * share and not a lock; what must be counted exactly is counted in the table (`spendTry`).
 */
export function limit(kind: Kind, principal: string, perMinute: number): void {
  const at = now();
  const own = buckets.get(kind) ?? new Map<string, Bucket>();
  buckets.set(kind, own);
  const bucket = own.get(principal);
  if (!bucket && own.size >= mostBuckets) forgetIdle(own, at);
  const tokens = bucket ? filled(bucket, at) : perMinute;
  own.set(principal, { tokens: Math.max(0, tokens - 1), at, perMinute });
  if (tokens < 1) throw new Refusal("too-many-requests");
}

/** Forgets the tenth that is fullest: a bucket that is full again is as good as none, and the busiest is never among them. */
function forgetIdle(own: Map<string, Bucket>, at: number): void {
  const byFullness = [...own].sort(([, a], [, b]) => filled(b, at) / b.perMinute - filled(a, at) / a.perMinute);
  for (const [principal] of byFullness.slice(0, mostBuckets / 10)) own.delete(principal);
}

/**
 * What may be tried only so often in so many minutes; tries are counted before they are looked at. `whose`: whose try it is.
 * "caller": who calls is known, and nobody else can spend theirs. "named": the caller names it (a telephone, a number, a
 * dependant), so a stranger could spend the owner's; `owner` says what the owner is left with all the same.
 */
const day = 24 * 60;
export const allowances = {
  bind: { tries: 5, minutes: 30, whose: "caller" },
  "bind-day": { tries: 30, minutes: day, whose: "caller" },
  "bind-address": { tries: 100, minutes: day, whose: "caller" },
  "bind-number": { tries: 20, minutes: day, whose: "named", owner: "nothing is refused: it rings" },
  "look-up": { tries: 30, minutes: day, whose: "caller" },
  /** Text messages with a code that strangers ask for: from an address, from its neighbours, to numbers that begin alike, to one number. */
  "text-address": { tries: 60, minutes: 60, whose: "caller" },
  "text-subnet": { tries: 600, minutes: 60, whose: "caller" },
  "text-prefix": { tries: 600, minutes: 60, whose: "named", owner: "a known device is not counted here; WeChat" },
  "text-asker": { tries: 5, minutes: 60, whose: "caller" },
  "text-telephone": { tries: 20, minutes: 60, whose: "named", owner: "a known device is not counted here; WeChat" },
  "text-device": { tries: 5, minutes: 60, whose: "caller" },
  /** 短信预算 · in all, strangers and those whom we know each by themselves; used up, it rings. */
  "text-hour": { tries: 20_000, minutes: 60, whose: "named", owner: "strangers and known ones have a budget each" },
  "text-day": { tries: 100_000, minutes: day, whose: "named", owner: "strangers and known ones have a budget each" },
  /** Codes that an address typed and that were none. */
  "guess-address": { tries: 60, minutes: 60, whose: "caller" },
  "guess-subnet": { tries: 600, minutes: 60, whose: "caller" },
  "proof-code": { tries: 5, minutes: 60, whose: "caller" },
  "proof-code-day": { tries: 10, minutes: day, whose: "caller" },
  "proof-code-person": {
    tries: 10,
    minutes: day,
    whose: "named",
    owner: "a session that has proven before; a code at the counter, a face",
  },
  /** Ends of an identity number, with the right code to the telephone: whoever only holds the telephone guesses a few times a week. */
  "last-six": { tries: 5, minutes: 7 * day, whose: "caller" },
  "telephone-code": { tries: 5, minutes: 60, whose: "caller" },
  "telephone-code-day": { tries: 10, minutes: day, whose: "caller" },
  face: { tries: 10, minutes: 60, whose: "caller" },
  "counter-find": { tries: 120, minutes: 60, whose: "caller" },
  "claims-find": { tries: 120, minutes: 60, whose: "caller" },
  /** People whom a provider asks for and who are nobody, or nobody of its own; how many is its size's (`askingOf`). */
  "provider-lookup": { tries: 60, minutes: 60, whose: "caller" },
  /** Texts that a provider sends and that are no code of ours. */
  "code-guess": { tries: 60, minutes: 60, whose: "caller" },
  /** How often one credential's codes are read: somebody who walks through a hospital needs a tenth. */
  "code-person": { tries: 60, minutes: 10, whose: "named", owner: "only who holds a code of theirs can spend one" },
  /** Statements of one phone: it asks for one a day, and whenever its page is opened anew. */
  statement: { tries: 100, minutes: day, whose: "caller" },
  /** Codes of consent: of one guardian to one dependant, of a guardian, and to a dependant whoever asks. */
  "family-code": { tries: 5, minutes: 60, whose: "caller" },
  "family-code-day": { tries: 15, minutes: day, whose: "caller" },
  "family-code-dependant": { tries: 10, minutes: day, whose: "named", owner: "consent at the counter" },
  "receipt-number": { tries: 100, minutes: day, whose: "named", owner: "the receipt itself, in its owner's list" },
  "receipt-guess": { tries: 5, minutes: 30, whose: "caller" },
  /** New orders of one account: a family of six, each thought over some times. */
  order: { tries: 60, minutes: 60, whose: "caller" },
  /** New filings of one account: a family of five, and some mistakes. */
  filing: { tries: 30, minutes: day, whose: "caller" },
  "filing-code": { tries: 5, minutes: 60, whose: "caller" },
  "filing-code-officer": { tries: 100, minutes: day, whose: "caller" },
  "filing-code-person": { tries: 15, minutes: day, whose: "named", owner: "they file themselves; a signed paper" },
  "filings-find": { tries: 120, minutes: 60, whose: "caller" },
  dispute: { tries: 20, minutes: day, whose: "caller" },
  inquiry: { tries: 60, minutes: day, whose: "caller" },
  attachment: { tries: 100, minutes: day, whose: "caller" },
  /** Places for files of which nothing came: a file that is received gives its try back. */
  "attachment-open": { tries: 20, minutes: 60, whose: "caller" },
  // Many people share an address behind their carrier.
  "receipt-address": { tries: 20, minutes: 60, whose: "caller" },
  /** 看完整号码 · whole numbers that one officer is shown. */
  reveal: { tries: 40, minutes: day, whose: "caller" },
} as const;

type Allowance = keyof typeof allowances;

/** Spends one try of a principal; with none left it refuses and says how many minutes to wait. */
export async function spendTry(
  action: Allowance,
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

/** Spends one try, and rings where none is left, whether it is refused then or not. */
export async function ringTry(action: Spent, principal: string, then: "refuse" | "go on"): Promise<void> {
  try {
    await spendTry(action, principal);
  } catch (error) {
    ring(action, {});
    if (then === "refuse") throw error;
  }
}

/** Gives one try back that turned out to be no guess; wrong tries before it stay counted. */
export async function returnTry(action: Allowance, principal: string): Promise<void> {
  await write(toUpdate(key.limit(action, principal), { add: { tries: -1 } }, compared("tries", ">", 0)));
}
