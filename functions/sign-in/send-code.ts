import { endpoints } from "../../shared/api/sign-in.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { lookupHash } from "../sealing.ts";
import { issueCode, validMinutes } from "./codes.ts";

/** POST /sign-in/codes · 发送登录短信验证码. */
export const handler = http(endpoints["sign-in.send-code"], async ({ body: { telephone } }) => {
  await spendTry("send-code", await lookupHash("telephone", telephone));
  await issueCode("sign-in", telephone);
  return { validMinutes };
});
