import { endpoints } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { telephoneOf } from "../people/contact.ts";
import { lookupHash } from "../sealing.ts";
import { issueCode, validMinutes } from "../sign-in/codes.ts";
import { codeAbout, proving } from "./store.ts";

/** POST /me/telephone/codes · 向新手机号发送验证码: whoever else has that number, the answer is the same. */
export const handler = http(endpoints["proof.telephone-code"], async ({ resident, body: { telephone } }) => {
  if ((await telephoneOf(await proving(resident))) === telephone) throw new Refusal("same-telephone");
  await spendTry("telephone-code", resident.accountNo);
  await spendTry("send-code", await lookupHash("telephone", telephone));
  await issueCode("telephone", telephone, codeAbout(resident, telephone));
  return { validMinutes };
});
