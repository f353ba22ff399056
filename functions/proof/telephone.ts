import { endpoints } from "../../shared/api/proof.ts";
import { maskNumber } from "../../shared/person.ts";
import { http } from "../http.ts";
import { changeTelephone, telephoneOf } from "../people/contact.ts";
import { checkedCode, usedUp } from "../sign-in/codes.ts";
import { tellTelephoneChanged } from "../sms.ts";
import { codeAbout, proving } from "./store.ts";

/** PUT /me/telephone · 更换登记的手机号: both numbers are told; the same number again changes nothing. */
export const handler = http(endpoints["proof.telephone"], async ({ resident, body: { telephone, code } }) => {
  const profile = await proving(resident);
  const before = await telephoneOf(profile);
  const masked = maskNumber(telephone);
  if (before === telephone) {
    return { telephone: masked, confirmedOn: profile.telephoneConfirmedOn, told: { before: false, now: false } };
  }
  const used = await checkedCode("telephone", codeAbout(resident, telephone), code);
  const refusal = () => usedUp("telephone");
  const { accountNo } = resident;
  const confirmedOn = await changeTelephone(profile, telephone, { accountNo }, { ...used, refusal });
  const [toldBefore, toldNow] = await Promise.all(
    [before, telephone].map(async (one) => one !== null && tellTelephoneChanged(one, telephone, confirmedOn)),
  );
  return { telephone: masked, confirmedOn, told: { before: toldBefore ?? false, now: toldNow ?? false } };
});
