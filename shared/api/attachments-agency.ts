import * as z from "zod";
import { PersonNo } from "../edge.ts";
import { AttachmentNo, Kept, Offer, Place, Shown } from "./attachments.ts";
import { endpoint } from "./endpoint.ts";

const officer = { audience: "officer", roles: ["filings", "visits", "counter"] } as const;
const params = z.strictObject({ attachmentNo: AttachmentNo });

export const endpoints = {
  "attachments-agency.offer": endpoint({
    method: "POST",
    path: "/agency/attachments",
    title: "替人申请上传一个材料",
    caller: officer,
    access: { main: "write", audit: "append", objects: "offer" },
    body: Offer.extend({ personNo: PersonNo }),
    reply: Place,
  }),
  "attachments-agency.receive": endpoint({
    method: "POST",
    path: "/agency/attachments/{attachmentNo}/received",
    title: "替人传的材料传完了，检查并收下",
    caller: officer,
    access: { main: "write", audit: "append", objects: "receive" },
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
