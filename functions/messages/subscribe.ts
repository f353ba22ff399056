import * as z from "zod";
import { now } from "../clock.ts";
import { config } from "../config.ts";

const Token = z.object({ access_token: z.string(), expires_in: z.number() });
const Reply = z.object({ errcode: z.number(), errmsg: z.string().optional() });

let kept: { readonly of: string; readonly token: string; readonly until: number } | null = null;

/** What WeChat answers where the token is no longer good: somebody asked for another one. */
const staleToken = [40001, 40014, 42001];
/** What it answers where this user cannot be told: they never said yes, or took it back; or no longer are. */
const notThisUser = [43101, 40003];

/** A text as a `thing` of a template takes it: at most twenty characters. */
const thing = (written: string) => ({ value: [...written].slice(0, 20).join("") });

interface Notice {
  readonly openId: string;
  readonly template: string;
  readonly title: string;
  readonly who: string;
  readonly note: string;
}

/**
 * 订阅消息 · subscribeMessage.send; false where WeChat says that this user does not want it. Templates of ours have thing1
 * (what), thing2 (about whom) and thing3 (a note). Anything else that goes wrong throws, to be tried again.
 */
export async function sendSubscribed(notice: Notice): Promise<boolean> {
  let errcode = await attempt(notice);
  if (staleToken.includes(errcode)) {
    kept = null;
    errcode = await attempt(notice);
  }
  if (errcode === 0) return true;
  if (notThisUser.includes(errcode)) return false;
  throw new Error(`subscribeMessage.send: ${errcode}`);
}

async function attempt({ openId, template, title, who, note }: Notice): Promise<number> {
  const body = {
    touser: openId,
    template_id: template,
    page: "pages/messages/inbox/index",
    lang: "zh_CN",
    data: { thing1: thing(title), thing2: thing(who), thing3: thing(note) },
  };
  const path = `cgi-bin/message/subscribe/send?access_token=${encodeURIComponent(await accessToken())}`;
  return Reply.parse(await post(path, body)).errcode;
}

/** 接口调用凭据 · stable_token: the same one for every function while it is good, kept until five minutes before it ends. */
async function accessToken(): Promise<string> {
  const { appId: appid, secret, origin } = config.weChat();
  if (kept?.of === origin && kept.until > now()) return kept.token;
  const body = { grant_type: "client_credential", appid, secret };
  const { access_token: token, expires_in: seconds } = Token.parse(await post("cgi-bin/stable_token", body));
  kept = { of: origin, token, until: now() + (seconds - 300) * 1000 };
  return token;
}

async function post(path: string, body: object): Promise<unknown> {
  try {
    const response = await fetch(new URL(path, config.weChat().origin), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(config.patience()),
    });
    return await response.json();
  } catch (cause) {
    // The address holds the token: only the kind of failure is kept.
    throw new Error(`WeChat: ${(cause as Error).name}`);
  }
}
