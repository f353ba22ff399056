import { maskName } from "../../shared/person.ts";
import { spendTry } from "../limits.ts";
import { personPage } from "../people/page.ts";
import { telephonePlace } from "../people/profile.ts";
import { unseal } from "../sealing.ts";
import { checkedCode, newCode, usedUp } from "../sign-in/codes.ts";
import { spendBudget } from "../sign-in/texts.ts";
import { sendConsentCode } from "../sms.ts";
import { type Step, toPut, write } from "../write.ts";
import type { Tie } from "./tie.ts";

/** So many codes an hour and a day, of a guardian first and then of the dependant; counted whether or not a telephone is on record. */
export async function spendConsentCode(guardianNo: string, dependantNo: string): Promise<void> {
  await spendTry("family-code", `${guardianNo}#${dependantNo}`);
  await spendTry("family-code-day", guardianNo);
  await spendTry("family-code-dependant", dependantNo);
  await spendBudget("known");
}

/**
 * 同意验证码 · sends the dependant a code that is good for this very tie, to the telephone on record; where there is none
 * nothing happens and nobody is told.
 */
export async function sendConsent(tie: Tie): Promise<void> {
  const { profile } = await personPage(tie.dependantNo);
  if (!profile.telephoneSealed) return;
  const telephone = await unseal(profile.telephoneSealed, telephonePlace(profile.personNo));
  const asker = await personPage(tie.guardianNo);
  const { code, minutes, Item } = await newCode("family", tie.tieNo);
  await write(toPut(Item));
  await sendConsentCode(telephone, maskName(asker.profile.name), code, minutes);
}

/** Checks a code that was read out, or refuses; the step uses it up together with what it is good for. */
export async function consentStep(tie: Tie, code: string): Promise<Step> {
  return { ...(await checkedCode("family", tie.tieNo, code)), refusal: () => usedUp("family") };
}
