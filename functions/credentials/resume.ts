import { endpoints } from "../../shared/api/credentials.ts";
import { actingForLiving } from "../family/acting.ts";
import { http } from "../http.ts";
import { credentialReply } from "./reply.ts";
import { changeStanding, restored } from "./store.ts";

/** POST /credential/resumption · 解除挂失: what an officer suspended only an officer gives back. */
export const handler = http(endpoints["credentials.resume"], async ({ resident, query: { tie } }) => {
  const { personNo, profile, tieNo, by } = await actingForLiving(resident.personNo, tie, null);
  await changeStanding(personNo, by, (before) => restored(before, by));
  return credentialReply(profile, { tieNo });
});
