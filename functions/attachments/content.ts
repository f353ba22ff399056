import { fileTypeFromBuffer } from "file-type";
import type sharp from "sharp";
import type { Channels } from "sharp";
import { Refusal } from "../../shared/refusal.ts";
import { type Bitmap, pagesDrawn } from "./pdf.ts";
import { cuts, mostPages, sizeDrawn } from "./sizes.ts";

/** Pixels of a picture at most, before it is made smaller: more than phones take, and 240 MB of memory at four bytes each. */
const mostPixels = 60_000_000;

const pictures: readonly string[] = ["image/jpeg", "image/png", "image/webp"];

/**
 * 按内容画成图片 · what the bytes are decides, not what they are called. A picture is drawn anew, upright, at most so large, with
 * no metadata (no place, no time, no phone); each page of a PDF is drawn; a strip is cut into pages. Anything else is refused.
 * What comes out is pictures of ours, and nothing of the file itself.
 */
export async function drawn(bytes: Buffer): Promise<readonly Buffer[]> {
  const found = await fileTypeFromBuffer(bytes);
  const open = await drawing();
  const made: Buffer[] = [];
  if (found?.mime === "application/pdf")
    for await (const bitmap of pagesDrawn(bytes)) made.push(...(await paged(open, bitmap, 4)));
  else if (found && pictures.includes(found.mime)) made.push(...(await redrawn(open, bytes)));
  else throw new Refusal("attachment-type", { detail: wordsFor(found?.ext) });
  if (made.length > mostPages) throw new Refusal("attachment-too-large", { detail: `最多${mostPages}页，请分开上传` });
  return made;
}

/** What a file turned out to be, and what to do about it. */
function wordsFor(extension: string | undefined): string {
  if (extension === "heic") return "这是HEIC格式的照片，请在手机相机设置里改成“兼容性最佳”再拍，或截屏后上传";
  return extension === undefined ? "看不出这是什么文件" : `这个文件其实是${extension.toUpperCase()}`;
}

async function redrawn(open: typeof sharp, bytes: Buffer): Promise<Buffer[]> {
  try {
    const {
      autoOrient: { width, height },
    } = await open(bytes, { limitInputPixels: false }).metadata();
    if (width * height > mostPixels) throw new Refusal("attachment-too-large", { detail: "照片的像素太多" });
    const { data, info } = await open(bytes, { limitInputPixels: mostPixels, failOn: "error" })
      .autoOrient()
      .resize({ ...sizeDrawn({ width, height }, 1), fit: "fill" })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return await paged(open, { data, ...info }, info.channels);
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal("attachment-unreadable", { cause });
  }
}

/** The pages of what was drawn, each as a JPEG. */
const paged = (open: typeof sharp, { data, width, height }: Bitmap, channels: Channels): Promise<Buffer[]> =>
  Promise.all(
    cuts({ width, height }).map(({ from, length }) =>
      open(data, { raw: { width, height, channels } })
        .extract(
          height >= width
            ? { left: 0, top: from, width, height: length }
            : { left: from, top: 0, width: length, height },
        )
        .flatten({ background: "white" })
        .jpeg({ quality: 85 })
        .toBuffer(),
    ),
  );

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
