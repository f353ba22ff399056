import * as z from "zod";
import { attachmentPurposeNames, declaredTypes } from "../attachment/attachment.ts";
import { RequestNo } from "../edge.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";

/** 附件编号: the business day, sixteen characters. */
export const AttachmentNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);

/** What a client says of the file that it wants to hand in. */
export const Offer = z.strictObject({
  /** Made by the client once for each file; the same again is answered with the same place. */
  requestNo: RequestNo,
  purpose: z.enum(attachmentPurposeNames),
  /** The file's size; not one byte more is taken. */
  bytes: z.int().min(1),
  type: z.enum(declaredTypes),
});

/** A place for one file: POST `fields` and then `file`, last, as a form to `url`. */
export const Place = z.strictObject({
  attachmentNo: AttachmentNo,
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Wall-clock milliseconds. */
  goodUntil: z.int(),
});

/** What is kept of a file. `scanning`: not looked through yet; ask again in a few seconds. */
export const Kept = z.strictObject({
  attachmentNo: AttachmentNo,
  state: z.enum(["scanning", "received", "used"]),
  /** Pictures that were drawn of it: of a photo one, of a PDF each page, of a long screenshot as many as it was cut into. */
  pages: z.int().nullable(),
});

/** Addresses that show the pages of a file, JPEGs, for some minutes, to whoever has them. */
export const Shown = z.strictObject({
  urls: z.array(z.string()),
  /** Wall-clock milliseconds. */
  goodUntil: z.int(),
});

const resident = { audience: "resident", trust: "proven" } as const;
const params = z.strictObject({ attachmentNo: AttachmentNo });
/** `tie`: of a dependant of the family account, for whom the file is handed in. */
const query = z.strictObject({ tie: TieNo.optional() });

export const endpoints = {
  "attachments.offer": endpoint({
    method: "POST",
    path: "/attachments",
    title: "申请上传一个材料",
    caller: resident,
    access: { main: "write", objects: "offer" },
    query,
    body: Offer,
    reply: Place,
  }),
  "attachments.receive": endpoint({
    method: "POST",
    path: "/attachments/{attachmentNo}/received",
    title: "材料传完了，检查并收下",
    caller: resident,
    access: { main: "write", objects: "receive" },
    params,
    query,
    reply: Kept,
  }),
  "attachments.look": endpoint({
    method: "GET",
    path: "/attachments/{attachmentNo}",
    title: "看自己的材料",
    caller: resident,
    access: { main: "read", audit: "append", objects: "look" },
    params,
    query,
    reply: Shown,
  }),
};
