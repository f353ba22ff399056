import type { AttachmentPurpose } from "../../shared/attachment/attachment.ts";
import { attachmentPurposes } from "../../shared/attachment/attachment.ts";
import { Refusal } from "../../shared/refusal.ts";
import { agreedDependant } from "../family/store.ts";
import { type Attachment, attachmentOf } from "./store.ts";

/** 谁的材料 · the caller, or the dependant of an agreed tie where the purpose lets a guardian act. */
export async function whose(personNo: string, tie: string | undefined, purpose: AttachmentPurpose): Promise<string> {
  if (tie === undefined) return personNo;
  if (!attachmentPurposes[purpose].byFamily) throw new Refusal("not-found");
  return agreedDependant(tie, personNo);
}

/** An attachment of the caller, or of their dependant; to anybody else it does not exist. */
export async function ownAttachment(personNo: string, tie: string | undefined, no: string): Promise<Attachment> {
  const attachment = await attachmentOf(no);
  if (attachment.personNo !== (await whose(personNo, tie, attachment.purpose))) throw new Refusal("not-found");
  return attachment;
}
