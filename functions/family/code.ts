import { endpoints } from "../../shared/api/family.ts";
import { stateOn } from "../../shared/family/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { validMinutes } from "../sign-in/codes.ts";
import { sendConsent, spendConsentCode } from "./consent-code.ts";
import { ownDependant } from "./store.ts";

/** POST /family/requests/{tieNo}/codes · 给家人再发一次同意验证码: a new code replaces the old. */
export const handler = http(endpoints["family.code"], async ({ resident: { personNo }, params: { tieNo } }) => {
  const tie = await ownDependant(tieNo, personNo);
  if (stateOn(tie, today()) !== "asked") throw new Refusal("family-request-closed");
  await spendConsentCode(personNo, tie.dependantNo);
  await sendConsent(tie);
  return { validMinutes };
});
