import { endpoints } from "../../shared/api/family-agency.ts";
import { agreedUntil, stateOn } from "../../shared/family/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { today } from "../clock.ts";
import { counterReply } from "../family/reply.ts";
import { moveTie } from "../family/store.ts";
import { http } from "../http.ts";
import { confirmed, disowned } from "../newborns/children.ts";
import { personPage } from "../people/page.ts";
import { tieOfArea } from "./store.ts";

/** POST /counter/family/{tieNo}/review · 核对亲情账户关系证明: an officer has seen the paper, or says why not. */
export const handler = http(
  endpoints["family-agency.review"],
  async ({ officer, params: { tieNo }, body: { agree, reason } }) => {
    const tie = await tieOfArea(officer, tieNo);
    if (stateOn(tie, today()) === "asked") throw new Refusal("family-not-yours");
    await recordAccess(officer, { personNo: tie.dependantNo }, { call: "family-agency.review", reason });
    const { profile } = await personPage(tie.dependantNo);
    const until = agree ? agreedUntil(profile.bornOn, today()) : null;
    const decision = { by: "counter" as const, officerNo: officer.officerNo, reason, until };
    // A newborn on a parent's word comes onto the register with the officer's yes, or frees the certificate with the no.
    const also = !profile.unconfirmed ? [] : await (agree ? confirmed(profile) : disowned(profile));
    return counterReply(await moveTie(tieNo, agree ? "agree" : "refuse", decision, also));
  },
);
