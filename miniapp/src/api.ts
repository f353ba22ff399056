import Taro from "@tarojs/taro";
import { client, Refused, refusedIn, type Send } from "../../shared/api/client.ts";
import type { Answered } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { keptSession, leaving, session, type Tokens } from "./session.ts";
import { inBrowser, store } from "./store.ts";

export { Refused };
export type Me = Answered<Endpoints["residents.me"]>;
export type Owed = Answered<Endpoints["contributions.owed"]>;
/** What repairing so many lapsed years costs and brings. */
export type Choice = Owed["choices"][number];
export type Order = Answered<Endpoints["contributions.order"]>;
export type Today = Answered<Endpoints["about.today"]>;
/** 亲情账户 · whom I hold, who holds me. */
export type Family = Answered<Endpoints["family.members"]>;
/** One tie, as one of its two sides sees it. */
export type Member = Family["dependants"][number];
export type Refund = Answered<Endpoints["refunds.request"]>;
export type Receipt = Answered<Endpoints["receipts.mine"]>["receipts"][number];
/** 票据查验 · what is true of a receipt that anybody looked up. */
export type Verified = Answered<Endpoints["receipts.verify"]>;
export type Message = Answered<Endpoints["messages.inbox"]>["messages"][number];
/** 我的费用 · a year's claims. */
export type Claims = Answered<Endpoints["claims.mine"]>;
/** 一笔费用 · one claim with its why. */
export type Claim = Answered<Endpoints["claims.one"]>;
/** What one layer paid. */
export type Pay = Claim["pays"][number];
export type FeeLine = Answered<Endpoints["claims.lines"]>["lines"][number];
export type Dispute = Answered<Endpoints["claims.dispute"]>;
/** 医保码 · a credential as the person, or who holds them, sees it. */
export type Credential = Answered<Endpoints["credentials.mine"]>;
/** What a phone is given to keep. */
export type KeptCredential = Answered<Endpoints["credentials.open"]>;
/** 谁用过我的码. */
export type CodeUses = Answered<Endpoints["credentials.uses"]>;
/** 异地就医备案 · one filing as the person, or who holds them, sees it. */
export type Filing = Answered<Endpoints["filings.one"]>;
/** 能怎么备案 · what somebody can file for. */
export type FilingOptions = Answered<Endpoints["filings.options"]>;
/** 备案前后对比. */
export type FilingExample = Answered<Endpoints["filings.example"]>;
export type Hospital = Answered<Endpoints["hospitals.list"]>["hospitals"][number];
export type Calendar = Answered<Endpoints["contributions.calendar"]>;
export type Whom =
  | { readonly who: "self" }
  | { readonly who: "member"; readonly tieNo: string }
  | { readonly who: "other"; readonly name: string; readonly identityNumber: string };

type Reply = Awaited<ReturnType<Send>>;
const patience = 15_000;

/** 没有网络 · whether the phone says that it has no network. */
export const offline = store(inBrowser && !navigator.onLine);

/** Follows the phone's network from the start of the app on. */
export function followNetwork(): void {
  void leave();
  if (inBrowser) {
    window.addEventListener("online", () => void leave());
    for (const event of ["online", "offline"]) {
      window.addEventListener(event, () => offline.set(!navigator.onLine));
    }
    return;
  }
  void Taro.getNetworkType({ success: ({ networkType }) => offline.set(networkType === "none") });
  Taro.onNetworkStatusChange(({ isConnected }) => offline.set(!isConnected));
}

const noAnswer = () =>
  offline.get()
    ? new Refused("offline", "现在没有网络，请检查网络后再试。", 0)
    : new Refused("unreachable", "暂时连不上，请稍后再试。", 0);
/** A refusal that ends the session: signing in again is the only way on. */
export const signedOut = (code: string): boolean => code === "not-signed-in" || code === "session-stolen";

/** A second, then three, and not everybody at once. */
const rest = (tries: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, (0.5 + Math.random()) * 1_000 * 3 ** (tries - 1)));

/** 调用接口 · every call of the pages; it renews the session once when it has expired, and throws `Refused`. */
export const call = client(
  ROUTES,
  async (request) => {
    const used = session.get();
    const reply = await send(request, used);
    if (codeOf(reply) === "session-expired" && used) return send(request, await renewed(used));
    if (used && signedOut(codeOf(reply))) forget(used);
    return reply;
  },
  rest,
);

const codeOf = ({ status, body }: Reply): string =>
  status < 400 ? "" : String((body as { code?: unknown } | null)?.code ?? "");

async function send(request: Parameters<Send>[0], tokens: Tokens | null): Promise<Reply> {
  const headers = {
    ...(request.body !== undefined && { "content-type": "application/json" }),
    ...(tokens && { authorization: `Bearer ${tokens.accessToken}` }),
  };
  try {
    // Spelt out, so that the browser's build leaves WeChat's half out.
    return await (process.env.TARO_ENV === "h5" ? byFetch(request, headers) : byWeChat(request, headers));
  } catch {
    throw noAnswer();
  }
}

async function byFetch({ method, path, body }: Parameters<Send>[0], headers: Record<string, string>) {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), patience);
  try {
    const reply = await fetch(path, { method, headers, signal: giveUp.signal, ...(body && { body }) });
    return { status: reply.status, body: await reply.json().catch(() => null) };
  } finally {
    clearTimeout(timer);
  }
}

async function byWeChat({ method, path, body }: Parameters<Send>[0], header: Record<string, string>) {
  const reply = await Taro.request({
    url: `${API_ORIGIN}${path}`,
    method: method as "GET",
    header,
    timeout: patience,
    ...(body && { data: body }),
  });
  return { status: reply.statusCode, body: reply.data as unknown };
}

let renewing: Promise<Tokens> | null = null;

/** New tokens for expired ones; calls that expire side by side share one renewal. */
function renewed(expired: Tokens): Promise<Tokens> {
  renewing ??= renew(expired).finally(() => {
    renewing = null;
  });
  return renewing;
}

async function renew(expired: Tokens): Promise<Tokens> {
  const standing = keptSession();
  if (standing && standing.accessToken !== expired.accessToken) return taken(standing);
  const reply = await askForNew(expired);
  if (reply.status === 200) return taken(reply.body as Tokens);
  const refused = refusedIn(reply);
  if (signedOut(refused.code)) forget(expired);
  throw refused;
}

/** A token that an earlier version of the pages kept goes into the cookie with its first renewal. */
function askForNew({ refreshToken }: Tokens): Promise<Reply> {
  const { method, path } = ROUTES["sign-in.refresh"];
  const body = { ...(refreshToken && { refreshToken }), ...inCookie };
  return send({ method, path, body: JSON.stringify(body) }, null);
}

/** A browser keeps the refresh token itself, where no script reaches it. */
export const inCookie = inBrowser ? { inCookie: true } : {};

/** 退出 · the phone forgets at once, and the server is told. */
export async function signOut(): Promise<void> {
  leaving.set(session.get());
  session.set(null);
  await leave();
}

/** Tells the server who left; where it cannot be told now, again when there is a network. */
async function leave(): Promise<void> {
  const left = leaving.get();
  if (left === null) return;
  const { method, path } = ROUTES["sign-in.sign-out"];
  const out = (tokens: Tokens) => send({ method, path, body: undefined }, tokens);
  try {
    const reply = codeOf(await out(left)) === "session-expired" ? await askForNew(left) : null;
    if (reply?.status === 200) await out(reply.body as Tokens);
    if (leaving.get() === left) leaving.set(null);
  } catch {
    // There is no network: it is told later.
  }
}

function taken(tokens: Tokens): Tokens {
  session.set(tokens);
  return tokens;
}

function forget(used: Tokens): void {
  if (session.get()?.accessToken === used.accessToken) session.set(null);
}
