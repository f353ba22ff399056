import { endpoints } from "../../shared/api/credentials.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, withoutPhone } from "./store.ts";
import { whoseOf } from "./whose.ts";

/** POST /credential/phones/{deviceNo}/removal · 移除手机: its key is worth nothing from now on. */
export const handler = http(
  endpoints["credentials.remove-phone"],
  async ({ resident, params: { deviceNo }, query: { tie } }) => {
    const { personNo, profile, tieNo, by } = await whoseOf(resident.personNo, tie);
    await changeStanding(personNo, by, (before) => withoutPhone(before, deviceNo));
    return credentialReply(profile, { tieNo });
  },
);
