import { Refusal } from "../../shared/refusal.ts";

/** Width and height, in dots, or points where it is a page. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** On the long side an A4 page has 200 dots an inch, on which the small print of an invoice can be read. */
const longestSide = 2_400;
/** What is longer than this, for how wide it is, is no page but a strip: a long screenshot, a list of fees. */
const longestPage = 2.4;
/** A strip is so wide at most: as the screen of a phone. */
const widestStrip = 1_080;
/** Two pages of a strip share so much, so that no line of writing is cut through on both. */
const shared = 120;
/** 页数 · pages of one file at most, so that it is drawn within one request and looked through by one person: assumed. */
export const mostPages = 40;
/** Dots of what is drawn at most: 160 MB of memory at four bytes each. */
const mostDots = 40_000_000;

/** How large something is drawn, or a refusal: a page of a PDF as large as it is read, a picture not larger than it is. */
export function sizeDrawn({ width, height }: Size, largest = Number.POSITIVE_INFINITY): Size {
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  const by = Math.min(largest, long / short > longestPage ? widestStrip / short : longestSide / long);
  const drawn = { width: Math.max(1, Math.round(width * by)), height: Math.max(1, Math.round(height * by)) };
  if (!(drawn.width * drawn.height <= mostDots))
    throw new Refusal("attachment-too-large", { detail: "太长了，请分几张上传" });
  return drawn;
}

/** 分页 · where a strip is cut, along its long side: pages of one length, each with the end of the one before. */
export function cuts({ width, height }: Size): readonly { from: number; length: number }[] {
  const long = Math.max(width, height);
  if (long <= longestSide) return [{ from: 0, length: long }];
  const pages = Math.ceil((long - shared) / (longestSide - shared));
  const length = Math.ceil((long + (pages - 1) * shared) / pages);
  return Array.from({ length: pages }, (_, i) => ({ from: Math.min(i * (length - shared), long - length), length }));
}
