import * as z from "zod";
import { attachmentPurposeNames, declaredTypes, keptTypes } from "../attachment/attachment.ts";
import { endpoint } from "./endpoint.ts";
import { TieNo } from "./family.ts";

/** 附件编号: the business day, sixteen characters. */
export const AttachmentNo = z.string().regex(/^\d{8}[0-9A-Z]{16}$/);

const Offer = z.strictObject({
  /** Made by the client once for each file; the same again is answered with the same place. */
  requestNo: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
  purpose: z.enum(attachmentPurposeNames),
  /** The file's size; not one byte more is taken. */
  bytes: z.int().min(1),
  type: z.enum(declaredTypes),
});

/** A place for one file: POST `fields` and then `file`, last, as a form to `url`. */
const Place = z.strictObject({
  attachmentNo: AttachmentNo,
  url: z.string(),
  fields: z.record(z.string(), z.string()),
  /** Wall-clock milliseconds. */
  goodUntil: z.int(),
});

/** What is kept of a file. `scanning`: not looked through yet; ask again in a few seconds. */
const Kept = z.strictObject({
  attachmentNo: AttachmentNo,
  state: z.enum(["scanning", "received", "used"]),
  type: z.enum(keptTypes),
  bytes: z.int(),
  /** Of a PDF, where it could be counted. */
  pages: z.int().nullable(),
});

/** An address that shows the file for some minutes, to whoever has it. */
const Shown = z.strictObject({
  url: z.string(),
  /** Wall-clock milliseconds. */
  goodUntil: z.int(),
  type: z.enum(keptTypes),
  bytes: z.int(),
});

const resident = { audience: "resident", trust: "proven" } as const;
const officer = { audience: "officer", roles: ["filings", "visits", "counter"] } as const;
const params = z.strictObject({ attachmentNo: AttachmentNo });
/** `tie`: of a dependant of the family account, for whom the file is handed in. */
const query = z.strictObject({ tie: TieNo.optional() });

export const attachments = {
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
  "attachments-agency.offer": endpoint({
    method: "POST",
    path: "/agency/attachments",
    title: "替人申请上传一个材料",
    caller: officer,
    access: { main: "write", objects: "offer" },
    body: Offer.extend({ personNo: z.string().regex(/^[0-9A-Za-z]{1,30}$/) }),
    reply: Place,
  }),
  "attachments-agency.receive": endpoint({
    method: "POST",
    path: "/agency/attachments/{attachmentNo}/received",
    title: "替人传的材料传完了，检查并收下",
    caller: officer,
    access: { main: "write", objects: "receive" },
    params,
    reply: Kept,
  }),
  "attachments-agency.look": endpoint({
    method: "GET",
    path: "/agency/attachments/{attachmentNo}",
    title: "看一个人的材料",
    caller: officer,
    access: { main: "read", audit: "append", objects: "look" },
    params,
    reply: Shown,
  }),
};
