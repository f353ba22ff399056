import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { signature } from "../../functions/channel/wechat-sign.ts";
import { selfSigned } from "../../local/wechat/certificate.ts";
import { bothEnds, type Ends, failed, failure, paid, payable, withHeaders } from "./wechat-local.ts";

let ends: Ends;
let byCertificate: Ends;
beforeAll(async () => {
  ends = await bothEnds({ mode: "public-key" });
  byCertificate = await bothEnds({ mode: "certificates" });
});
afterAll(() => {
  ends.stop();
  byCertificate.stop();
});
beforeEach(() => {
  byCertificate.underway = (reply) => reply;
  byCertificate.asked.length = 0;
});

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

describe("platform certificates", () => {
  const downloads = () => byCertificate.asked.filter((path) => path === "v3/certificates").length;
  test("are downloaded once for many calls, and again before twelve hours have passed", async () => {
    const fresh = byCertificate.clientOf(byCertificate.merchant);
    await Promise.all(Array.from({ length: 5 }, () => fresh.tradeOf("20251120ANYORDER00000000")));
    await fresh.tradeOf("20251120ANYORDER00000000");
    expect(downloads()).toBe(1);
    byCertificate.turn(12 * 60);
    byCertificate.turnChannel(12 * 60);
    await fresh.tradeOf("20251120ANYORDER00000000");
    expect(downloads()).toBe(2);
    byCertificate.turn(-12 * 60);
    byCertificate.turnChannel(-12 * 60);
  });
  test("an unknown serial triggers one refresh, and no more than one a minute", async () => {
    const message = await paid(byCertificate);
    await byCertificate.client.read(message);
    byCertificate.turn(2);
    byCertificate.asked.length = 0;
    const headers = { ...message.headers, "wechatpay-serial": "5".repeat(40) };
    for (let i = 0; i < 3; i++)
      expect(await failure(byCertificate.client.read({ ...message, headers }))).toBe("unverified");
    expect(downloads()).toBe(1);
    expect(await failure(byCertificate.client.read(message))).toBe("");
    byCertificate.turn(-2);
  });
  test("rotate with an overlap: the old one holds beside the new one for its last day, and no longer", async () => {
    const at = await bothEnds({ mode: "certificates" });
    const before = await paid(at);
    await at.client.read(before);
    at.turn(2);
    at.turnChannel(2);
    at.channel.rotate();
    const after = await paid(at);
    expect(after.headers["wechatpay-serial"]).not.toBe(before.headers["wechatpay-serial"]);
    expect(await failure(at.client.read(after))).toBe("");
    expect(await failure(at.client.read(before))).toBe("");
    // The list is fetched a minute before the old certificate's time is over, and holds it still.
    const minutes = 24 * 60 - 1;
    at.turn(minutes);
    at.turnChannel(minutes);
    await at.client.read(await paid(at, { ...payable(), expiresBy: Date.parse("2025-11-22T00:00:00Z") }));
    at.turn(2);
    at.turnChannel(2);
    at.asked.length = 0;
    const [old] = at.channel.keys.kept.certificates;
    const timestamp = String(Math.floor((Date.parse("2025-11-20T02:00:00Z") + (24 * 60 + 3) * 60_000) / 1000));
    const signedBy = (key: string, serial: string) => ({
      body: after.body,
      headers: {
        "wechatpay-serial": serial,
        "wechatpay-timestamp": timestamp,
        "wechatpay-nonce": "n",
        "wechatpay-signature": signature(createPrivateKey(key), timestamp, "n", after.body),
      },
    });
    at.underway = () => Response.json({ code: "SYSTEM_ERROR" }, { status: 500 });
    expect(await failure(at.client.read(signedBy(old!.key, old!.serial)))).toBe("refused");
    at.underway = (reply) => reply;
    expect(await failure(at.client.read(signedBy(old!.key, old!.serial)))).toBe("unverified");
    const newest = at.channel.keys.kept.certificates.at(-1)!;
    expect(await failure(at.client.read(signedBy(newest.key, newest.serial)))).toBe("");
    at.stop();
  });
  test("a list sealed by somebody else, or signed by a key that is not on it, is no list", async () => {
    const other = { ...byCertificate.merchant, apiV3Key: randomBytes(16).toString("hex") };
    const message = await paid(byCertificate);
    expect(await failure(byCertificate.clientOf(other).read(message))).toBe("undecipherable");
    byCertificate.underway = (reply) => withHeaders(reply, { "wechatpay-serial": "5".repeat(40) });
    expect(await failure(byCertificate.clientOf(byCertificate.merchant).read(message))).toBe("unverified");
    byCertificate.underway = (reply) => withHeaders(reply, { "wechatpay-signature": signature(stranger, "x") });
    expect(await failure(byCertificate.clientOf(byCertificate.merchant).read(message))).toBe("unverified");
  });
  test("where the list cannot be had, a certificate that still holds is enough, and an unknown one may be tried again", async () => {
    const message = await paid(byCertificate);
    const fresh = byCertificate.clientOf(byCertificate.merchant);
    await fresh.read(message);
    byCertificate.underway = () => Response.json({ code: "SYSTEM_ERROR" }, { status: 500 });
    byCertificate.turn(12 * 60);
    const timestamp = String(Number(message.headers["wechatpay-timestamp"]) + 12 * 3600);
    const { serial, key } = byCertificate.channel.keys.kept.certificates.at(-1)!;
    const headers = (id: string) => ({
      "wechatpay-serial": id,
      "wechatpay-timestamp": timestamp,
      "wechatpay-nonce": "n",
      "wechatpay-signature": signature(createPrivateKey(key), timestamp, "n", message.body),
    });
    expect(await failure(fresh.read({ body: message.body, headers: headers(serial) }))).toBe("");
    expect(downloads()).toBe(2);
    byCertificate.turn(2);
    const error = await failed(fresh.read({ body: message.body, headers: headers("5".repeat(40)) }));
    expect(error).toMatchObject({ failure: "refused", code: "SYSTEM_ERROR", retryable: true });
    byCertificate.turn(-12 * 60 - 2);
  });
  test("while WeChat Pay moves from certificates to the public key, both are accepted, and only where that is configured", async () => {
    const byKey = ends.merchant.verifier;
    if (byKey.mode !== "public-key") throw new Error("not by public key");
    const message = await paid(byCertificate);
    const both = byCertificate.clientOf({ ...byCertificate.merchant, verifier: { ...byKey, alsoCertificates: true } });
    expect(await failure(both.read(message))).toBe("");
    expect(await failure(both.read(await paid(ends)))).toBe("");
    const one = byCertificate.clientOf({ ...byCertificate.merchant, verifier: byKey });
    expect(await failure(one.read(message))).toBe("unverified");
  });
  test("a certificate that node:crypto reads and believes, with the serial number as it is listed", () => {
    const { serial, key, pem } = byCertificate.channel.keys.kept.certificates[0]!;
    const certificate = new X509Certificate(pem);
    expect(certificate.serialNumber).toBe(serial);
    expect(certificate.verify(createPublicKey(key))).toBe(true);
    const day = new Date("2025-11-20T00:00:00Z");
    const high = new X509Certificate(selfSigned(stranger, "FF00", day, day));
    expect(high.serialNumber).toBe("FF00");
    expect(new Date(high.validFrom).getTime()).toBe(day.getTime());
  });
});
