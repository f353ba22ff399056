import { endpoints } from "../../shared/api/credentials.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";

/** GET /credential · 我的医保码: one's own, or a dependant's. */
export const handler = http(endpoints["credentials.mine"], async ({ resident, query: { tie } }) => {
  const { profile, tieNo } = await actingFor(resident.personNo, tie, null);
  return credentialReply(profile, { tieNo });
});
