import { endpoints } from "../../shared/api/proof.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { telephoneOf } from "../people/contact.ts";
import { checkedCode, usedUp } from "../sign-in/codes.ts";
import { tellTelephoneChanged } from "../sms.ts";
import { tellWaits } from "../telephone/told.ts";
import { askChange, changeAtOnce, changesTo, waitingChange } from "../telephone/waiting.ts";
import { codeAbout, proving } from "./store.ts";

/** PUT /me/telephone · 更换登记的手机号: at once by a face or a counter's code, else after a wait; both numbers are told. */
export const handler = http(endpoints["proof.telephone"], async ({ resident, inPerson, body: { telephone, code } }) => {
  const profile = await proving(resident);
  const before = await telephoneOf(profile);
  const answer = { telephone: maskNumber(telephone), confirmedOn: null, told: { before: false, now: false } };
  if (before === telephone) return { ...answer, confirmedOn: profile.telephoneConfirmedOn, waitsUntil: null };
  const waiting = inPerson ? null : await waitingChange(profile.personNo);
  if (waiting && (await changesTo(waiting)) !== telephone) throw new Refusal("telephone-change-waiting");
  // Asked again it is the same wait, no shorter and no longer.
  if (waiting) return { ...answer, waitsUntil: waiting.effectiveAt };
  const used = await checkedCode("telephone", codeAbout(resident, telephone), code);
  const once = { ...used, refusal: () => usedUp("telephone") };
  if (!inPerson) {
    await tellWaits(profile, before, telephone);
    const { effectiveAt: waitsUntil } = await askChange(profile, telephone, resident.account, once);
    return { ...answer, told: { before: true, now: true }, waitsUntil };
  }
  const on = await changeAtOnce(profile, telephone, { accountNo: resident.accountNo }, [once], resident);
  const [toldBefore, toldNow] = await Promise.all(
    [before, telephone].map(async (one) => one !== null && tellTelephoneChanged(one, telephone, on)),
  );
  return { ...answer, confirmedOn: on, told: { before: toldBefore ?? false, now: toldNow ?? false }, waitsUntil: null };
});
