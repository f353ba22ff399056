import { createPublicKey, generateKeyPairSync, randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  isSigned,
  Merchant,
  seal,
  signature,
  unseal,
  type WeChatPayError,
} from "../../functions/channel/wechat-sign.ts";
import type { SignedMessage } from "../../functions/signed.ts";
import { yuan } from "../../shared/money.ts";
import { bothEnds, type Ends, failed, failure, paid, payable, until, withHeaders } from "./wechat-local.ts";

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
  for (const one of [ends, byCertificate]) {
    one.underway = (reply) => reply;
    one.told.length = 0;
    one.asked.length = 0;
  }
});

const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;

/** The content of a notification, changed, sealed and signed anew by whom a test likes. */
function remade(
  message: SignedMessage,
  { change, sealKey, signKey }: { change?: object; sealKey?: string; signKey?: typeof stranger | null },
): SignedMessage {
  const { kept, publicKey } = ends.channel.keys;
  const envelope = JSON.parse(Buffer.from(message.body).toString("utf8"));
  const content = { ...JSON.parse(unseal(kept.apiV3Key, envelope.resource)), ...change };
  const resource = {
    ...envelope.resource,
    ...seal(sealKey ?? kept.apiV3Key, JSON.stringify(content), "transaction"),
  };
  const body = Buffer.from(JSON.stringify({ ...envelope, resource }));
  if (signKey === null) return { headers: message.headers, body };
  const timestamp = message.headers["wechatpay-timestamp"]!;
  const nonce = message.headers["wechatpay-nonce"]!;
  const given = signature(signKey ?? publicKey.key, timestamp, nonce, body);
  return { headers: { ...message.headers, "wechatpay-signature": given }, body };
}

describe.each(["public-key", "certificates"] as const)("a round trip, replies verified by %s", (mode) => {
  const at = () => (mode === "public-key" ? ends : byCertificate);
  test("an order by the mini-program, paid with the parameters that wx.requestPayment gets", async () => {
    const order = payable();
    const parameters = await at().client.openInMiniProgram(order, "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o");
    expect(parameters.signType).toBe("RSA");
    const { timeStamp, nonceStr, paySign } = parameters;
    const key = createPublicKey(at().merchant.privateKeyPem);
    expect(isSigned(key, paySign, at().merchant.appid, timeStamp, nonceStr, parameters.package)).toBe(true);
    const wx = async (asked: object) => {
      const path = `${at().origin}/stand-ins/wechat-pay/client/request-payment`;
      return (await fetch(path, { method: "POST", body: JSON.stringify(asked) })).json();
    };
    expect((await wx({ ...parameters, nonceStr: "another" })).errMsg).toContain("fail");
    expect(await wx(parameters)).toEqual({ errMsg: "requestPayment:ok" });
    expect(await at().client.tradeOf(order.orderNo)).toMatchObject({ state: "paid", amount: order.total });
  });
  test("an order by code and one by a phone's browser lead to the cashier", async () => {
    const order = payable();
    const code = await at().client.openAsCode(order);
    expect((await fetch(code)).status).toBe(200);
    const page = await at().client.openInBrowser(payable(), "203.0.113.9", "https://example.cn/m/#/result?a=1&b=2");
    expect(new URL(page).searchParams.get("redirect_url")).toBe("https://example.cn/m/#/result?a=1&b=2");
    expect((await fetch(page)).status).toBe(200);
    expect(await at().client.tradeOf(order.orderNo)).toEqual({ orderNo: order.orderNo, state: "unpaid" });
  });
  test("a payment is told, read, and found under both numbers", async () => {
    const order = payable();
    const message = await paid(at(), order);
    const news = await at().client.read(message);
    expect(news).toMatchObject({
      kind: "payment",
      trade: { orderNo: order.orderNo, state: "paid", amount: order.total, paidAt: Date.parse("2025-11-20T02:00:00Z") },
    });
    if (news.kind !== "payment") throw new Error("not a payment");
    expect(await at().client.tradeOf(order.orderNo)).toEqual(news.trade);
    expect(await at().client.tradeByNumber(news.trade.transactionNo)).toEqual(news.trade);
  });
  test("an order is closed once and for all; closing it again, or one that never arrived, is the same", async () => {
    const order = payable();
    await at().client.openAsCode(order);
    await at().client.close(order.orderNo);
    await at().client.close(order.orderNo);
    await at().client.close("20251120NEVERARRIVED0000");
    expect(await at().client.tradeOf(order.orderNo)).toEqual({ orderNo: order.orderNo, state: "closed" });
    expect(await at().channel.pay(order.orderNo)).toBe(false);
  });
  test("a paid order is not closed", async () => {
    const order = payable();
    await paid(at(), order);
    const error = await failed(at().client.close(order.orderNo));
    expect(error).toMatchObject({ failure: "refused", code: "ORDERPAID", retryable: false, verified: true });
  });
  test("a refund is asked for, told and found; asked for again it is the same refund", async () => {
    const order = payable();
    await paid(at(), order);
    const request = {
      refundNo: `R${order.orderNo}`,
      orderNo: order.orderNo,
      amount: yuan("150.00"),
      paid: order.total,
    };
    const asked = await at().client.refund(request);
    expect(asked).toMatchObject({ state: "processing", amount: request.amount, paid: order.total, succeededAt: null });
    await until(() => at().told.length === 2);
    const news = await at().client.read(at().told[1]!);
    expect(news).toMatchObject({ kind: "refund", refund: { refundNo: request.refundNo, state: "succeeded" } });
    const found = await at().client.refundOf(request.refundNo);
    expect(found).toEqual(news.kind === "refund" && news.refund);
    expect(await at().client.refund(request)).toEqual(found);
    expect(await at().client.tradeOf(order.orderNo)).toMatchObject({ state: "refunded", amount: order.total });
  });
  test("what the channel does not have is null, because it says so under its signature", async () => {
    expect(await at().client.tradeOf("20251120NOSUCHORDER00000")).toBeNull();
    expect(await at().client.tradeByNumber("4200NOSUCH")).toBeNull();
    expect(await at().client.refundOf("NOSUCHREFUND")).toBeNull();
    at().underway = (reply) => withHeaders(reply, { "wechatpay-signature": null });
    const error = await failed(at().client.tradeOf("20251120NOSUCHORDER00000"));
    expect(error).toMatchObject({ failure: "refused", code: "ORDER_NOT_EXIST", verified: false });
  });
});

describe("notifications refused", () => {
  test("forged notification", async () => {
    const message = await paid(ends);
    expect(await failure(ends.client.read(remade(message, { signKey: stranger })))).toBe("unverified");
    for (const name of ["serial", "timestamp", "nonce", "signature"]) {
      const headers = { ...message.headers, [`wechatpay-${name}`]: undefined };
      expect(await failure(ends.client.read({ ...message, headers })), name).toBe("unverified");
    }
    const merchant = { ...message.headers, "wechatpay-serial": ends.merchant.serial };
    expect(await failure(ends.client.read({ ...message, headers: merchant }))).toBe("unverified");
    const empty = { headers: message.headers, body: Buffer.alloc(0) };
    expect(await failure(ends.client.read(empty))).toBe("unverified");
  });
  test("stale notification", async () => {
    const message = await paid(ends);
    for (const minutes of [6, -12]) {
      ends.turn(minutes);
      expect(await failure(ends.client.read(message)), `${minutes}`).toBe("stale");
    }
    ends.turn(6 + 5);
    expect(await failure(ends.client.read(message))).toBe("");
    ends.turn(-10);
    expect(await failure(ends.client.read(message))).toBe("");
    ends.turn(5);
    const later = { ...message.headers, "wechatpay-timestamp": "1763604060" };
    expect(await failure(ends.client.read({ ...message, headers: later }))).toBe("unverified");
  });
  test("replayed notification: the nonce is reported, with the time until which a copy could pass", async () => {
    const message = await paid(ends);
    const first = await ends.client.read(message);
    const again = await ends.client.read(message);
    expect(first.nonce).toBe(message.headers["wechatpay-nonce"]);
    expect(again.nonce).toBe(first.nonce);
    const minutes = (first.passesUntil - Date.parse("2025-11-20T02:00:00Z")) / 60_000;
    ends.turn(minutes);
    expect(await failure(ends.client.read(message))).toBe("");
    ends.turn(1 / 60);
    expect(await failure(ends.client.read(message))).toBe("stale");
    ends.turn(-minutes - 1 / 60);
  });
  test("re-encrypted notification", async () => {
    const message = await paid(ends);
    // Sealed anew with our own key, under the old signature; then signed rightly, sealed with another key.
    expect(await failure(ends.client.read(remade(message, { signKey: null })))).toBe("unverified");
    const sealKey = randomBytes(16).toString("hex");
    expect(await failure(ends.client.read(remade(message, { sealKey })))).toBe("undecipherable");
    expect(await failure(ends.client.read(remade(message, {})))).toBe("");
  });
  test("amount, currency or merchant changed", async () => {
    const message = await paid(ends);
    const read = (change: object) => ends.client.read(remade(message, { change }));
    expect(await failure(read({ mchid: "1900000002" }))).toBe("foreign");
    expect(await failure(read({ appid: "wx1111111111111111" }))).toBe("foreign");
    expect(await failure(read({ amount: { total: 40_000, currency: "USD" } }))).toBe("foreign");
    expect(await failure(read({ amount: { total: 40_000 } }))).toBe("foreign");
    expect(await failure(read({ amount: { total: -1, currency: "CNY" } }))).toBe("unreadable");
    expect(await failure(read({ amount: { total: 0.5, currency: "CNY" } }))).toBe("unreadable");
    expect(await failure(read({ transaction_id: undefined }))).toBe("unreadable");
    expect(await failure(read({ trade_state: "NOTPAY" }))).toBe("unreadable");
    expect(await failure(read({ trade_state: "SOMETHING_NEW" }))).toBe("unreadable");
    // Another amount that WeChat Pay itself signs is what was paid: it is told as it is, for the order to compare.
    const told = await read({ amount: { total: 1, currency: "CNY" } });
    expect(told).toMatchObject({ trade: { amount: 1 } });
    // A field that is new is no reason to refuse money.
    expect(await failure(read({ something_new: { deep: true } }))).toBe("");
  });
  test("a body changed by one byte anywhere", async () => {
    const message = await paid(ends);
    const { body } = message;
    for (let i = 0; i < body.length; i++) {
      const changed = Buffer.from(body);
      changed[i]! ^= 1;
      expect(await failure(ends.client.read({ ...message, body: changed })), `byte ${i}`).toBe("unverified");
    }
    expect(body.length).toBeGreaterThan(300);
    for (const other of [Buffer.concat([body, Buffer.from("\n")]), body.subarray(0, -1)]) {
      expect(await failure(ends.client.read({ ...message, body: other }))).toBe("unverified");
    }
  });
  test("a refund told under another event, or to another merchant", async () => {
    const order = payable();
    await paid(ends, order);
    await ends.client.refund({ refundNo: "RTOLD", orderNo: order.orderNo, amount: order.total, paid: order.total });
    await until(() => ends.told.length === 2);
    const message = ends.told[1]!;
    const read = (change: object) => ends.client.read(remade(message, { change }));
    expect(await failure(read({ refund_status: "ABNORMAL" }))).toBe("unreadable");
    expect(await failure(read({ mchid: "1900000002" }))).toBe("foreign");
    expect(await failure(read({}))).toBe("");
  });
});

describe("replies refused", () => {
  test("without a signature, with a wrong one, or with the probe that WeChat Pay sends on purpose", async () => {
    const order = payable();
    await ends.client.openAsCode(order);
    const ask = () => failed(ends.client.tradeOf(order.orderNo));
    for (const name of ["serial", "timestamp", "nonce", "signature"]) {
      ends.underway = (reply) => withHeaders(reply, { [`wechatpay-${name}`]: null });
      expect(await ask(), name).toMatchObject({ failure: "unverified", retryable: true });
    }
    for (const given of [signature(stranger, "x"), "WECHATPAY/SIGNTEST/abcdef", "????"]) {
      ends.underway = (reply) => withHeaders(reply, { "wechatpay-signature": given });
      expect(await ask(), given).toMatchObject({ failure: "unverified" });
    }
    ends.underway = (reply) => withHeaders(reply, { "wechatpay-nonce": "another" });
    expect(await ask()).toMatchObject({ failure: "unverified" });
    ends.underway = async (reply) => {
      const body = Buffer.from(await reply.arrayBuffer());
      body[body.length >> 1]! ^= 1;
      return new Response(new Uint8Array(body), { status: reply.status, headers: reply.headers });
    };
    expect(await ask()).toMatchObject({ failure: "unverified" });
  });
  test("a wrongly signed no is no no", async () => {
    ends.underway = (reply) => withHeaders(reply, { "wechatpay-signature": signature(stranger, "x") });
    expect(await failure(ends.client.tradeOf("20251120NOSUCHORDER00000"))).toBe("unverified");
  });
  test("an answer to another question, rightly signed", async () => {
    const [one, other] = [payable(), payable()];
    await paid(ends, one);
    await paid(ends, other);
    const numberOf = async (orderNo: string) => {
      const trade = await ends.client.tradeOf(orderNo);
      return trade && "transactionNo" in trade ? trade.transactionNo : "";
    };
    const numbers = [await numberOf(one.orderNo), await numberOf(other.orderNo)];
    const swapped = async (ask: () => Promise<unknown>, instead: () => Promise<unknown>) => {
      let kept: Response | null = null;
      ends.underway = (reply) => {
        kept = reply.clone();
        return reply;
      };
      await ask();
      ends.underway = () => kept!.clone();
      const found = await failure(instead());
      ends.underway = (reply) => reply;
      return found;
    };
    const { client } = ends;
    const tradeOf = (orderNo: string) => () => client.tradeOf(orderNo);
    expect(await swapped(tradeOf(one.orderNo), tradeOf(other.orderNo))).toBe("foreign");
    const byNumber = (no: string) => () => client.tradeByNumber(no);
    expect(await swapped(byNumber(numbers[0]!), byNumber(numbers[1]!))).toBe("foreign");
    const refund = (refundNo: string, orderNo: string, amount: string) => () =>
      client.refund({ refundNo, orderNo, amount: yuan(amount), paid: one.total });
    const asked = refund("RSWAP1", one.orderNo, "1.00");
    expect(await swapped(asked, refund("RSWAP2", one.orderNo, "1.00"))).toBe("foreign");
    expect(await swapped(asked, refund("RSWAP1", other.orderNo, "1.00"))).toBe("foreign");
    expect(await swapped(asked, refund("RSWAP1", one.orderNo, "2.00"))).toBe("foreign");
    const refundOf = (refundNo: string) => () => client.refundOf(refundNo);
    await refund("RSWAP2", one.orderNo, "1.00")();
    expect(await swapped(refundOf("RSWAP1"), refundOf("RSWAP2"))).toBe("foreign");
    expect(await swapped(asked, asked)).toBe("");
  });
  test("clock off by six minutes: the channel refuses what we sign, and we refuse what it signs", async () => {
    const order = payable();
    await ends.client.openAsCode(order);
    for (const minutes of [6, -6]) {
      ends.turn(minutes);
      const error = await failed(ends.client.tradeOf(order.orderNo));
      expect(error).toMatchObject({ failure: "refused", code: "SIGN_ERROR", status: 401, retryable: false });
      ends.turn(-minutes);
    }
    for (const minutes of [6, -6]) {
      ends.underway = (reply) => {
        ends.turn(minutes);
        return reply;
      };
      expect(await failure(ends.client.tradeOf(order.orderNo)), `${minutes}`).toBe("stale");
      ends.turn(-minutes);
    }
  });
  test("nothing listens, nobody answers in time, or the answer breaks off: the outcome is unknown and may be asked again", async () => {
    const dead = ends.clientOf({ ...ends.merchant, baseUrl: "http://127.0.0.1:9/" });
    expect(await failed(dead.tradeOf("20251120ANYORDER00000000"))).toMatchObject({
      failure: "unreachable",
      retryable: true,
    });
    const silent = createServer((request, response) => {
      if (request.url?.includes("HALF")) response.writeHead(200, { "content-length": "100" }).write("{");
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const baseUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const waiting = ends.clientOf({ ...ends.merchant, baseUrl, patience: 50 });
    for (const orderNo of ["20251120SILENT0000000000", "20251120HALF000000000000"]) {
      expect(await failed(waiting.tradeOf(orderNo))).toMatchObject({ failure: "timeout", retryable: true });
    }
    silent.closeAllConnections();
    silent.close();
  });
  test("what may be asked again, by status and code", async () => {
    const said = async (status: number, code: string): Promise<WeChatPayError | null> => {
      ends.underway = () => Response.json({ code, message: "…" }, { status });
      return failed(ends.client.tradeOf("20251120ANYORDER00000000"));
    };
    expect(await said(500, "SYSTEM_ERROR")).toMatchObject({ retryable: true, code: "SYSTEM_ERROR", status: 500 });
    expect(await said(429, "RATELIMIT_EXCEEDED")).toMatchObject({ retryable: true });
    expect(await said(202, "USER_PAYING")).toMatchObject({ retryable: true, failure: "refused" });
    expect(await said(400, "PARAM_ERROR")).toMatchObject({ retryable: false });
    expect(await said(403, "NO_AUTH")).toMatchObject({ retryable: false });
    ends.underway = () => new Response("<html>bad channel</html>", { status: 502 });
    const error = await failed(ends.client.tradeOf("20251120ANYORDER00000000"));
    expect(error).toMatchObject({ retryable: true, code: "HTTP_502" });
  });
});

describe("configuration", () => {
  test("what cannot be right is refused before the first call", () => {
    const good = ends.merchant;
    for (const wrong of [
      { apiV3Key: "short" },
      { mchid: "1" },
      { notifyUrl: "https://example.cn/told?order=1" },
      { privateKeyPem: "-----BEGIN CERTIFICATE-----" },
      { verifier: { mode: "public-key", id: "5157F09E", pem: "x" } },
      { verifier: { mode: "none" } },
    ]) {
      expect(Merchant.safeParse({ ...good, ...wrong }).success, JSON.stringify(wrong)).toBe(false);
    }
    expect(Merchant.parse({ ...good, baseUrl: undefined }).baseUrl).toBe("https://api.mch.weixin.qq.com/");
  });
  test("what is sent holds nothing about a person but the openid that WeChat asks for", async () => {
    const order = payable();
    await ends.client.openInMiniProgram(order, "oPayer");
    const trade = ends.channel.book.trades[order.orderNo];
    expect(trade).toMatchObject({ description: "城乡居民基本医疗保险缴费", openid: "oPayer", total: 40_000 });
  });
});
