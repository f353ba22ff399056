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
import { keptTypes, largestFile } from "../../shared/attachment/attachment.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";

const minute = 60_000;
/** A slow phone on a village's network sends ten million bytes in this time. */
const uploadFor = 15 * minute;
const lookFor = 5 * minute;

/** Where a file comes in, for a day at most, and where what was made of it is kept. */
const place = {
  incoming: (attachmentNo: string) => `incoming/${attachmentNo}`,
  kept: (attachmentNo: string) => `kept/${attachmentNo}`,
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

/** What was kept of a file; it is written once and lies with it, so that whoever comes second says the same. */
export const Kept = z.object({
  type: z.enum(keptTypes),
  bytes: z.int(),
  sha256: z.string(),
  pages: z.int().nullable(),
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

/** The bytes that came in; null where none did. */
export async function arrived(attachmentNo: string): Promise<Buffer | null> {
  const found = await unlessMissing(s3().send(new GetObjectCommand(at(place.incoming(attachmentNo)))));
  if (!found) return null;
  if ((found.ContentLength ?? 0) > largestFile) throw new Refusal("attachment-too-large");
  return Buffer.from(await found.Body!.transformToByteArray());
}

/** Keeps what was made of a file, unless something is kept already: of two at once the first one stays for good. */
export async function keepOnce(attachmentNo: string, bytes: Buffer, { type, sha256, pages }: Kept): Promise<void> {
  try {
    await s3().send(
      new PutObjectCommand({
        ...at(place.kept(attachmentNo)),
        Body: bytes,
        ContentType: type,
        Metadata: { sha256, ...(pages !== null && { pages: String(pages) }) },
        IfNoneMatch: "*",
      }),
    );
  } catch (error) {
    // 409: another one is writing at this moment, and whoever wins has written when it is read.
    if (!["PreconditionFailed", "ConditionalRequestConflict"].includes((error as Error).name)) throw error;
  }
}

/** What is kept under a number, or null. */
export async function keptFacts(attachmentNo: string): Promise<Kept | null> {
  const found = await unlessMissing(s3().send(new HeadObjectCommand(at(place.kept(attachmentNo)))));
  if (!found) return null;
  const { ContentType: type, ContentLength: bytes, Metadata: { sha256, pages } = {} } = found;
  return Kept.parse({ type, bytes, sha256, pages: pages === undefined ? null : Number(pages) });
}

/** The bytes that are kept under a number. */
export async function keptBytes(attachmentNo: string): Promise<Buffer> {
  const { Body } = await s3().send(new GetObjectCommand(at(place.kept(attachmentNo))));
  return Buffer.from(await Body!.transformToByteArray());
}

/** A tag of what is kept, or null. */
export async function keptTag(attachmentNo: string, name: string): Promise<string | null> {
  const { TagSet = [] } = await s3().send(new GetObjectTaggingCommand(at(place.kept(attachmentNo))));
  return TagSet.find(({ Key }) => Key === name)?.Value ?? null;
}

/** An address that shows what is kept, for some minutes. */
export async function addressOf(attachmentNo: string): Promise<{ url: string; goodUntil: number }> {
  const command = new GetObjectCommand({
    ...at(place.kept(attachmentNo)),
    ResponseContentDisposition: "inline",
    ResponseCacheControl: "private, no-store",
  });
  return { url: await getSignedUrl(s3(), command, { expiresIn: lookFor / 1000 }), goodUntil: now() + lookFor };
}

/** Takes away what came in. */
export const removeArrived = async (attachmentNo: string): Promise<void> =>
  void (await s3().send(new DeleteObjectCommand(at(place.incoming(attachmentNo)))));

/** Takes away all that lies under a number. */
export async function removeAll(attachmentNo: string): Promise<void> {
  await removeArrived(attachmentNo);
  await s3().send(new DeleteObjectCommand(at(place.kept(attachmentNo))));
}

async function unlessMissing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof NoSuchKey || error instanceof NotFound) return null;
    throw error;
  }
}
