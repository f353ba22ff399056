import { endpoints } from "../../shared/api/sign-in.ts";
import { openSession } from "../callers/sessions.ts";
import { http } from "../http.ts";
import { accountOfWeChat } from "./accounts.ts";
import { code2session } from "./code2session.ts";

/** POST /sign-in/wechat · 微信登录. */
export const handler = http(endpoints["sign-in.wechat"], async ({ body: { code } }) =>
  openSession(await accountOfWeChat(await code2session(code))),
);
