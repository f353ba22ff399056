import { endpoints } from "../../shared/api/attachments-agency.ts";
import { receive } from "../attachments/receiving.ts";
import { receiptReply } from "../attachments/reply.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { servedAttachment } from "./store.ts";

/** POST /agency/attachments/{attachmentNo}/received · 替人收下材料: looks at what was uploaded and keeps it, or says why not. */
export const handler = http(endpoints["attachments-agency.receive"], async ({ officer, params: { attachmentNo } }) => {
  const attachment = await servedAttachment(officer, attachmentNo);
  await recordAccess(officer, { personNo: attachment.personNo }, { call: "attachments-agency.receive" });
  return receiptReply(await receive(attachment));
});
