import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Aes, Formatter, Rsa, Wechatpay } from "wechatpay-axios-plugin";
import { authorization, isSigned, seal, signature, unseal } from "../../functions/channel/wechat-sign.ts";
import { bothEnds, type Ends, payable } from "./wechat-local.ts";

let ends: Ends;
beforeAll(async () => {
  ends = await bothEnds();
});
afterAll(() => ends.stop());

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

describe("wechatpay-axios-plugin agrees", () => {
  const body = JSON.stringify({ amount: { total: 1 }, description: "参保缴费 · 一" });
  test("on the request's signature and header, both ways", () => {
    const { mchid, serial } = ends.merchant;
    const at = new Date("2025-11-20T02:00:00Z");
    const request = { method: "POST", target: "/v3/pay/transactions/jsapi?a=b", body, at, nonce: "n".repeat(32) };
    const ours = authorization(ends.merchant, stranger, request);
    const timestamp = at.getTime() / 1000;
    const message = Formatter.request("POST", request.target, timestamp, request.nonce, body);
    const theirs = Rsa.sign(message, stranger);
    const fields = (header: string) =>
      Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map((m) => [m[1], m[2]]));
    const header = Formatter.authorization(mchid, request.nonce, theirs, timestamp, serial);
    expect(fields(ours)).toEqual(fields(header));
    expect(ours.split(" ")[0]).toBe(header.split(" ")[0]);
    expect(
      Rsa.verify(
        message,
        signature(stranger, "POST", request.target, timestamp, request.nonce, body),
        createPublicKey(stranger),
      ),
    ).toBe(true);
  });
  test("on a reply's verification, also where its body is empty", () => {
    for (const content of [body, ""]) {
      const theirs = Rsa.sign(Formatter.response(1763604000, "nonce", content), stranger);
      expect(isSigned(createPublicKey(stranger), theirs, 1763604000, "nonce", content)).toBe(true);
      expect(isSigned(createPublicKey(stranger), theirs, 1763604001, "nonce", content)).toBe(false);
    }
  });
  test("on AEAD_AES_256_GCM, both ways", () => {
    const { apiV3Key } = ends.merchant;
    const ours = seal(apiV3Key, body, "transaction");
    expect(Aes.AesGcm.decrypt(ours.ciphertext, apiV3Key, ours.nonce, "transaction")).toBe(body);
    const ciphertext = Aes.AesGcm.encrypt(body, apiV3Key, "61f9c719728a", "certificate");
    const sealed = { algorithm: "AEAD_AES_256_GCM", nonce: "61f9c719728a", associated_data: "certificate" } as const;
    expect(unseal(apiV3Key, { ...sealed, ciphertext })).toBe(body);
    expect(() => unseal(apiV3Key, { ...sealed, associated_data: "another", ciphertext })).toThrow();
    expect(() => unseal(apiV3Key, { ...sealed, ciphertext: ciphertext.slice(4) })).toThrow();
    expect(() => unseal(apiV3Key, { ...sealed, ciphertext: "AAAA" })).toThrow();
  });
  test("with our channel: its own client opens, queries and closes an order, and verifies every reply", async () => {
    const now = await bothEnds({ now: () => new Date(), mode: "certificates" });
    const { mchid, serial, privateKeyPem, appid, baseUrl, notifyUrl } = now.merchant;
    const { serial: platform, pem } = now.channel.keys.kept.certificates[0]!;
    const certs = { [platform]: pem };
    const theirs = new Wechatpay({ mchid, serial, privateKey: privateKeyPem, certs, baseURL: baseUrl });
    const orderNo = payable().orderNo;
    const opened = await theirs.chain("v3/pay/transactions/native").post({
      mchid,
      appid,
      description: "参保缴费",
      out_trade_no: orderNo,
      notify_url: notifyUrl,
      amount: { total: 40_000, currency: "CNY" },
    });
    expect(opened.data).toEqual({ code_url: expect.stringContaining("cashier/pay?t=") });
    const path = `v3/pay/transactions/out-trade-no/${orderNo}`;
    expect((await theirs.chain(path).get({ params: { mchid } })).data).toMatchObject({ trade_state: "NOTPAY" });
    expect((await theirs.chain(`${path}/close`).post({ mchid })).status).toBe(204);
    now.stop();
  });
});
