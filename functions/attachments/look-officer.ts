import { endpoints } from "../../shared/api/endpoints.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { shownReply } from "./reply.ts";
import { servedAttachment } from "./whose.ts";

/** GET /agency/attachments/{attachmentNo} · 看一个人的材料: an address for some minutes; who looked is recorded. */
export const handler = http(endpoints["attachments.look-officer"], async ({ officer, params: { attachmentNo } }) => {
  const attachment = await servedAttachment(officer, attachmentNo);
  await recordAccess(officer, { personNo: attachment.personNo }, { call: "attachments.look-officer" });
  return shownReply(attachment);
});
