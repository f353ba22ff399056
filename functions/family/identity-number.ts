import { endpoints } from "../../shared/api/family.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { giveIdentityNumber, mustHold } from "../newborns/identify.ts";
import { memberReply } from "./reply.ts";
import { ownDependant } from "./store.ts";

/** POST /family/{tieNo}/identity-number · 给孩子补上身份证号: what was paid for the child stays the child's. */
export const handler = http(
  endpoints["family.identity-number"],
  async ({ resident: { accountNo, personNo }, params: { tieNo }, body }) => {
    const tie = await ownDependant(tieNo, personNo);
    await mustHold(tie);
    await spendTry("look-up", accountNo);
    return memberReply(await giveIdentityNumber(tie, body, "guardian"), personNo);
  },
);
