import { endpoints } from "../../shared/api/family-agency.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { counterReply } from "../family/reply.ts";
import { moveTie } from "../family/store.ts";
import { http } from "../http.ts";
import { tieOfArea } from "./store.ts";

/** POST /counter/family/{tieNo}/consent · 在窗口当面同意亲情账户: the dependant stands there, the officer saw a paper of theirs. */
export const handler = http(
  endpoints["family-agency.consent"],
  async ({ officer, params: { tieNo }, body: { seen } }) => {
    const tie = await tieOfArea(officer, tieNo);
    if (tie.minor) throw new Refusal("family-not-yours");
    await recordAccess(officer, { personNo: tie.dependantNo }, { call: "family-agency.consent", reason: seen });
    return counterReply(await moveTie(tieNo, "agree", { by: "counter", officerNo: officer.officerNo, reason: seen }));
  },
);
