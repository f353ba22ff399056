import { endpoints } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { telephoneOf } from "../people/contact.ts";
import { issueCode, validMinutes } from "../sign-in/codes.ts";
import { spendText } from "../sign-in/texts.ts";
import { codeAbout, proving } from "./store.ts";

/** POST /me/telephone/codes · 向新手机号发送验证码: whoever else has that number, the answer is the same. */
export const handler = http(endpoints["proof.telephone-code"], async ({ resident, address, body: { telephone } }) => {
  if ((await telephoneOf(await proving(resident))) === telephone) throw new Refusal("same-telephone");
  await spendTry("telephone-code", resident.accountNo);
  await spendTry("telephone-code-day", resident.accountNo);
  await spendText(telephone, address);
  await issueCode("telephone", telephone, codeAbout(resident, telephone));
  return { validMinutes };
});
