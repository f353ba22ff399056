import { endpoints } from "../../shared/api/attachments-agency.ts";
import { placeReply } from "../attachments/reply.ts";
import { offerPlace } from "../attachments/store.ts";
import { byOfficer } from "../hand.ts";
import { http } from "../http.ts";
import { servedPerson } from "../served.ts";

/** POST /agency/attachments · 替人申请上传: a number and a form for one file of somebody in the officer's area. */
export const handler = http(endpoints["attachments-agency.offer"], async ({ officer, body }) => {
  await servedPerson(officer, body.personNo, { call: "attachments-agency.offer" });
  return placeReply(await offerPlace({ ...body, by: byOfficer(officer) }));
});
