import { endpoints } from "../../shared/api/family.ts";
import { isMinor } from "../../shared/family/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { personPage } from "../people/page.ts";
import { memberReply } from "./reply.ts";
import { moveTie, ownTie } from "./store.ts";

/** POST /family/{tieNo}/end · 解除亲情账户: by either side, at once; of somebody under 16 by the guardian alone. */
export const handler = http(endpoints["family.end"], async ({ resident: { personNo }, params: { tieNo } }) => {
  const tie = await ownTie(tieNo, personNo);
  const guards = tie.guardianNo === personNo;
  const { profile } = await personPage(tie.dependantNo);
  if (!guards && isMinor(profile.bornOn, today())) throw new Refusal("minor-held");
  return memberReply(await moveTie(tieNo, "end", { by: guards ? "guardian" : "dependant" }), personNo);
});
