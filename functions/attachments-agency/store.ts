import { type Attachment, attachmentOf } from "../attachments/store.ts";
import type { Officer } from "../callers/officers.ts";
import { factsOf } from "../people/facts.ts";
import { mustServe } from "../served.ts";

/** An attachment of somebody in the officer's area; any other does not exist. */
export async function servedAttachment(officer: Officer, no: string): Promise<Attachment> {
  const attachment = await attachmentOf(no);
  mustServe(officer, [(await factsOf(attachment.personNo, [])).profile.village]);
  return attachment;
}
