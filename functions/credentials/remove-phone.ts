import { endpoints } from "../../shared/api/credentials.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, withoutPhone } from "./store.ts";

/** POST /credential/phones/{deviceNo}/removal · 移除手机: its key is worth nothing from now on. */
export const handler = http(
  endpoints["credentials.remove-phone"],
  async ({ resident, params: { deviceNo }, query: { tie } }) => {
    const { personNo, profile, tieNo, by } = await actingFor(resident.personNo, tie, null);
    await changeStanding(personNo, by, (before) => withoutPhone(before, deviceNo));
    return credentialReply(profile, { tieNo });
  },
);
