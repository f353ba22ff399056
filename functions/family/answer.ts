import { endpoints } from "../../shared/api/family.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { memberReply } from "./reply.ts";
import { moveTie, ownTie } from "./store.ts";

/** POST /family/requests/{tieNo}/answer · 答复亲情账户请求: only by whom it is about, and only what was asked of them. */
export const handler = http(
  endpoints["family.answer"],
  async ({ resident: { personNo }, params: { tieNo }, body: { agree } }) => {
    const tie = await ownTie(tieNo, personNo);
    if (tie.dependantNo !== personNo || tie.minor) throw new Refusal("family-not-yours");
    return memberReply(await moveTie(tieNo, agree ? "agree" : "refuse", { by: "dependant" }), personNo);
  },
);
