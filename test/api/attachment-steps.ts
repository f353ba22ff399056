import { randomUUID } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { addressesOf, keptFacts } from "../../functions/attachments/objects.ts";
import type { Call } from "../../shared/api/client.ts";
import type { Answered, Asked } from "../../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../../shared/api/endpoints.ts";
import type { World } from "../world/world.ts";
import { tieTo } from "./family-steps.ts";

/** A place for a file, as a client is told it. */
export type Place = Answered<Endpoints["attachments.offer"]>;
type Offer = Asked<Endpoints["attachments.offer"]>["body"];

/** A picture as a phone lies on its side: red on the left and blue on the right, to be shown turned, with where it was taken. */
export const phonePhoto = (): Promise<Buffer> =>
  sharp({ create: { width: 300, height: 200, channels: 3, background: "red" } })
    .composite([
      {
        input: { create: { width: 150, height: 200, channels: 3, background: "blue" } },
        left: 150,
        top: 0,
      },
    ])
    .withMetadata({ orientation: 6 })
    .withExifMerge({
      IFD0: { Make: "SECRETPHONE" },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 30/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "121/1 15/1 0/1" },
    })
    .jpeg()
    .toBuffer();

/** A PDF of so many pages, with whatever more it is to say. */
export function paper(pages = 1, more = ""): Buffer {
  const page = "<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] >>";
  const objects = Array.from({ length: pages }, (_, i) => `${i + 3} 0 obj\n${page}\nendobj\n`);
  const kids = objects.map((_, i) => `${i + 3} 0 R`).join(" ");
  return Buffer.from(
    `%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [${kids}] /Count ${pages} >>\nendobj\n` +
      `2 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n${objects.join("")}${more}` +
      `trailer\n<< /Root 2 0 R >>\nstartxref\n0\n%%EOF\n`,
    "latin1",
  );
}

/** A page that a PDF draws: red where it says so, and a word in a font that it does not bring. */
export function drawing(words: string): Buffer {
  const content = `1 0 0 rg 0 421 595 421 re f\n${words}`;
  return Buffer.from(
    "%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n2 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\n" +
      "3 0 obj\n<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R /H 7 0 R >> >> >>\nendobj\n" +
      `4 0 obj\n<< /Length ${content.length} >>\nstream\n${content}\nendstream\nendobj\n` +
      "5 0 obj\n<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>\nendobj\n" +
      "6 0 obj\n<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>\nendobj\n" +
      "7 0 obj\n<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>\nendobj\n" +
      "trailer\n<< /Root 2 0 R >>\nstartxref\n0\n%%EOF\n",
    "latin1",
  );
}

/** Objects of a PDF packed together, so that their words cannot be read without unpacking. */
export function packed(words: string): string {
  const bytes = deflateSync(Buffer.from(`9 0 ${words}`, "latin1")).toString("latin1");
  const head = `<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length ${bytes.length} >>`;
  return `8 0 obj\n${head}\nstream\n${bytes}\nendstream\nendobj\n`;
}

/** A picture that says that it is so large, in a few bytes. */
export function pixelBomb(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([1, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const pixels = deflateSync(Buffer.alloc(1_000_000));
  return Buffer.concat([signature, chunk("IHDR", size), chunk("IDAT", pixels), chunk("IEND", Buffer.alloc(0))]);
}

/** Sends a form as a browser does; what S3 answers. */
export async function postForm(
  { url, fields }: Pick<Place, "url" | "fields">,
  file: Uint8Array,
  name = "paper.jpg",
): Promise<{ status: number; text: string }> {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.set(field, value);
  form.set("file", new Blob([new Uint8Array(file)]), name);
  const reply = await fetch(url, { method: "POST", body: form });
  return { status: reply.status, text: await reply.text() };
}

/** What a client asks a place with for these bytes. */
export const offerFor = (file: Uint8Array, more: Partial<Offer> = {}): Offer => ({
  requestNo: randomUUID(),
  purpose: "filing-paper",
  bytes: file.length,
  type: "image/jpeg",
  ...more,
});

/** Uploads a file as a resident's phone does; its number, not yet received. */
export async function handIn(call: Call, file: Uint8Array, tie?: string): Promise<string> {
  const place = await call("attachments.offer", { query: tie ? { tie } : {}, body: offerFor(file) });
  const { status, text } = await postForm(place, file);
  if (status !== 204) throw new Error(`upload: ${status} ${text}`);
  return place.attachmentNo;
}

/** The pictures that are kept of a file, as they are shown. */
export async function pagesKept(attachmentNo: string): Promise<Buffer[]> {
  const { pages = [] } = (await keptFacts(attachmentNo)) ?? {};
  const { urls } = await addressesOf(attachmentNo, pages.length);
  return Promise.all(urls.map(async (url) => Buffer.from(await (await fetch(url)).arrayBuffer())));
}

/** Says that a file has arrived. */
export const received = (call: Call, attachmentNo: string, query: { tie?: string } = {}) =>
  call("attachments.receive", { params: { attachmentNo }, query });

/** Every call of attachments, each under its name. */
export async function attach(
  made: World,
  as: <T>(name: EndpointName, work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const { call } = await made.proven();
  const person = await made.enlist({ telephone: "13900006666" });
  const query = { tie: await tieTo(made, person, call) };
  const file = paper();
  const place = await as("attachments.offer", () => call("attachments.offer", { query, body: offerFor(file) }));
  await postForm(place, file);
  const of = { params: { attachmentNo: place.attachmentNo }, query };
  await as("attachments.receive", () => call("attachments.receive", of));
  await as("attachments.look", () => call("attachments.look", of));
  const officer = await made.officer("attachments", "370611", ["filings"]);
  const body = { ...offerFor(file), personNo: person.personNo };
  const other = await as("attachments-agency.offer", () => officer("attachments-agency.offer", { body }));
  await postForm(other, file);
  const its = { params: { attachmentNo: other.attachmentNo } };
  await as("attachments-agency.receive", () => officer("attachments-agency.receive", its));
  await as("attachments-agency.look", () => officer("attachments-agency.look", its));
}
