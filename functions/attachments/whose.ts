import type { AttachmentPurpose } from "../../shared/attachment/attachment.ts";
import { attachmentPurposes } from "../../shared/attachment/attachment.ts";
import { within } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { agreedDependant } from "../family/store.ts";
import { factsOf } from "../people/facts.ts";
import { type Attachment, attachmentOf } from "./store.ts";

/** 谁的材料 · the caller himself, or the dependant of an agreed tie where the purpose lets a guardian act. */
export async function whose(personNo: string, tie: string | undefined, purpose: AttachmentPurpose): Promise<string> {
  if (tie === undefined) return personNo;
  if (!attachmentPurposes[purpose].byFamily) throw new Refusal("not-found");
  return agreedDependant(tie, personNo);
}

/** An attachment of the caller, or of his dependant; to anybody else it does not exist. */
export async function ownAttachment(personNo: string, tie: string | undefined, no: string): Promise<Attachment> {
  const attachment = await attachmentOf(no);
  if (attachment.personNo !== (await whose(personNo, tie, attachment.purpose))) throw new Refusal("not-found");
  return attachment;
}

/** Is somebody's village within the officer's unit? To any other officer nobody is there. */
export async function mustServe(officer: Officer, personNo: string): Promise<void> {
  const { profile } = await factsOf(personNo, []);
  if (!within(profile.village, officer.unit)) throw new Refusal("person-not-found");
}

/** An attachment of somebody in the officer's area; any other does not exist. */
export async function servedAttachment(officer: Officer, no: string): Promise<Attachment> {
  const attachment = await attachmentOf(no);
  const { profile } = await factsOf(attachment.personNo, []);
  if (!within(profile.village, officer.unit)) throw new Refusal("not-found");
  return attachment;
}
