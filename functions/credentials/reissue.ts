import { endpoints } from "../../shared/api/credentials.ts";
import { actingForLiving } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, reissued, wasRequested } from "./store.ts";

/** POST /credential/reissue · 换发医保码: another pseudonym, and every phone and paper of before is out; a repeat changes nothing. */
export const handler = http(
  endpoints["credentials.reissue"],
  async ({ resident, query: { tie }, body: { requestNo } }) => {
    const { personNo, profile, tieNo, by } = await actingForLiving(resident.personNo, tie, null);
    await changeStanding(personNo, by, async (before) =>
      (await wasRequested(personNo, requestNo)) ? null : reissued(before, by, requestNo),
    );
    return credentialReply(profile, { tieNo });
  },
);
