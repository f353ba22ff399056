import { endpoints } from "../../shared/api/attachments.ts";
import { recordFamilyAccess } from "../audit.ts";
import { http } from "../http.ts";
import { shownReply } from "./reply.ts";
import { ownAttachment } from "./whose.ts";

/** GET /attachments/{attachmentNo} · 看材料: an address for some minutes; that a guardian looked is recorded. */
export const handler = http(
  endpoints["attachments.look"],
  async ({ resident, params: { attachmentNo }, query: { tie } }) => {
    const attachment = await ownAttachment(resident.personNo, tie, attachmentNo);
    if (tie !== undefined) await recordFamilyAccess(resident.personNo, attachment.personNo, "attachments.look");
    return shownReply(attachment);
  },
);
