import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { placeReply } from "./reply.ts";
import { offerPlace } from "./store.ts";
import { mustServe } from "./whose.ts";

/** POST /agency/attachments · 替人申请上传: a number and a form for one file of somebody in the officer's area. */
export const handler = http(endpoints["attachments.offer-officer"], async ({ officer, body }) => {
  await mustServe(officer, body.personNo);
  return placeReply(await offerPlace({ ...body, by: { kind: "officer", no: officer.officerNo } }));
});
