import { endpoints } from "../../shared/api/credentials.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { whoseOf } from "./whose.ts";

/** GET /credential · 我的医保码: one's own, or a dependant's. */
export const handler = http(endpoints["credentials.mine"], async ({ resident, query: { tie } }) => {
  const { profile, tieNo } = await whoseOf(resident.personNo, tie);
  return credentialReply(profile, { tieNo });
});
