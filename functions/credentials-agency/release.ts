import { endpoints } from "../../shared/api/credentials-agency.ts";
import { credentialReply } from "../credentials/reply.ts";
import { changeStanding, restored } from "../credentials/store.ts";
import { http } from "../http.ts";
import { actOn } from "./store.ts";

/** POST /agency/credentials/{personNo}/resumption · 经办人员解除挂失, whoever suspended it. */
export const handler = http(
  endpoints["credentials-agency.release"],
  async ({ officer, params: { personNo }, body: { reason } }) => {
    const { profile, by } = await actOn(officer, personNo, "credentials-agency.release", reason);
    await changeStanding(profile.personNo, by, (before) => restored(before, by, reason));
    return credentialReply(profile, { tieNo: null, toOfficer: true });
  },
);
