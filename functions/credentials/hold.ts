import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { actOn } from "./officers.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, suspended } from "./store.ts";

/** POST /agency/credentials/{personNo}/suspension · 经办人员挂失: only an officer gives it back. */
export const handler = http(
  endpoints["credentials.hold"],
  async ({ officer, params: { personNo }, body: { reason } }) => {
    const { profile, by } = await actOn(officer, personNo, "credentials.hold", reason);
    await changeStanding(profile.personNo, by, (before) => suspended(before, by, reason));
    return credentialReply(profile, { tieNo: null, toOfficer: true });
  },
);
