import { endpoints } from "../../shared/api/family-agency.ts";
import { recordAccess } from "../audit.ts";
import { counterReply } from "../family/reply.ts";
import { http } from "../http.ts";
import { giveIdentityNumber } from "../newborns/identify.ts";
import { tieOfArea } from "./store.ts";

/** POST /counter/family/{tieNo}/identity-number · 在窗口给孩子补上身份证号: an officer has compared the papers. */
export const handler = http(
  endpoints["family-agency.identity-number"],
  async ({ officer, params: { tieNo }, body: { seen, ...wish } }) => {
    const tie = await tieOfArea(officer, tieNo);
    const what = { call: "family-agency.identity-number", reason: seen };
    await recordAccess(officer, { personNo: tie.dependantNo }, what);
    return counterReply(await giveIdentityNumber(tie, wish, "counter"));
  },
);
