import { endpoints } from "../../shared/api/credentials.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, closed } from "./store.ts";

/** POST /credential/closure · 注销医保码: with every phone of it. */
export const handler = http(endpoints["credentials.close"], async ({ resident, query: { tie } }) => {
  const { personNo, profile, tieNo, by } = await actingFor(resident.personNo, tie, null);
  await changeStanding(personNo, by, (before) => closed(before, by));
  return credentialReply(profile, { tieNo });
});
