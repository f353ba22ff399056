import { endpoints } from "../../shared/api/proof.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { telephoneOf } from "../people/contact.ts";
import { issueCode, validMinutes } from "../sign-in/codes.ts";
import { spendBudget } from "../sign-in/texts.ts";
import { codeAbout, proving } from "./store.ts";

/** POST /me/proof/codes · 发送核验短信: to the telephone on record, whatever telephone signed in. */
export const handler = http(endpoints["proof.send-code"], async ({ resident }) => {
  const telephone = await telephoneOf(await proving(resident));
  if (!telephone) throw new Refusal("no-telephone-on-record");
  await spendTry("proof-code", resident.accountNo);
  await spendTry("proof-code-day", resident.accountNo);
  if (!resident.proof) await spendTry("proof-code-person", resident.personNo);
  await spendBudget("known");
  await issueCode("proof", telephone, codeAbout(resident, telephone));
  return { telephone: maskNumber(telephone), validMinutes };
});
