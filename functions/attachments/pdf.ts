import { once } from "node:events";
import { Worker } from "node:worker_threads";
import * as z from "zod";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import { mostPages, type Size, sizeDrawn } from "./sizes.ts";

/** A page as it was drawn: four bytes a dot, red, green, blue, and how opaque. */
export interface Bitmap extends Size {
  readonly data: Uint8Array;
}

const Opened = z.object({ pages: z.int() });
const Measured = z.object({ width: z.number(), height: z.number(), isWhole: z.boolean() });
const Drawn = z.object({ width: z.int(), height: z.int(), data: z.instanceof(Uint8Array) });

/**
 * PDF · its pages, drawn one after another by PDFium in a thread of its own; nothing of the file itself is kept, so that what
 * it could do it does nowhere. Refused: what does not open, what is too long, what takes too long, and a page with letters
 * of which neither the file nor the library has the form.
 */
export async function* pagesDrawn(bytes: Buffer): AsyncGenerator<Bitmap> {
  const worker = new Worker(new URL("./pdf-worker.mjs", import.meta.url), {
    workerData: new Uint8Array(bytes),
    resourceLimits: { maxOldGenerationSizeMb: 128 },
    // What the library has to say of a broken file is for nobody.
    stdout: true,
    stderr: true,
  });
  worker.on("error", () => {});
  // Some pages a second, within what one request may take.
  const signal = AbortSignal.timeout(4 * config.patience());
  const said = async () => (await once(worker, "message", { signal }))[0] as unknown;
  const answer = (question: { page: number } & Partial<Size>) => {
    const answered = said();
    worker.postMessage(question);
    return answered;
  };
  try {
    const { pages } = Opened.parse(await said());
    if (pages < 1) throw unreadable();
    if (pages > mostPages) throw new Refusal("attachment-too-large", { detail: `最多${mostPages}页，请分开上传` });
    for (let page = 0; page < pages; page++) {
      const measured = Measured.parse(await answer({ page }));
      if (!measured.isWhole) throw unreadable("PDF里没有带上它用的汉字字体，请截屏或拍照上传");
      yield Drawn.parse(await answer({ page, ...sizeDrawn(measured) }));
    }
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw unreadable(undefined, cause);
  } finally {
    await worker.terminate();
  }
}

const unreadable = (detail?: string, cause?: unknown) =>
  new Refusal("attachment-unreadable", { ...(detail !== undefined && { detail }), cause });
