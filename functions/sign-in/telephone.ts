import { endpoints } from "../../shared/api/sign-in.ts";
import { openSession } from "../callers/sessions.ts";
import { http } from "../http.ts";
import { accountOfTelephone } from "./accounts.ts";
import { useCode } from "./codes.ts";

/** POST /sign-in/telephone · 短信验证码登录. */
export const handler = http(endpoints["sign-in.telephone"], async ({ body: { telephone, code } }) => {
  await useCode("sign-in", telephone, code);
  return openSession(await accountOfTelephone(telephone));
});
