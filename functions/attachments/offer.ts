import { endpoints } from "../../shared/api/attachments.ts";
import { byResident } from "../hand.ts";
import { http } from "../http.ts";
import { placeReply } from "./reply.ts";
import { offerPlace } from "./store.ts";
import { whose } from "./whose.ts";

/** POST /attachments · 申请上传: a number and a form for one file, for oneself or a dependant. */
export const handler = http(endpoints["attachments.offer"], async ({ resident, query: { tie }, body }) => {
  const personNo = await whose(resident.personNo, tie, body.purpose);
  return placeReply(await offerPlace({ ...body, personNo, by: byResident(resident.personNo, tie) }));
});
