import { randomBytes } from "node:crypto";
import * as z from "zod";
import { isGoodFor, ProofWay, type SecondProof } from "../../shared/proof/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { expired, key } from "../key.ts";
import { itemAt } from "../read.ts";
import { lookupHash, secretHash } from "../sealing.ts";
import { type Account, accountOf } from "../sign-in/accounts.ts";
import { sameSecret } from "../signed.ts";
import { having, isNew, toPut, toRemove, toUpdate, write } from "../write.ts";

const minute = 60_000;
const day = 24 * 60 * minute;
const accessLife = 15 * minute;
/** A session that nobody refreshes ends after a month, and any session a quarter after its sign-in. */
const idleLife = 30 * day;
const wholeLife = 90 * day;
/** A phone may lose the reply to a refresh and ask again with the token that it still has. */
const lostReplyGrace = minute;

const Session = z.object({
  sessionNo: z.string(),
  accountNo: z.string(),
  accessHash: z.string(),
  accessExpiresAt: z.int(),
  /** 续期次数 · the serial number of the refresh token that is good; those below it were given out and exchanged. */
  serial: z.int().min(0),
  openedAt: z.int(),
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
  /** The last second proof of this session, however old; it goes with the session, and with the account's generation. */
  readonly lastProof: SecondProof | null;
  /** The same where it is still good for looking. */
  readonly proof: SecondProof | null;
}

interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly accessExpiresAt: number;
}

/**
 * The secrets of a session's tokens, worked out of its number and a serial: each token ever given is recognised without being
 * kept, and one that was lost on its way can be given again as it was.
 */
const accessSecret = (sessionNo: string, serial: number) => lookupHash("access-token", `${sessionNo}#${serial}`);
const refreshSecret = (sessionNo: string, serial: number) => lookupHash("refresh-token", `${sessionNo}#${serial}`);

async function tokensOf(sessionNo: string, serial: number, accessExpiresAt: number): Promise<Tokens> {
  return {
    accessToken: `${sessionNo}.${await accessSecret(sessionNo, serial)}`,
    refreshToken: `${sessionNo}.${serial}.${await refreshSecret(sessionNo, serial)}`,
    accessExpiresAt,
  };
}

/** 登录 · opens a session of an account: a short access token and a refresh token for one use; neither is kept in clear. */
export async function openSession(accountNo: string): Promise<Tokens> {
  const sessionNo = randomBytes(12).toString("base64url");
  const { generation } = await accountOf(accountNo);
  const openedAt = now();
  const session: Session = {
    sessionNo,
    accountNo,
    openedAt,
    generation,
    provenBy: null,
    provenAt: null,
    ...(await standingAt(sessionNo, 0, openedAt)),
  };
  // Its number is new: where it lies there already, the reply to this very write was lost.
  await write(toPut({ ...key.session(sessionNo), ...session }, isNew));
  return tokensOf(sessionNo, 0, session.accessExpiresAt);
}

/** What a session holds from a refresh on; it never outlives its whole life. */
async function standingAt(sessionNo: string, serial: number, openedAt: number) {
  const at = now();
  const end = openedAt + wholeLife;
  return {
    serial,
    accessHash: secretHash(await accessSecret(sessionNo, serial)),
    accessExpiresAt: Math.min(at + accessLife, end),
    refreshedAt: at,
    expiresAt: Math.floor(Math.min(at + idleLife, end) / 1000),
  };
}

/** Session numbers are as long as we make them: nothing longer is looked for. */
const isSessionNo = (written: string): boolean => /^[\w-]{16}$/.test(written);

async function sessionOf(sessionNo: string): Promise<Session | null> {
  if (!isSessionNo(sessionNo)) return null;
  const session = await itemAt(key.session(sessionNo), Session);
  return session && !expired(session, now()) ? session : null;
}

/** The account of a session; a session of an earlier generation has ended. */
async function mustBeOfNow({ sessionNo, accountNo, generation }: Session): Promise<Account> {
  const account = await accountOf(accountNo);
  if (generation === account.generation) return account;
  // All others ended and this one went on between the two readings.
  const again = await sessionOf(sessionNo);
  if (again?.generation !== account.generation) throw new Refusal("not-signed-in");
  return account;
}

/** The resident behind an access token; an expired, ended or made-up token is refused. */
export async function residentOf(accessToken: string): Promise<Resident> {
  const [sessionNo = "", access = ""] = accessToken.split(".");
  const session = await sessionOf(sessionNo);
  if (!session || !sameSecret(secretHash(access), session.accessHash)) throw new Refusal("not-signed-in");
  if (session.accessExpiresAt <= now()) throw new Refusal("session-expired");
  const account = await mustBeOfNow(session);
  const { provenBy: by, provenAt: at } = session;
  const lastProof = by !== null && at !== null ? { by, at } : null;
  const proof = lastProof && isGoodFor("proven", lastProof, now()) ? lastProof : null;
  return { sessionNo, accountNo: session.accountNo, account, personNo: account.personNo, lastProof, proof };
}

/**
 * 续期 · exchanges a refresh token for new tokens, once. The token before the last again within a minute is a phone that lost the
 * reply, and is answered with the same tokens; that one later, or any older one, is a copy in other hands: the session ends for all
 * who hold it. A token that we never gave ends nothing.
 */
export async function refreshSession(refreshToken: string): Promise<Tokens> {
  const [sessionNo = "", written = "", secret = ""] = refreshToken.split(".");
  const session = await sessionOf(sessionNo);
  const serial = /^\d{1,9}$/.test(written) ? Number(written) : -1;
  if (!session || serial < 0 || serial > session.serial) throw new Refusal("not-signed-in");
  if (!sameSecret(secret, await refreshSecret(sessionNo, serial))) throw new Refusal("not-signed-in");
  await mustBeOfNow(session);
  if (serial === session.serial - 1 && now() - session.refreshedAt <= lostReplyGrace)
    return tokensOf(sessionNo, session.serial, session.accessExpiresAt);
  if (serial !== session.serial) {
    await endSession(sessionNo);
    throw new Refusal("session-stolen");
  }
  const next = await standingAt(sessionNo, serial + 1, session.openedAt);
  const isLast = await write(toUpdate(key.session(sessionNo), { set: next }, having({ serial })));
  // Another request of the same phone was faster: it is answered like a lost reply.
  if (!isLast) return refreshSession(refreshToken);
  return tokensOf(sessionNo, next.serial, next.accessExpiresAt);
}

/** 退出 · ends a session; its tokens are worth nothing from now on. */
export async function endSession(sessionNo: string): Promise<void> {
  await write(toRemove(key.session(sessionNo)));
}
