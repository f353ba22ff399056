import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { Refusal } from "../shared/refusal.ts";
import { now } from "./clock.ts";
import { config } from "./config.ts";
import { db } from "./db.ts";
import { key } from "./key.ts";

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
  "telephone-code": { tries: 5, minutes: 60 },
  face: { tries: 10, minutes: 60 },
  "counter-find": { tries: 120, minutes: 60 },
  "claims-find": { tries: 120, minutes: 60 },
  /** Numbers that a provider asks for and nobody has. */
  "provider-lookup": { tries: 300, minutes: 60 },
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
export async function spendTry(action: keyof typeof allowances, principal: string): Promise<void> {
  const { tries, minutes } = allowances[action];
  const seconds = Math.floor(now() / 1000);
  const count = (UpdateExpression: string, ConditionExpression: string, values: object) =>
    db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.limit(action, principal),
        UpdateExpression,
        ConditionExpression,
        ExpressionAttributeValues: {
          ":one": 1,
          ":now": seconds,
          ":until": seconds + minutes * 60,
          ...values,
        },
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    );
  try {
    await count(
      "SET tries = if_not_exists(tries, :none) + :one, expiresAt = if_not_exists(expiresAt, :until)",
      "attribute_not_exists(pk) OR (tries < :tries AND expiresAt > :now)",
      { ":none": 0, ":tries": tries },
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    try {
      await count("SET tries = :one, expiresAt = :until", "expiresAt <= :now", {});
    } catch (again) {
      if (!(again instanceof ConditionalCheckFailedException)) throw again;
      const until = Number(again.Item?.expiresAt?.N ?? seconds);
      throw new Refusal("paused", {
        detail: `请在${Math.max(1, Math.ceil((until - seconds) / 60))}分钟后再试`,
      });
    }
  }
}

/** Gives one try back that turned out to be no guess; wrong tries before it stay counted. */
export async function returnTry(action: keyof typeof allowances, principal: string): Promise<void> {
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.limit(action, principal),
        UpdateExpression: "ADD tries :back",
        ConditionExpression: "tries > :none",
        ExpressionAttributeValues: { ":back": -1, ":none": 0 },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}

/** Gives the tries back after a success. */
export async function forgetTries(action: keyof typeof allowances, principal: string): Promise<void> {
  await db.send(new DeleteCommand({ TableName: config.mainTable(), Key: key.limit(action, principal) }));
}
