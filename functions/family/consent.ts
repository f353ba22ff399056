import { endpoints } from "../../shared/api/family.ts";
import { stateOn } from "../../shared/family/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { consentStep } from "./consent-code.ts";
import { memberReply } from "./reply.ts";
import { moveTie, ownDependant } from "./store.ts";

/** POST /family/requests/{tieNo}/consent · 填家人念的同意验证码: the code and the tie change together, once. */
export const handler = http(
  endpoints["family.consent"],
  async ({ resident: { personNo }, params: { tieNo }, body: { code } }) => {
    const tie = await ownDependant(tieNo, personNo);
    if (stateOn(tie, today()) !== "asked") throw new Refusal("family-request-closed");
    const used = await consentStep(tie, code);
    return memberReply(await moveTie(tieNo, "agree", { by: "code" }, [used]), personNo);
  },
);
