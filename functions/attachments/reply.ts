import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { Refusal } from "../../shared/refusal.ts";
import { addressesOf, uploadForm } from "./objects.ts";
import type { Receipt } from "./receiving.ts";
import type { Attachment } from "./store.ts";

/** A place as its owner is told it; each time it is asked for the form is made anew. */
export async function placeReply({
  attachmentNo,
  declared,
}: Attachment): Promise<Answer<Endpoints["attachments.offer"]>> {
  return { attachmentNo, ...(await uploadForm(attachmentNo, declared.bytes, declared.type)) };
}

/** What was kept of a file. */
export const receiptReply = (receipt: Receipt): Answer<Endpoints["attachments.receive"]> => receipt;

/** Where a received file can be looked at. */
export async function shownReply({
  attachmentNo,
  state,
  kept,
}: Attachment): Promise<Answer<Endpoints["attachments.look"]>> {
  if (state === "lapsed") throw new Refusal("attachment-gone");
  if (kept === null) throw new Refusal("attachment-not-received");
  return addressesOf(attachmentNo, kept.pages);
}
