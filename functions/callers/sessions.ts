import { randomBytes, timingSafeEqual } from "node:crypto";
import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { ProofWay } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { expired, key } from "../key.ts";
import { itemAt } from "../read.ts";
import { secretHash } from "../sealing.ts";
import { type Account, accountOf } from "../sign-in/accounts.ts";

const minute = 60_000;
const accessLife = 15 * minute;
const sessionLife = 30 * 24 * 60 * minute;
/** A phone may lose the reply to a refresh and ask again with the token that it still has. */
const lostReplyGrace = minute;

const Session = z.object({
  sessionNo: z.string(),
  accountNo: z.string(),
  accessHash: z.string(),
  accessExpiresAt: z.int(),
  refreshHash: z.string(),
  /** The refresh token before this one, and when it was exchanged: its late return means that it was stolen. */
  spentRefreshHash: z.string().nullable(),
  refreshedAt: z.int(),
  /** The account's generation when the session was opened; it ends with it. */
  generation: z.int().default(0),
  /** 第二次核验 · by what and when the holder proved to be the person; a new session has proved nothing. */
  provenBy: ProofWay.nullable().default(null),
  provenAt: z.int().nullable().default(null),
  /** Seconds, for DynamoDB's expiry. */
  expiresAt: z.int(),
});
type Session = z.output<typeof Session>;

/** Who is signed in, and as which person of the register, if any. */
export interface Resident {
  readonly sessionNo: string;
  readonly accountNo: string;
  readonly account: Account;
  readonly personNo: string | null;
  /** The second proof of this session; it goes with the session, and with the account's generation. */
  readonly proof: { readonly by: ProofWay; readonly at: number } | null;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: number;
}

const secret = () => randomBytes(32).toString("base64url");
const same = (a: string, b: string) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** 登录 · opens a session of an account: a short access token and a refresh token for one use, kept as hashes only. */
export async function openSession(accountNo: string): Promise<Tokens> {
  const sessionNo = randomBytes(12).toString("base64url");
  const { tokens, fields } = freshTokens(sessionNo);
  const { generation } = await accountOf(accountNo);
  const unproven = { generation, provenBy: null, provenAt: null };
  const session: Session = { sessionNo, accountNo, spentRefreshHash: null, ...fields, ...unproven };
  await db.send(
    new PutCommand({
      TableName: config.mainTable(),
      Item: { ...key.session(sessionNo), ...session },
      ConditionExpression: "attribute_not_exists(pk)",
    }),
  );
  return tokens;
}

function freshTokens(sessionNo: string) {
  const at = now();
  const [access, refresh] = [secret(), secret()];
  const accessExpiresAt = at + accessLife;
  return {
    tokens: {
      accessToken: `${sessionNo}.${access}`,
      refreshToken: `${sessionNo}.${refresh}`,
      accessExpiresAt,
    },
    fields: {
      accessHash: secretHash(access),
      accessExpiresAt,
      refreshHash: secretHash(refresh),
      refreshedAt: at,
      expiresAt: Math.floor((at + sessionLife) / 1000),
    },
  };
}

async function sessionOf(sessionNo: string): Promise<Session | null> {
  const session = await itemAt(key.session(sessionNo), Session);
  return session && !expired(session, now()) ? session : null;
}

/** The resident behind an access token; an expired, ended or made-up token is refused. */
export async function residentOf(accessToken: string): Promise<Resident> {
  const [sessionNo = "", access = ""] = accessToken.split(".");
  const session = await sessionOf(sessionNo);
  if (!session || !same(secretHash(access), session.accessHash)) throw new Refusal("not-signed-in");
  if (session.accessExpiresAt <= now()) throw new Refusal("session-expired");
  const account = await accountOf(session.accountNo);
  if (session.generation !== account.generation) throw new Refusal("not-signed-in");
  const { provenBy: by, provenAt: at } = session;
  const proof = by !== null && at !== null ? { by, at } : null;
  return { sessionNo, accountNo: session.accountNo, account, personNo: account.personNo, proof };
}

/**
 * 续期 · exchanges a refresh token for new tokens, once. The same token again within a minute is a phone that lost the
 * reply; later, somebody else holds a copy: the whole session ends, for both.
 */
export async function refreshSession(refreshToken: string): Promise<Tokens> {
  const [sessionNo = "", refresh = ""] = refreshToken.split(".");
  const session = await sessionOf(sessionNo);
  if (!session) throw new Refusal("not-signed-in");
  const hash = secretHash(refresh);
  const current = same(hash, session.refreshHash);
  const spent = session.spentRefreshHash !== null && same(hash, session.spentRefreshHash);
  if (!current && !spent) throw new Refusal("not-signed-in");
  if (spent && now() - session.refreshedAt > lostReplyGrace) {
    await endSession(sessionNo);
    throw new Refusal("session-stolen");
  }
  if (session.generation !== (await accountOf(session.accountNo)).generation) throw new Refusal("not-signed-in");
  const { tokens, fields } = freshTokens(sessionNo);
  try {
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.session(sessionNo),
        UpdateExpression:
          "SET accessHash = :access, accessExpiresAt = :until, refreshHash = :refresh, spentRefreshHash = :spent, refreshedAt = :at, expiresAt = :expires",
        ConditionExpression: "refreshHash = :known",
        ExpressionAttributeValues: {
          ":access": fields.accessHash,
          ":until": fields.accessExpiresAt,
          ":refresh": fields.refreshHash,
          ":spent": hash,
          ":at": current ? fields.refreshedAt : session.refreshedAt,
          ":expires": fields.expiresAt,
          ":known": session.refreshHash,
        },
      }),
    );
  } catch (error) {
    // Another request of the same phone was faster: its tokens are good, ours were never handed out.
    if (error instanceof ConditionalCheckFailedException) throw new Refusal("try-again");
    throw error;
  }
  return tokens;
}

/** 退出 · ends a session; its tokens are worth nothing from now on. */
export async function endSession(sessionNo: string): Promise<void> {
  await db.send(new DeleteCommand({ TableName: config.mainTable(), Key: key.session(sessionNo) }));
}
