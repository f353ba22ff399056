import { endpoints } from "../../shared/api/endpoints.ts";
import { http } from "../http.ts";
import { receive } from "./receiving.ts";
import { receiptReply } from "./reply.ts";
import { servedAttachment } from "./whose.ts";

/** POST /agency/attachments/{attachmentNo}/received · 替人收下材料: looks at what was uploaded and keeps it, or says why not. */
export const handler = http(endpoints["attachments.receive-officer"], async ({ officer, params: { attachmentNo } }) =>
  receiptReply(await receive(await servedAttachment(officer, attachmentNo))),
);
