import jsQR from "jsqr";
import sharp from "sharp";

/** Before the pixels of the pictures that `qr` draws: header, colours and the place of the only image. */
const headLength = 408;

/** 从像素读码 · the text of a QR that is drawn as a GIF in a data URI, read from its pixels as a camera would. */
export function textOfPicture(source: string | undefined): string {
  const gif = Buffer.from(source?.replace("data:image/gif;base64,", "") ?? "", "base64");
  const side = gif.readUInt16LE(6);
  const dark: number[] = [];
  // Uncompressed: each block is its length, a clear code, and a pixel a byte.
  for (let at = headLength; dark.length < side * side; at += gif[at]! + 1) {
    dark.push(...gif.subarray(at + 2, at + 1 + gif[at]!));
  }
  const light = (pixel: number) => (pixel === 1 ? 0 : 255);
  const pixels = Uint8ClampedArray.from(
    dark.slice(0, side * side).flatMap((pixel) => [light(pixel), light(pixel), light(pixel), 255]),
  );
  const read = jsQR(pixels, side, side);
  if (!read) throw new Error("no code in the picture");
  return read.data;
}

/** 从屏幕读码 · the text of a QR in a picture of the screen, as a camera would read it. */
export async function textOnScreen(png: Uint8Array): Promise<string> {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const read = jsQR(Uint8ClampedArray.from(data), info.width, info.height);
  if (!read) throw new Error("no code on the screen");
  return read.data;
}
