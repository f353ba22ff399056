import { endpoints } from "../../shared/api/credentials.ts";
import { Refusal } from "../../shared/refusal.ts";
import { actingForLiving } from "../family/acting.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { keptReply, mustHoldKey, ownPhone } from "./phones.ts";
import { credentialOf, mustBeActive } from "./store.ts";

/** POST /credential/renewals · 更新凭证: the statement of one of the caller's phones, for the days from today on. */
export const handler = http(
  endpoints["credentials.renew"],
  async ({ resident, query: { tie }, body: { deviceNo, ...proof } }) => {
    const whose = await actingForLiving(resident.personNo, tie, null);
    const credential = await credentialOf(whose.personNo);
    if (!credential) throw new Refusal("phone-unknown");
    mustBeActive(credential);
    const phone = ownPhone(credential, deviceNo, resident.personNo);
    mustHoldKey("renew", phone, proof);
    await spendTry("statement", deviceNo);
    return keptReply(whose, credential, phone);
  },
);
