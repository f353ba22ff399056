import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type sharp from "sharp";
import type { KeptType } from "../../shared/attachment/attachment.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Kept } from "./objects.ts";
import { pagesOf } from "./pdf.ts";

/** Pixels of a picture at most, before it is made smaller: more than phones take, and 240 MB of memory at four bytes each. */
const mostPixels = 60_000_000;
/** On the long side an A4 page has 200 dots an inch, on which the small print of an invoice can be read. */
const longestSide = 2_400;

const pictures: readonly string[] = ["image/jpeg", "image/png", "image/webp"];

/** What is kept of some bytes. */
interface Made {
  readonly bytes: Buffer;
  readonly facts: Kept;
}

/**
 * 按内容收件 · what the bytes are decides, not what they are called. A picture is drawn anew, upright, at most so large, with no
 * metadata (no place, no time, no phone); a PDF is kept as it is, or refused. Anything else is refused.
 */
export async function made(bytes: Buffer): Promise<Made> {
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime === "application/pdf") return kept(bytes, "application/pdf", pagesOf(bytes));
  if (found && pictures.includes(found.mime)) return kept(await redrawn(bytes), "image/jpeg", null);
  throw new Refusal("attachment-type", { detail: wordsFor(found?.ext) });
}

function kept(bytes: Buffer, type: KeptType, pages: number | null): Made {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, facts: { type, bytes: bytes.length, sha256, pages } };
}

/** What a file turned out to be, and what to do about it. */
function wordsFor(extension: string | undefined): string {
  if (extension === "heic") return "这是HEIC格式的照片，请在手机相机设置里改成“兼容性最佳”再拍，或截屏后上传";
  return extension === undefined ? "看不出这是什么文件" : `这个文件其实是${extension.toUpperCase()}`;
}

async function redrawn(bytes: Buffer): Promise<Buffer> {
  const open = await drawing();
  try {
    const { width, height } = await open(bytes, { limitInputPixels: false }).metadata();
    if (width * height > mostPixels) throw new Refusal("attachment-too-large", { detail: "照片的像素太多" });
    return await open(bytes, { limitInputPixels: mostPixels, failOn: "error" })
      .autoOrient()
      .resize({ width: longestSide, height: longestSide, fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .jpeg({ quality: 85 })
      .toBuffer();
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal("attachment-unreadable", { cause });
  }
}

let loaded: typeof sharp | undefined;
/** The library is large: it is loaded when the first picture comes, and reads three formats and no other. */
async function drawing(): Promise<typeof sharp> {
  if (loaded) return loaded;
  const { default: library } = await import("sharp");
  library.block({ operation: ["VipsForeignLoad"] });
  library.unblock({
    operation: ["VipsForeignLoadJpegBuffer", "VipsForeignLoadPngBuffer", "VipsForeignLoadWebpBuffer"],
  });
  loaded = library;
  return library;
}
