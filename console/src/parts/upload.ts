import { Refused } from "../../../shared/api/client.ts";
import { type AttachmentPurpose, declaredTypes, largestFile } from "../../../shared/attachment/attachment.ts";
import { call } from "../api.ts";

type DeclaredType = (typeof declaredTypes)[number];
const isDeclared = (type: string): type is DeclaredType => (declaredTypes as readonly string[]).includes(type);

/** What a file chooser offers. */
export const accepted = declaredTypes.join(",");

/** How often, and how many times, one asks whether a file was looked through. */
const [askEvery, askAtMost] = [2_000, 30];

/** 替人上传 · sends one file for somebody to the place that the API offers; its number, once it was looked at and kept. */
export async function handIn({
  file,
  ...whose
}: {
  personNo: string;
  requestNo: string;
  purpose: AttachmentPurpose;
  file: File;
}): Promise<string> {
  const { size: bytes, type } = file;
  if (bytes > largestFile)
    throw new Refused("attachment-too-large", "文件太大，一个最多10 MB，请重新扫描或拍照。", 413);
  if (!isDeclared(type)) throw new Refused("attachment-type", "只收照片（JPG、PNG、WebP）和PDF，请换一个。", 422);
  const { attachmentNo, url, fields } = await call("attachments-agency.offer", {
    body: { ...whose, bytes, type },
  });
  await send(url, fields, file);
  for (let asked = 0; asked < askAtMost; asked++) {
    const { state } = await call("attachments-agency.receive", { params: { attachmentNo } });
    if (state !== "scanning") return attachmentNo;
    await new Promise((resolve) => setTimeout(resolve, askEvery));
  }
  throw new Refused("scanning", "还在检查这个文件，请过一会儿再传一次。", 0);
}

async function send(url: string, fields: Readonly<Record<string, string>>, file: File): Promise<void> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file);
  const response = await fetch(url, { method: "POST", body: form }).catch(() => null);
  if (!response?.ok) throw new Refused("unreachable", "没有传上去，请再传一次。", 0);
}
