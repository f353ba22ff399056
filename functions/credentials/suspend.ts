import { endpoints } from "../../shared/api/credentials.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, suspended } from "./store.ts";

/** POST /credential/suspension · 挂失: nothing that was shown or issued is good from now on; without a network from the next bundle on. */
export const handler = http(endpoints["credentials.suspend"], async ({ resident, query: { tie } }) => {
  const { personNo, profile, tieNo, by } = await actingFor(resident.personNo, tie, null);
  await changeStanding(personNo, by, (before) => suspended(before, by));
  return credentialReply(profile, { tieNo });
});
