import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keptBytes, removeArrived, s3 } from "../../functions/attachments/objects.ts";
import { attachmentOf } from "../../functions/attachments/store.ts";
import { accessesOf } from "../../functions/audit.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { made, opens } from "../world/opening.ts";
import { refusal, type World } from "../world/world.ts";
import {
  handIn,
  offerFor,
  type Place,
  packed,
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
    await expect(keptBytes(infected)).rejects.toMatchObject({ name: "NoSuchKey" });
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

  test("a PDF with a password, with a script, spelt openly, in hex or packed; one that another file follows", async () => {
    const { call } = await made.proven();
    for (const more of [
      "5 0 obj\n<< /Filter /Standard >>\nendobj\n% /Encrypt 5 0 R\n",
      "5 0 obj\n<< /S /JavaScript /JS (app.alert) >>\nendobj\n",
      "5 0 obj\n<< /S /#4aavaScript /JS (app.alert) >>\nendobj\n",
      "5 0 obj\n<< /S /Launch /F (cmd.exe) >>\nendobj\n",
      packed("<< /S /JavaScript /JS (app.alert) >>"),
      packed("<< /S /Launch >>").replace("/FlateDecode", "/LZWDecode"),
      packed("<< /S /Launch >>").replace("/FlateDecode", "[/FlateDecode /ASCIIHexDecode]"),
      packed("<< /S /Launch >>").replace("/FlateDecode", "/FlateDecode /DecodeParms << /Predictor 12 >>"),
    ])
      expect(await fate(call, paper(1, more)), more).toBe("attachment-unreadable");
    expect(await fate(call, Buffer.concat([paper(), zip()]))).toBe("attachment-unreadable");
    const more = await handIn(call, paper(3, packed("<< /Type /Page >>")));
    expect((await received(call, more)).pages).toBe(4);
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
    expect(await received(call, attachmentNo)).toMatchObject({ state: "received", type: "image/jpeg", pages: null });
    const { url } = await look(call, attachmentNo);
    const shown = await fetch(url);
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
    const large = await sharp({ create: { width: 5_000, height: 1_000, channels: 4, background: "#0000" } })
      .png()
      .toBuffer();
    const attachmentNo = await handIn(call, large);
    expect((await received(call, attachmentNo)).type).toBe("image/jpeg");
    expect(await sharp(await keptBytes(attachmentNo)).metadata()).toMatchObject({
      format: "jpeg",
      width: 2_400,
      height: 480,
    });
    const tall = await sharp({ create: { width: 100, height: 4_800, channels: 3, background: "red" } })
      .png()
      .toBuffer();
    const standing = await handIn(call, tall);
    await received(call, standing);
    expect(await sharp(await keptBytes(standing)).metadata()).toMatchObject({ width: 50, height: 2_400 });
    const webp = await sharp({ create: { width: 10, height: 10, channels: 3, background: "red" } })
      .webp()
      .toBuffer();
    expect((await received(call, await handIn(call, webp))).type).toBe("image/jpeg");
  });

  test("of a picture that is a PDF as well: the picture alone", async () => {
    const { call } = await made.proven();
    const attachmentNo = await handIn(call, Buffer.concat([await phonePhoto(), paper(1, testFile)]));
    expect((await received(call, attachmentNo)).type).toBe("image/jpeg");
    const kept = await keptBytes(attachmentNo);
    expect([kept.includes("%PDF"), kept.includes("EICAR")]).toEqual([false, false]);
  });

  test("of a PDF: every byte, with its pages counted", async () => {
    const { call } = await made.proven();
    const attachmentNo = await handIn(call, paper(3));
    expect(await received(call, attachmentNo)).toMatchObject({
      type: "application/pdf",
      pages: 3,
      bytes: paper(3).length,
    });
    expect(await keptBytes(attachmentNo)).toEqual(paper(3));
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
    const { url } = await own("attachments-agency.look", of);
    expect(Buffer.from(await (await fetch(url)).arrayBuffer())).toEqual(paper());
    const { accesses } = await accessesOf({ personNo }, undefined, 10);
    expect(accesses).toMatchObject([{ call: "attachments-agency.look", officerNo: "files-own" }]);
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
      expect(await received(call, attachmentNo)).toMatchObject({ state: "scanning", type: "application/pdf" });
      expect(await refusal(look(call, attachmentNo))).toBe("attachment-not-received");
      // What came in may be gone before the scanner comes: it looks at what is kept.
      await removeArrived(attachmentNo);
      const Tagging = { TagSet: [{ Key: "GuardDutyMalwareScanStatus", Value }] };
      const Key = `kept/${attachmentNo}`;
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
