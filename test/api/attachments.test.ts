import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keptFacts, s3 } from "../../functions/attachments/objects.ts";
import { attachmentOf } from "../../functions/attachments/store.ts";
import { accessesOf } from "../../functions/audit.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { made, opens } from "../world/opening.ts";
import { refusal, type World } from "../world/world.ts";
import {
  drawing,
  handIn,
  offerFor,
  type Place,
  packed,
  pagesKept,
  paper,
  phonePhoto,
  pixelBomb,
  postForm,
  received,
} from "./attachment-steps.ts";

opens();
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** The industry's harmless test file, in two parts so that no scanner takes this file for it. */
const testFile = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");

/** What becomes of a file that somebody hands in: the code of the refusal, or "". */
const fate = async (call: Call, file: Uint8Array) => refusal(received(call, await handIn(call, file)));
const look = (call: Call, attachmentNo: string, query: { tie?: string } = {}) =>
  call("attachments.look", { params: { attachmentNo }, query });

/** The smallest ZIP that holds one file. */
function zip(): Buffer {
  const data = deflateRawSync(Buffer.from("not a picture"));
  const head = Buffer.alloc(30 + 5);
  head.writeUInt32LE(0x04034b50, 0);
  head.writeUInt16LE(8, 8);
  head.writeUInt32LE(data.length, 18);
  head.writeUInt16LE(5, 26);
  head.write("a.txt", 30);
  return Buffer.concat([head, data]);
}

describe("what is refused", () => {
  test("attachments too large, of a false type, infected", async () => {
    const { call } = await made.proven();
    const large = offerFor(Buffer.alloc(1), { bytes: 10_000_001 });
    expect(await refusal(call("attachments.offer", { query: {}, body: large }))).toBe("attachment-too-large");
    // Who says that it is smaller than it is, is stopped at the door.
    const photo = await phonePhoto();
    const place = await call("attachments.offer", { query: {}, body: offerFor(photo.subarray(1)) });
    expect(await postForm(place, photo)).toMatchObject({
      status: 400,
      text: expect.stringContaining("EntityTooLarge"),
    });
    expect(await refusal(received(call, place.attachmentNo))).toBe("attachment-not-arrived");

    const page = Buffer.from("<!doctype html><html><script>alert(1)</script></html>");
    expect(await fate(call, page)).toBe("attachment-type");
    expect(await fate(call, zip())).toBe("attachment-type");
    const infected = await handIn(call, paper(1, `% ${testFile}\n`));
    expect(await refusal(received(call, infected))).toBe("attachment-infected");
    // It stays refused, and nothing is left of it.
    expect(await refusal(received(call, infected))).toBe("attachment-infected");
    expect(await refusal(look(call, infected))).toBe("attachment-not-received");
    expect(await keptFacts(infected)).toBeNull();
  });

  test("the refusal says what the bytes are, whatever the name says", async () => {
    const { call } = await made.proven();
    const heic = Buffer.concat([
      Buffer.from([0, 0, 0, 24]),
      Buffer.from("ftypheic\0\0\0\0heicmif1"),
      Buffer.alloc(100),
    ]);
    const said = async (file: Uint8Array) => {
      const attachmentNo = await handIn(call, file);
      return received(call, attachmentNo).catch((error: Error) => error.message);
    };
    expect(await said(heic)).toContain("兼容性最佳");
    expect(await said(zip())).toContain("这个文件其实是ZIP");
    expect(await said(Buffer.from("hello"))).toContain("看不出这是什么文件");
  });

  test("a bomb of pixels, however few its bytes, and a picture that is cut off", async () => {
    const { call } = await made.proven();
    const bomb = pixelBomb(50_000, 50_000);
    expect(bomb.length).toBeLessThan(2_000);
    expect(await fate(call, bomb)).toBe("attachment-too-large");
    const photo = await sharp({
      create: {
        width: 900,
        height: 900,
        channels: 3,
        background: "red",
        noise: { type: "gaussian", mean: 128, sigma: 30 },
      },
    })
      .jpeg()
      .toBuffer();
    expect(await fate(call, photo.subarray(0, photo.length / 2))).toBe("attachment-unreadable");
  });

  test("JavaScript in a PDF after `stream\\r`, wherever else, and all that a PDF could do: nothing of it is kept", async () => {
    const { call } = await made.proven();
    const script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";
    for (const more of [
      `5 0 obj\n${script}\nendobj\n`,
      "5 0 obj\n<< /S /#4aavaScript /JS (app.alert) >>\nendobj\n",
      "5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n",
      "5 0 obj\n<< /S /URI /URI (http://example.org/) >>\nendobj\n5 1 obj\n<< /S /SubmitForm >>\nendobj\n",
      "5 0 obj\n<< /XFA (x) >>\nendobj\n5 1 obj\n<< /EmbeddedFiles 5 0 R >>\nendobj\n",
      packed(script),
      packed(script).replace("stream\n", "stream\r"),
      packed(script).replace("stream\n", "stream \n"),
      packed("<< /S /Launch >>").replace("/FlateDecode", "[/FlateDecode /ASCIIHexDecode]"),
      zip().toString("latin1"),
    ]) {
      const attachmentNo = await handIn(call, paper(1, more));
      expect((await received(call, attachmentNo)).pages, more).toBe(1);
      const [kept] = await pagesKept(attachmentNo);
      expect(await sharp(kept).metadata()).toMatchObject({ format: "jpeg", width: 1_696, height: 2_400 });
      for (const word of ["%PDF", "JavaScript", "Launch", "http", "PK"]) expect(kept!.includes(word), word).toBe(false);
    }
  });

  test("a PDF that does not open, has no page, too many, one without end, or one that takes too long", async () => {
    const { call } = await made.proven();
    expect(await fate(call, Buffer.from("%PDF-1.7\nnothing of a paper\n%%EOF\n"))).toBe("attachment-unreadable");
    expect(await fate(call, paper(0))).toBe("attachment-unreadable");
    expect(await fate(call, paper(41))).toBe("attachment-too-large");
    const endless = Buffer.from(paper().toString("latin1").replace("595 842", "5 14000"), "latin1");
    expect(await fate(call, endless)).toBe("attachment-too-large");
    vi.stubEnv("PATIENCE_MS", "1");
    expect(await fate(call, paper())).toBe("attachment-unreadable");
  });

  test("a PDF with Chinese letters of a font that it does not bring: they would be missing without a word", async () => {
    const { call } = await made.proven();
    const said = async (words: string) => {
      const attachmentNo = await handIn(call, drawing(words));
      return received(call, attachmentNo).then(
        ({ pages }) => pages,
        (error: Error) => error.message,
      );
    };
    expect(await said("BT /F 40 Tf 50 700 Td <4E00> Tj ET")).toContain("截屏或拍照");
    expect(await said("BT /H 40 Tf 50 700 Td (12.50) Tj ET")).toBe(1);
  });

  test("the same request twice is one place; with another body it is refused", async () => {
    const { call } = await made.proven();
    const body = offerFor(paper());
    const offer = () => call("attachments.offer", { query: {}, body });
    const places = [...(await Promise.all([offer(), offer(), offer()])), await offer()];
    expect(new Set(places.map(({ attachmentNo }) => attachmentNo)).size).toBe(1);
    const other = { ...body, bytes: body.bytes + 1 };
    expect(await refusal(call("attachments.offer", { query: {}, body: other }))).toBe("request-reused");
  });

  test("so many open places and no more; a file that is received makes room", async () => {
    const { call } = await made.proven();
    const offer = () => call("attachments.offer", { query: {}, body: offerFor(paper()) });
    const places: Place[] = [];
    for (let i = 0; i < 20; i++) places.push(await offer());
    expect(await refusal(offer())).toBe("paused");
    await postForm(places[0]!, paper());
    // However often it is said, at once or again, it makes room for one.
    await Promise.all([1, 2, 3].map(() => received(call, places[0]!.attachmentNo)));
    await received(call, places[0]!.attachmentNo);
    await offer();
    expect(await refusal(offer())).toBe("paused");
  });
});

describe("what is kept", () => {
  test("of a photo: the picture, upright, and nothing of where, when and with what it was taken", async () => {
    const { call } = await made.proven();
    const photo = await phonePhoto();
    expect((await sharp(photo).metadata()).exif?.includes("SECRETPHONE")).toBe(true);
    const attachmentNo = await handIn(call, photo);
    expect(await received(call, attachmentNo)).toMatchObject({ state: "received", pages: 1 });
    const { urls } = await look(call, attachmentNo);
    const shown = await fetch(urls[0]!);
    expect(shown.headers.get("content-type")).toBe("image/jpeg");
    const kept = Buffer.from(await shown.arrayBuffer());
    const { width, height, exif, icc, iptc, xmp, orientation } = await sharp(kept).metadata();
    expect([width, height]).toEqual([200, 300]);
    expect([exif, icc, iptc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(kept.includes("SECRETPHONE") || kept.includes("Exif")).toBe(false);
    const colour = async (top: number) => {
      const { data } = await sharp(kept)
        .extract({ left: 100, top, width: 1, height: 1 })
        .raw()
        .toBuffer({ resolveWithObject: true });
      return data[0]! > 200 && data[2]! < 60 ? "red" : data[2]! > 200 && data[0]! < 60 ? "blue" : "neither";
    };
    expect([await colour(20), await colour(280)]).toEqual(["red", "blue"]);
  });

  test("of a large picture: one on which the long side has 2,400 dots; of a PNG and a WebP a JPEG", async () => {
    const { call } = await made.proven();
    const plain = (width: number, height: number) =>
      sharp({ create: { width, height, channels: 4, background: "#0000" } });
    const large = await handIn(call, await plain(5_000, 4_000).png().toBuffer());
    expect((await received(call, large)).pages).toBe(1);
    expect(await sharp((await pagesKept(large))[0]).metadata()).toMatchObject({
      format: "jpeg",
      width: 2_400,
      height: 1_920,
    });
    const small = await handIn(call, await plain(10, 10).webp().toBuffer());
    expect((await received(call, small)).pages).toBe(1);
    expect(await sharp((await pagesKept(small))[0]).metadata()).toMatchObject({ format: "jpeg", width: 10 });
  });

  test("a screenshot twenty thousand high is kept as wide as it is, in pages that share their ends", async () => {
    const { call } = await made.proven();
    // A line of another colour at every hundred dots tells where one is.
    const [width, height] = [1_080, 20_000];
    const raw = Buffer.alloc(width * height * 3, 255);
    for (let y = 0; y < height; y++) raw.fill(Math.floor(y / 100), y * width * 3, (y + 1) * width * 3);
    const shot = await sharp(raw, { raw: { width, height, channels: 3 } })
      .png()
      .toBuffer();
    const attachmentNo = await handIn(call, shot);
    expect((await received(call, attachmentNo)).pages).toBe(9);
    const pages = await Promise.all(
      (await pagesKept(attachmentNo)).map((page) => sharp(page).raw().toBuffer({ resolveWithObject: true })),
    );
    expect(new Set(pages.map(({ info }) => `${info.width} x ${info.height}`))).toEqual(new Set(["1080 x 2329"]));
    // 9 pages of 2,329, each 2,209 further down: 8 x 2,209 + 2,329 = 20,001, so that the last begins one earlier.
    for (const [i, { data, info }] of pages.entries())
      for (const at of [10, 1_200, 2_300]) {
        const shade = data[at * info.width * 3]!;
        expect(Math.abs(shade - Math.floor((Math.min(i * 2_209, 17_671) + at) / 100))).toBeLessThanOrEqual(1);
      }
    const wide = await handIn(call, await sharp(shot).rotate(90).png().toBuffer());
    expect((await received(call, wide)).pages).toBe(9);
  });

  test("of a picture that is a PDF as well: the picture alone", async () => {
    const { call } = await made.proven();
    const attachmentNo = await handIn(call, Buffer.concat([await phonePhoto(), paper(1, "% also a paper\n")]));
    expect((await received(call, attachmentNo)).pages).toBe(1);
    expect((await pagesKept(attachmentNo))[0]!.includes("%PDF")).toBe(false);
  });

  test("of a PDF: a picture of each page", async () => {
    const { call } = await made.proven();
    const attachmentNo = await handIn(call, paper(3));
    expect((await received(call, attachmentNo)).pages).toBe(3);
    const red = await handIn(call, drawing(""));
    await received(call, red);
    const { data } = await sharp((await pagesKept(red))[0])
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect([...data.subarray(0, 3)].map((one) => Math.round(one / 85))).toEqual([3, 0, 0]);
    expect([...data.subarray(-3)]).toEqual([255, 255, 255]);
  });
});

describe("whose it is", () => {
  test("another person's attachment does not exist: not to receive, not to look at, not through a tie of others", async () => {
    const [one, two, three] = [await made.proven(), await made.proven(), await made.proven()];
    const attachmentNo = await handIn(one.call, paper());
    const { tieNo: tie } = await tied(three, one);
    for (const query of [{}, { tie }])
      for (const call of ["attachments.receive", "attachments.look"] as const)
        expect(await refusal(two.call(call, { params: { attachmentNo }, query })), call).toBe("not-found");
    expect(await refusal(two.call("attachments.offer", { query: { tie }, body: offerFor(paper()) }))).toBe("not-found");
    expect((await attachmentOf(attachmentNo)).state).toBe("offered");
    expect(await refusal(received(three.call, attachmentNo))).toBe("not-found");
  });

  test("a guardian hands in for his dependant while the tie holds; that he looked is recorded", async () => {
    const [guardian, mother] = [await made.proven(), await made.proven({ bornOn: day("1950-01-01") })];
    const { tieNo: tie } = await tied(guardian, mother);
    const attachmentNo = await handIn(guardian.call, paper(), tie);
    expect((await attachmentOf(attachmentNo)).personNo).toBe(mother.person.personNo);
    await received(guardian.call, attachmentNo, { tie });
    await look(guardian.call, attachmentNo, { tie });
    await look(mother.call, attachmentNo);
    const { accesses } = await accessesOf({ personNo: mother.person.personNo }, undefined, 10);
    expect(accesses).toMatchObject([{ call: "attachments.look", guardianNo: guardian.person.personNo }]);
    await guardian.call("family.end", { params: { tieNo: tie } });
    expect(await refusal(look(guardian.call, attachmentNo, { tie }))).toBe("member-not-agreed");
  });

  test("an officer hands in and looks in his area alone; that he looked is recorded", async () => {
    const { person, call } = await made.proven();
    const [own, other, without] = [
      await made.officer("files-own", "370611", ["filings"]),
      await made.officer("files-other", "370602", ["filings"]),
      await made.officer("files-without", "370611", ["refunds"]),
    ];
    const { personNo } = person;
    const body = { ...offerFor(paper()), personNo };
    expect(await refusal(other("attachments-agency.offer", { body }))).toBe("person-not-found");
    expect(await refusal(without("attachments-agency.offer", { body }))).toBe("role-missing");
    const place = await own("attachments-agency.offer", { body });
    await postForm(place, paper());
    const of = { params: { attachmentNo: place.attachmentNo } };
    expect(await refusal(other("attachments-agency.receive", of))).toBe("not-found");
    expect(await own("attachments-agency.receive", of)).toMatchObject({ state: "received" });
    expect(await refusal(other("attachments-agency.look", of))).toBe("not-found");
    const { urls } = await own("attachments-agency.look", of);
    expect((await fetch(urls[0]!)).headers.get("content-type")).toBe("image/jpeg");
    const { accesses } = await accessesOf({ personNo }, undefined, 10);
    expect(accesses.map(({ call: of, officerNo }) => [of, officerNo])).toEqual(
      ["look", "receive", "offer"].map((what) => [`attachments-agency.${what}`, "files-own"]),
    );
    // It is about the dependant, who sees it too.
    await look(call, place.attachmentNo);
  });
});

describe("a scanner that tags objects", () => {
  test("is waited for, obeyed, and heard once; what it could not do is a fault and no answer", async () => {
    vi.stubEnv("ATTACHMENT_SCANNER", "object-tag");
    const { PutObjectTaggingCommand } = await import("@aws-sdk/client-s3");
    const { call } = await made.proven();
    const tagged = async (Value: string) => {
      const attachmentNo = await handIn(call, paper());
      expect(await received(call, attachmentNo)).toEqual({ attachmentNo, state: "scanning", pages: null });
      expect(await refusal(look(call, attachmentNo))).toBe("attachment-not-received");
      // Nothing of ours has read it yet.
      expect(await keptFacts(attachmentNo)).toBeNull();
      const Tagging = { TagSet: [{ Key: "GuardDutyMalwareScanStatus", Value }] };
      const Key = `incoming/${attachmentNo}`;
      await s3().send(new PutObjectTaggingCommand({ Bucket: process.env.ATTACHMENTS_BUCKET, Key, Tagging }));
      return attachmentNo;
    };
    expect(await received(call, await tagged("NO_THREATS_FOUND"))).toMatchObject({ state: "received" });
    expect(await refusal(received(call, await tagged("THREATS_FOUND")))).toBe("attachment-infected");
    expect(await refusal(received(call, await tagged("UNSUPPORTED")))).toBe("attachment-unreadable");
    const failed = await tagged("ACCESS_DENIED");
    expect(await refusal(received(call, failed))).toBe("fault");
    expect((await attachmentOf(failed)).state).toBe("offered");
  });
});

type Somebody = Awaited<ReturnType<World["proven"]>>;
let ties = 0;
/** A guardian with an agreed tie to somebody. */
async function tied(guardian: Somebody, dependant: Somebody): Promise<{ tieNo: string }> {
  const { name, identityNumber } = dependant.person;
  const { tieNo } = await guardian.call("family.ask", {
    body: {
      requestNo: `attachments-${++ties}`,
      name,
      identityNumber,
      relationship: "parent",
      proof: null,
      commitment: false,
    },
  });
  await dependant.call("family.answer", { params: { tieNo }, body: { agree: true } });
  return { tieNo };
}
