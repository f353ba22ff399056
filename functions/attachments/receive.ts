import { endpoints } from "../../shared/api/attachments.ts";
import { http } from "../http.ts";
import { receive } from "./receiving.ts";
import { receiptReply } from "./reply.ts";
import { ownAttachment } from "./whose.ts";

/** POST /attachments/{attachmentNo}/received · 收下材料: looks at what was uploaded and keeps it, or says why not. */
export const handler = http(
  endpoints["attachments.receive"],
  async ({ resident, params: { attachmentNo }, query: { tie } }) =>
    receiptReply(await receive(await ownAttachment(resident.personNo, tie, attachmentNo))),
);
