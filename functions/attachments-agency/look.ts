import { endpoints } from "../../shared/api/attachments-agency.ts";
import { shownReply } from "../attachments/reply.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { servedAttachment } from "./store.ts";

/** GET /agency/attachments/{attachmentNo} · 看一个人的材料: an address for some minutes; who looked is recorded. */
export const handler = http(endpoints["attachments-agency.look"], async ({ officer, params: { attachmentNo } }) => {
  const attachment = await servedAttachment(officer, attachmentNo);
  await recordAccess(officer, { personNo: attachment.personNo }, { call: "attachments-agency.look" });
  return shownReply(attachment);
});
