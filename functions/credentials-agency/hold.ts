import { endpoints } from "../../shared/api/credentials-agency.ts";
import { credentialReply } from "../credentials/reply.ts";
import { changeStanding, suspended } from "../credentials/store.ts";
import { http } from "../http.ts";
import { actOn } from "./store.ts";

/** POST /agency/credentials/{personNo}/suspension · 经办人员挂失: only an officer gives it back. */
export const handler = http(
  endpoints["credentials-agency.hold"],
  async ({ officer, params: { personNo }, body: { reason } }) => {
    const { profile, by } = await actOn(officer, personNo, "credentials-agency.hold", reason);
    await changeStanding(profile.personNo, by, (before) => suspended(before, by, reason));
    return credentialReply(profile, { tieNo: null, toOfficer: true });
  },
);
