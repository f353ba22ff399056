import * as z from "zod";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";

const Reply = z.object({
  openid: z.string().optional(),
  errcode: z.number().optional(),
  errmsg: z.string().optional(),
});

/** 微信登录凭证校验 · auth.code2Session: who stands behind a `wx.login` code; a code is good for five minutes and one use. */
export async function code2session(code: string): Promise<string> {
  const { origin, appId, secret } = config.weChat();
  const url = new URL("sns/jscode2session", origin);
  url.search = new URLSearchParams({
    appid: appId,
    secret,
    js_code: code,
    grant_type: "authorization_code",
  }).toString();
  let reply: z.output<typeof Reply>;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(config.patience()) });
    reply = Reply.parse(await response.json());
  } catch (cause) {
    // The address holds the secret: only the kind of failure is kept.
    throw new Refusal("wechat-unreachable", { cause: new Error(`code2session: ${(cause as Error).name}`) });
  }
  if (reply.openid) return reply.openid;
  if (reply.errcode === 40029 || reply.errcode === 40163 || reply.errcode === 40226)
    throw new Refusal("wechat-code-refused");
  throw new Refusal("wechat-unreachable", { cause: new Error(`code2session: ${reply.errcode}`) });
}
