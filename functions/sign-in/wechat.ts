import { endpoints } from "../../shared/api/sign-in.ts";
import { openSession } from "../callers/sessions.ts";
import { http } from "../http.ts";
import { lookupHash } from "../sealing.ts";
import { accountOfWeChat } from "./accounts.ts";
import { code2session } from "./code2session.ts";
import { keptSignIn } from "./kept.ts";

/** POST /sign-in/wechat · 微信登录. */
export const handler = http(endpoints["sign-in.wechat"], async ({ address, body: { code } }) => {
  const openId = await code2session(code);
  const what = {
    way: "wechat",
    who: await lookupHash("wechat", openId),
    from: await lookupHash("address", address),
  } as const;
  return openSession(await keptSignIn(what, () => accountOfWeChat(openId)));
});
