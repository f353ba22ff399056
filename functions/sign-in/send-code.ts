import { endpoints } from "../../shared/api/sign-in.ts";
import { http } from "../http.ts";
import { randomText } from "../numbers.ts";
import { issueCode, validMinutes } from "./codes.ts";
import { spendText } from "./texts.ts";

/** POST /sign-in/codes · 发送登录短信验证码: the code belongs to whoever asked for it, by a number that only they were told. */
export const handler = http(endpoints["sign-in.send-code"], async ({ address, body: { telephone, device } }) => {
  await spendText(telephone, address, device);
  const askedAs = randomText(20);
  await issueCode("sign-in", telephone, `${telephone}#${askedAs}`);
  return { validMinutes, askedAs };
});
