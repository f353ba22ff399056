import encodeQR from "qr";

/** Letters of base64; a mini-program has no `btoa`. */
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

function base64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const four = [a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63].map((n) => letters[n]!);
    parts.push(four.join(""));
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return parts.join("").slice(0, missing === 0 ? undefined : -missing) + "=".repeat(missing);
}

/** 二维码 · a picture that both platforms draw pixel by pixel: level M, alphanumeric, with the quiet zone of four modules. */
export function qrPicture(text: string): string {
  const gif = encodeQR(text, "gif", { ecc: "medium", encoding: "alphanumeric", border: 4, scale: 4 });
  return `data:image/gif;base64,${base64(gif)}`;
}

/** 付款码 · any text as a drawing for a browser, as sharp as its screen, with the quiet zone. */
export function qrDrawing(text: string): string {
  const drawn = encodeQR(text, "svg", { ecc: "medium", border: 4 });
  // No seams between the modules, also where they are no whole number of pixels.
  return `data:image/svg+xml,${encodeURIComponent(drawn.replace("<svg ", '<svg shape-rendering="crispEdges" '))}`;
}
