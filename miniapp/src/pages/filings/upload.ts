import Taro from "@tarojs/taro";
import { declaredTypes, largestFile } from "../../../../shared/attachment/attachment.ts";
import { call, Refused } from "../../api.ts";
import { refusedBy } from "../../ask.ts";
import { store } from "../../store.ts";
import { ofTie } from "../../ties.ts";
import { evidence, type Paper } from "./drafts.ts";

type DeclaredType = (typeof declaredTypes)[number];
interface Place {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** 选好的材料 · one file that was photographed or chosen; `send` puts it to its place and tells how far it is (0 to 1). */
interface Picked {
  readonly name: string;
  readonly bytes: number;
  readonly type: string;
  readonly send: (place: Place, onProgress: (share: number) => void) => Promise<void>;
}

/** Lets the person photograph or choose files; none where they think better of it. */
export const pick = (how: "camera" | "album", most: number): Promise<readonly Picked[]> =>
  process.env.TARO_ENV === "h5" ? pickInBrowser(how, most) : pickInWeChat(how, most);

function pickInBrowser(how: "camera" | "album", most: number): Promise<readonly Picked[]> {
  const chooser = document.createElement("input");
  chooser.type = "file";
  chooser.accept = how === "camera" ? "image/*" : declaredTypes.join(",");
  chooser.multiple = how === "album" && most > 1;
  if (how === "camera") chooser.setAttribute("capture", "environment");
  return new Promise((resolve) => {
    chooser.onchange = () => resolve([...(chooser.files ?? [])].slice(0, most).map(ofFile));
    chooser.addEventListener("cancel", () => resolve([]));
    chooser.click();
  });
}

const ofFile = (file: File): Picked => ({
  name: file.name,
  bytes: file.size,
  type: file.type,
  send: ({ url, fields }, onProgress) =>
    new Promise((resolve, reject) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.append(name, value);
      form.append("file", file);
      const request = new XMLHttpRequest();
      request.upload.onprogress = ({ loaded, total }) => onProgress(loaded / total);
      request.onload = () => (request.status < 300 ? resolve() : reject(notSent()));
      request.onerror = () => reject(notSent());
      request.open("POST", url);
      request.send(form);
    }),
});

/** By callbacks: Taro makes no promise of this one. */
const pickInWeChat = (how: "camera" | "album", most: number): Promise<readonly Picked[]> =>
  new Promise((resolve) => {
    void Taro.chooseMedia({
      count: most,
      mediaType: ["image"],
      sourceType: [how],
      success: ({ tempFiles }) => resolve(tempFiles.map(ofTempFile)),
      fail: () => resolve([]),
    });
  });

const ofTempFile = ({ tempFilePath, size }: { tempFilePath: string; size: number }): Picked => ({
  name: tempFilePath.split("/").at(-1) ?? "",
  bytes: size,
  type: /\.png$/i.test(tempFilePath) ? "image/png" : /\.webp$/i.test(tempFilePath) ? "image/webp" : "image/jpeg",
  send: async ({ url, fields }, onProgress) => {
    const task = Taro.uploadFile({ url, filePath: tempFilePath, name: "file", formData: { ...fields } });
    task.onProgressUpdate(({ progress }) => onProgress(progress / 100));
    const { statusCode } = await task.catch(() => {
      throw notSent();
    });
    if (statusCode >= 300) throw notSent();
  },
});

const notSent = () => new Refused("unreachable", "没有传上去，请再传一次。", 0);

/** 正在传的材料 · one file on its way, for one filing (`of`); `no`: why it did not get there, `again`: whether it might yet. */
export interface Sending {
  readonly of: string;
  readonly requestNo: string;
  readonly picked: Picked;
  readonly tie: string | null;
  readonly share: number;
  readonly no: string | null;
  readonly again: boolean;
}

/** Files on their way go on while the person looks at other pages. */
export const sending = store<readonly Sending[]>([]);

const changed = (requestNo: string, fields: Partial<Sending>) =>
  sending.set(sending.get().map((one) => (one.requestNo === requestNo ? { ...one, ...fields } : one)));
/** Takes a file that did not get there off the list. */
export const dropSending = (requestNo: string): void =>
  sending.set(sending.get().filter((one) => one.requestNo !== requestNo));

const newRequestNo = () => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;

/** 上传 · sends a file that was picked; when it is kept it is a paper of the filing. */
export function handIn(of: string, tie: string | null, picked: Picked): void {
  const one: Sending = { of, requestNo: newRequestNo(), picked, tie, share: 0, no: null, again: true };
  sending.set([...sending.get(), one]);
  void send(one);
}

/** 再传一次 · under the same number where nobody answered, so that an answer that was lost is not a second file. */
export function handInAgain(one: Sending): void {
  changed(one.requestNo, { no: null, share: 0 });
  void send(one);
}

async function send({ of, requestNo, picked, tie }: Sending): Promise<void> {
  try {
    const attachmentNo = await kept(requestNo, picked, tie);
    dropSending(requestNo);
    const { papers, ...before } = papersOf(of);
    const name = picked.type === "application/pdf" ? "PDF文件" : "照片";
    evidence.change({ ...before, papers: [...papers, { attachmentNo, name }] });
  } catch (error) {
    const { code, message, status } = refusedBy(error);
    // A place that was refused, or ran out, is not offered again under the same number.
    changed(requestNo, {
      no: message,
      again: !inTheFile.includes(code),
      ...(status > 0 && { requestNo: newRequestNo() }),
    });
  }
}

/** Refusals that lie in the file itself: another one has to be chosen. */
const inTheFile = ["attachment-too-large", "attachment-type", "attachment-unreadable", "attachment-infected"];

/** What stands behind one filing; nothing where the papers kept are those of another. */
export function papersOf(of: string): ReturnType<typeof evidence.get> {
  const now = evidence.get();
  return now.of === of ? now : { of, way: null, papers: [] };
}

export const dropPaper = (of: string, { attachmentNo }: Paper): void => {
  const now = papersOf(of);
  evidence.change({ ...now, papers: now.papers.filter((one) => one.attachmentNo !== attachmentNo) });
};

async function kept(requestNo: string, { bytes, type, send }: Picked, tie: string | null): Promise<string> {
  if (bytes > largestFile) throw new Refused("attachment-too-large", "这个文件太大，最多10 MB。请重新拍一张。", 413);
  if (!isDeclared(type)) throw new Refused("attachment-type", "只收照片（JPG、PNG、WebP）和PDF，请换一个。", 422);
  const query = ofTie(tie);
  const body = { requestNo, purpose: "filing-paper", bytes, type } as const;
  const { attachmentNo, url, fields } = await call("attachments.offer", { query, body });
  await send({ url, fields }, (share) => changed(requestNo, { share }));
  for (let asked = 0; asked < 30; asked++) {
    const { state } = await call("attachments.receive", { params: { attachmentNo }, query });
    if (state !== "scanning") return attachmentNo;
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  throw new Refused("unreachable", "还在检查这个文件，请过一会儿再传一次。", 0);
}

const isDeclared = (type: string): type is DeclaredType => (declaredTypes as readonly string[]).includes(type);

/** 看材料 · the addresses of its pages, pictures all. */
export const picturesOf = async (attachmentNo: string, tie: string | null): Promise<readonly string[]> =>
  (await call("attachments.look", { params: { attachmentNo }, query: ofTie(tie) })).urls;
