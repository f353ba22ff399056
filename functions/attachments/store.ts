import * as z from "zod";
import {
  type AttachmentEvent,
  type AttachmentPurpose,
  attachmentPurposeNames,
  attachmentStateNames,
  attachmentStates,
  declaredTypes,
  largestFile,
} from "../../shared/attachment/attachment.ts";
import { after } from "../../shared/machine.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { Hand } from "../hand.ts";
import { indexKey } from "../index-key.ts";
import { key, partition, shards } from "../key.ts";
import { spendTry } from "../limits.ts";
import { newNo } from "../numbers.ts";
import { firstUnder, mustBeAt } from "../read.ts";
import { answeredBefore, answeredOnce, type NumberedRequest } from "../request.ts";
import { decideAndWrite, isNew, type Step, toPut, unchanged, write } from "../write.ts";

const hour = 3_600_000;
const day = 24 * hour;
/** What comes in is deleted after a day; nothing is begun with it shortly before. */
const receivableFor = 12 * hour;
/** 没用的材料 · a file that no case used is deleted after so long: assumed, for no document in hand says it. */
const unusedFor = 30 * day;
/** What is left of an attachment without a file, for whoever asks why. */
const rememberedFor = 30 * day;

/** Refusals that lie in the file itself: the same answer, whoever asks and however often. */
export const refusedCodes = [
  "attachment-too-large",
  "attachment-type",
  "attachment-unreadable",
  "attachment-infected",
] as const;
const Refused = z.object({ code: z.enum(refusedCodes), detail: z.string().optional() });
export type Refused = z.output<typeof Refused>;

/** 附件 · one attachment as it is stored; the file itself lies in the bucket under its number. */
export const Attachment = z.object({
  attachmentNo: z.string(),
  /** Whose case it is for. */
  personNo: z.string(),
  by: Hand,
  purpose: z.enum(attachmentPurposeNames),
  state: z.enum(attachmentStateNames),
  /** What the phone said that the file is. */
  declared: z.object({ bytes: z.int(), type: z.enum(declaredTypes) }),
  offeredAt: z.int(),
  /** What was kept, and since when. */
  kept: z
    .object({
      /** Checksum of what came in. */
      of: z.string(),
      /** Pictures that were drawn of it, and their bytes together. */
      pages: z.int().min(1),
      bytes: z.int(),
      receivedAt: z.int(),
    })
    .nullable(),
  /** Why it was not kept. */
  refused: Refused.nullable(),
  /** The case that used it, in its own words: "filing 2025…". */
  usedBy: z.string().nullable(),
  version: z.int().min(1),
});
export type Attachment = z.output<typeof Attachment>;

/** What somebody asks a place for; the request is answered once. */
interface Offer {
  readonly requestNo: string;
  readonly personNo: string;
  readonly by: Hand;
  readonly purpose: AttachmentPurpose;
  readonly bytes: number;
  readonly type: Attachment["declared"]["type"];
}

/** An attachment by its number, or a refusal. */
export const attachmentOf = (attachmentNo: string): Promise<Attachment> =>
  mustBeAt(key.attachment(attachmentNo), Attachment);

const asRequest = ({ requestNo, by, personNo, purpose, bytes, type }: Offer): NumberedRequest => ({
  of: "ATTACHMENT",
  askedBy: `${by.hand}#${by.no}`,
  requestNo,
  body: [personNo, purpose, bytes, type],
});

/** 申请上传 · a number for one file, once for a request; so many may be open at a time. */
export async function offerPlace(offer: Offer): Promise<Attachment> {
  if (offer.bytes > largestFile) throw new Refusal("attachment-too-large");
  const request = asRequest(offer);
  const standing = await answeredBefore(request, attachmentOf);
  if (standing) return standing;
  await spendTry("attachment", offer.by.no);
  await spendTry("attachment-open", offer.by.no);
  return answeredOnce(request, {
    found: attachmentOf,
    make: async () => {
      const attachment = offered(offer);
      const item = itemOf(attachment, attachment.offeredAt + day);
      return { no: attachment.attachmentNo, answer: attachment, steps: [toPut(item, isNew)] };
    },
  });
}

const offered = ({ personNo, by, purpose, bytes, type }: Offer): Attachment => ({
  attachmentNo: newNo(today()),
  personNo,
  by,
  purpose,
  state: "offered",
  declared: { bytes, type },
  offeredAt: now(),
  kept: null,
  refused: null,
  usedBy: null,
  version: 1,
});

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);

/** The stored attachment; until a case has used it, it is looked at when it is due: unused it is cleared away. */
const itemOf = (attachment: Attachment, due: number) => ({
  ...key.attachment(attachment.attachmentNo),
  ...indexKey.attachment(attachment.attachmentNo, due),
  ...attachment,
});

/** May a file still be received, or is it about to be cleared away? */
export const isReceivable = ({ offeredAt }: Attachment): boolean => now() < offeredAt + receivableFor;

/** An attachment after an event, or null where its table of states does not allow it. */
export function moved(attachment: Attachment, event: AttachmentEvent, change: Partial<Attachment>): Attachment | null {
  const state = after(attachmentStates, attachment.state, event);
  return state === null ? null : { ...attachment, ...change, state, version: attachment.version + 1 };
}

/**
 * 收下或不收 · writes what became of an offered file, once: whoever comes second is given what the first one wrote.
 * `first` says whether it was this call.
 */
export async function decide(
  attachmentNo: string,
  outcome: Pick<Attachment, "kept"> | Pick<Attachment, "refused">,
): Promise<{ standing: Attachment; first: boolean }> {
  return decideAndWrite<{ standing: Attachment; first: boolean }>(async () => {
    const standing = await attachmentOf(attachmentNo);
    const next = moved(standing, "kept" in outcome ? "receive" : "refuse", outcome);
    if (next === null) return { answer: { standing, first: false }, steps: [] };
    const due = now() + ("kept" in outcome ? unusedFor : day);
    return { answer: { standing: next, first: true }, steps: [replacing(standing, itemOf(next, due))] };
  });
}

const replacing = (read: Attachment, Item: object): Step => toPut({ ...Item }, unchanged(read.version));

/**
 * 材料齐不齐 · the attachments that a case names, in its order: each received, of this person, for this purpose, and used by no
 * other case; or a refusal. A case that is mended may name again what it has used.
 */
export async function attachmentsFor(
  personNo: string,
  nos: readonly string[],
  purpose: AttachmentPurpose,
  usedBy: string,
): Promise<Attachment[]> {
  if (new Set(nos).size < nos.length) throw new Refusal("attachment-used");
  return Promise.all(
    nos.map(async (no) => {
      const attachment = await attachmentOf(no);
      if (attachment.personNo !== personNo || attachment.purpose !== purpose) throw new Refusal("not-found");
      const { state } = attachment;
      if (state === "lapsed") throw new Refusal("attachment-gone");
      if (state === "used" && attachment.usedBy !== usedBy) throw new Refusal("attachment-used");
      if (state !== "received" && state !== "used") throw new Refusal("attachment-not-received");
      return attachment;
    }),
  );
}

/** The writes that tie received attachments to a case, with the case's own or not at all. */
export const usingSteps = (attachments: readonly Attachment[], usedBy: string): Step[] =>
  attachments.flatMap((attachment) => {
    const next = moved(attachment, "use", { usedBy });
    return next === null ? [] : [replacing(attachment, { ...key.attachment(next.attachmentNo), ...next })];
  });

/** Attachments whose time is over, at most so many of each shard. */
export async function dueAttachments(most: number): Promise<Attachment[]> {
  const until = indexKey.attachment("", now()).gsi1sk;
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) =>
      firstUnder({ of: "index", partition: partition.attachments(shard), until }, Attachment, most),
    ),
  );
  return found.flatMap(({ items }) => items);
}

/**
 * Says that an attachment's time is over, before its file is deleted; null where somebody was faster, or used it. One that has
 * no file to lose stays as it is.
 */
export async function lapse(attachment: Attachment): Promise<Attachment | null> {
  const next = moved(attachment, "lapse", {});
  if (next === null) return attachment;
  return (await write(replacing(attachment, itemOf(next, now())))) ? next : null;
}

/** The last write of an attachment whose file is deleted: it is due no more, and is forgotten later. */
export const forgetLater = (attachment: Attachment): Promise<boolean> =>
  write(
    replacing(attachment, {
      ...key.attachment(attachment.attachmentNo),
      ...attachment,
      version: attachment.version + 1,
      expiresAt: seconds(now() + rememberedFor),
    }),
  );
