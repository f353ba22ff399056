import { endpoints } from "../../shared/api/attachments-agency.ts";
import { receive } from "../attachments/receiving.ts";
import { receiptReply } from "../attachments/reply.ts";
import { http } from "../http.ts";
import { servedAttachment } from "./store.ts";

/** POST /agency/attachments/{attachmentNo}/received · 替人收下材料: looks at what was uploaded and keeps it, or says why not. */
export const handler = http(endpoints["attachments-agency.receive"], async ({ officer, params: { attachmentNo } }) =>
  receiptReply(await receive(await servedAttachment(officer, attachmentNo))),
);
