import { createHash } from "node:crypto";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { createPresignedPost } from "@aws-sdk/s3-presigned-post";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import * as z from "zod";
import { largestFile } from "../../shared/attachment/attachment.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";

const minute = 60_000;
/** A slow phone on a village's network sends ten million bytes in this time. */
const uploadFor = 15 * minute;
const lookFor = 5 * minute;

/** Where a file comes in, for a day at most; where the list of what was drawn of it is kept, and each page. */
const place = {
  incoming: (attachmentNo: string) => `incoming/${attachmentNo}`,
  list: (attachmentNo: string) => `kept/${attachmentNo}/list`,
  page: (attachmentNo: string, i: number) => `kept/${attachmentNo}/${i + 1}`,
};

let client: S3Client | undefined;
/** One client a process, made when it is first needed: its endpoint is not known before. */
export function s3(): S3Client {
  const endpoint = config.objectsEndpoint();
  client ??= new S3Client({
    ...(endpoint && { endpoint, forcePathStyle: true }),
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  return client;
}

const at = (Key: string) => ({ Bucket: config.attachmentsBucket(), Key });

/** What was kept of a file: `of` is the checksum of what came in, `pages` those of the pictures that were drawn of it. */
export const Kept = z.object({
  of: z.string(),
  pages: z.array(z.object({ bytes: z.int(), sha256: z.string() })).min(1),
});
export type Kept = z.output<typeof Kept>;

/** 上传凭证 · a form that lets one file of at most so many bytes come in, under this number and no other. */
export async function uploadForm(attachmentNo: string, bytes: number, type: string) {
  const { Bucket, Key } = at(place.incoming(attachmentNo));
  const { url, fields } = await createPresignedPost(s3(), {
    Bucket,
    Key,
    Conditions: [["content-length-range", 1, bytes]],
    Fields: { "Content-Type": type },
    Expires: uploadFor / 1000,
  });
  return { url, fields, goodUntil: now() + uploadFor };
}

/** What came in, and which version of it that is: a form may be sent twice. */
export interface Arrived {
  readonly bytes: Buffer;
  readonly version: string | undefined;
}

/** The bytes that came in; null where none did. */
export async function arrived(attachmentNo: string): Promise<Arrived | null> {
  const found = await unlessMissing(s3().send(new GetObjectCommand(at(place.incoming(attachmentNo)))));
  if (!found) return null;
  if ((found.ContentLength ?? 0) > largestFile) throw new Refusal("attachment-too-large");
  return { bytes: Buffer.from(await found.Body!.transformToByteArray()), version: found.VersionId };
}

/** A tag of what came in, or null. */
export async function arrivedTag(
  attachmentNo: string,
  version: string | undefined,
  name: string,
): Promise<string | null> {
  const { TagSet = [] } = await s3().send(
    new GetObjectTaggingCommand({ ...at(place.incoming(attachmentNo)), VersionId: version }),
  );
  return TagSet.find(({ Key }) => Key === name)?.Value ?? null;
}

const checksum = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/**
 * Keeps the pages that were drawn of what came in. Which file is kept is written first and once: of two at the same time the
 * first one stays for good, and whoever comes with the same file, or after a crash, writes the same pages again.
 */
export async function keepOnce(attachmentNo: string, came: Uint8Array, pages: readonly Buffer[]): Promise<Kept> {
  const own: Kept = {
    of: checksum(came),
    pages: pages.map((page) => ({ bytes: page.length, sha256: checksum(page) })),
  };
  try {
    const Body = JSON.stringify(own);
    const list = { ...at(place.list(attachmentNo)), Body, ContentType: "application/json", IfNoneMatch: "*" };
    await s3().send(new PutObjectCommand(list));
  } catch (error) {
    // 409: another one is writing at this moment, and whoever wins has written when it is read.
    if (!["PreconditionFailed", "ConditionalRequestConflict"].includes((error as Error).name)) throw error;
    if ((await listed(attachmentNo))?.of !== own.of) return keptSoon(attachmentNo);
  }
  for (const [i, Body] of pages.entries())
    await s3().send(new PutObjectCommand({ ...at(place.page(attachmentNo, i)), Body, ContentType: "image/jpeg" }));
  return own;
}

/** What another call is keeping: it has begun, and where it stopped the file is sent anew, under another number. */
async function keptSoon(attachmentNo: string): Promise<Kept> {
  for (let tries = 0; tries < 30; tries++) {
    const kept = await keptFacts(attachmentNo);
    if (kept) return kept;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Refusal("attachment-gone");
}

async function listed(attachmentNo: string): Promise<Kept | null> {
  const found = await unlessMissing(s3().send(new GetObjectCommand(at(place.list(attachmentNo)))));
  return found && Kept.parse(JSON.parse(await found.Body!.transformToString()));
}

/** What is kept under a number, with all its pages; null where there is nothing, or it is not whole yet. */
export async function keptFacts(attachmentNo: string): Promise<Kept | null> {
  const kept = await listed(attachmentNo);
  if (kept === null) return null;
  const last = at(place.page(attachmentNo, kept.pages.length - 1));
  return (await unlessMissing(s3().send(new HeadObjectCommand(last)))) && kept;
}

/** 看材料的地址 · addresses that show so many pages of what is kept, for some minutes. */
export async function addressesOf(attachmentNo: string, pages: number): Promise<{ urls: string[]; goodUntil: number }> {
  const urls = Array.from({ length: pages }, (_, i) => {
    const command = new GetObjectCommand({
      ...at(place.page(attachmentNo, i)),
      ResponseContentDisposition: "inline",
      ResponseCacheControl: "private, no-store",
    });
    return getSignedUrl(s3(), command, { expiresIn: lookFor / 1000 });
  });
  return { urls: await Promise.all(urls), goodUntil: now() + lookFor };
}

/** Takes away what came in. */
export const removeArrived = async (attachmentNo: string): Promise<void> =>
  void (await s3().send(new DeleteObjectCommand(at(place.incoming(attachmentNo)))));

/** Takes away all that lies under a number: the list last, for it says what there is. */
export async function removeAll(attachmentNo: string): Promise<void> {
  await removeArrived(attachmentNo);
  const pages = (await listed(attachmentNo))?.pages ?? [];
  for (const [i] of pages.entries()) await s3().send(new DeleteObjectCommand(at(place.page(attachmentNo, i))));
  await s3().send(new DeleteObjectCommand(at(place.list(attachmentNo))));
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null;
    throw error;
  }
}
