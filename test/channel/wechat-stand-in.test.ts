import { createHash, createPrivateKey } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { authorization, newNonce } from "../../functions/channel/wechat-sign.ts";
import { waits } from "../../local/wechat/deliveries.ts";
import { yuan } from "../../shared/money.ts";
import { bothEnds, type Ends, failed, failure, payable, until } from "./wechat-local.ts";

let ends: Ends;
beforeAll(async () => {
  ends = await bothEnds({ billsAtOnce: true });
});
afterAll(() => ends.stop());
beforeEach(() => {
  ends.answer = () => 204;
  ends.told.length = 0;
});

const deliveriesOf = (orderNo: string, at = ends) =>
  Object.values(at.channel.book.deliveries).filter((one) => one.orderNo === orderNo);
const bodies = (at = ends) => new Set(at.told.map(({ body }) => Buffer.from(body).toString("utf8")));

describe("notifications", () => {
  test("the waits are those that WeChat Pay documents: fifteen, 24 hours and 4 minutes in all", () => {
    expect(waits.map((wait) => wait / 1000)).toEqual([
      15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10_800, 10_800, 10_800, 21_600, 21_600,
    ]);
    expect(waits.reduce((sum, wait) => sum + wait, 0)).toBe((24 * 60 + 4) * 60_000);
  });
  test("are repeated until 200 or 204, the same content signed anew each time", async () => {
    const order = payable();
    const answers = [500, 404, 302, 401, 200];
    ends.answer = () => answers.shift() ?? 204;
    await ends.client.openAsCode(order);
    await ends.channel.pay(order.orderNo);
    await until(() => deliveriesOf(order.orderNo)[0]?.state === "delivered");
    expect(ends.told).toHaveLength(5);
    expect(bodies().size).toBe(1);
    expect(new Set(ends.told.map(({ headers }) => headers["wechatpay-nonce"])).size).toBe(5);
    for (const message of ends.told) expect(await failure(ends.client.read(message))).toBe("");
  });
  test("are given up after sixteen attempts", async () => {
    const order = payable();
    ends.answer = () => 500;
    await ends.client.openAsCode(order);
    await ends.channel.pay(order.orderNo);
    await until(() => deliveriesOf(order.orderNo)[0]?.state === "given-up");
    expect(ends.told).toHaveLength(16);
    expect(await ends.client.tradeOf(order.orderNo)).toMatchObject({ state: "paid" });
  });
  test("what is under way survives a restart, as do keys, orders and refunds", async () => {
    const at = await bothEnds({ pace: 0.02, refundTakes: 400 });
    const [order, refunded] = [payable(), payable()];
    at.answer = () => 500;
    await at.client.openAsCode(order);
    await at.client.openAsCode(refunded);
    await at.channel.pay(order.orderNo);
    await at.channel.pay(refunded.orderNo, "pay-untold");
    await at.client.refund({ refundNo: "R1", orderNo: refunded.orderNo, amount: yuan("1.00"), paid: refunded.total });
    const before = at.told.length;
    at.restart();
    at.answer = () => 204;
    at.turnChannel(1);
    await until(() => deliveriesOf(order.orderNo, at)[0]?.state === "delivered");
    expect(at.told.length).toBeGreaterThan(before);
    expect(await at.client.tradeOf(order.orderNo)).toBeTruthy();
    await until(() => deliveriesOf(refunded.orderNo, at).some(({ state }) => state === "delivered"));
    expect(await at.client.refundOf("R1")).toMatchObject({ state: "succeeded" });
    expect(statSync(join(at.folder, "keys.json")).mode & 0o077).toBe(0);
    expect(readFileSync(join(at.folder, "book.json"), "utf8")).toContain(order.orderNo);
    at.stop();
  });
});

describe("the cashier page", () => {
  const choose = (page: string, choice: string) =>
    fetch(page, { method: "POST", body: new URLSearchParams({ choice }) }).then((reply) => reply.text());
  const page = async (orderNo = payable().orderNo) => {
    const order = payable(orderNo, "1240.50");
    return { order, address: await ends.client.openInBrowser(order, "203.0.113.9", "https://example.cn/m/#/done?a=b") };
  };
  test("shows the sum, the merchant and the way back, and takes the money once", async () => {
    const { order, address } = await page();
    const shown = await (await fetch(address)).text();
    for (const words of [
      "¥1,240.50",
      "测试市医疗保障局",
      "支付 ¥1,240.50",
      "https://example.cn/m/#/done?a=b",
      "测试选项",
    ]) {
      expect(shown).toContain(words);
    }
    expect(await choose(address, "pay")).toContain("已支付。已通知居民医保。");
    expect(await choose(address, "pay")).toContain("已支付。");
    expect(deliveriesOf(order.orderNo)).toHaveLength(1);
  });
  test("cancel leaves the order open, and an order whose time is over cannot be paid", async () => {
    const { order, address } = await page();
    expect(await choose(address, "cancel")).toContain("没有支付，也没有扣款。");
    expect(await ends.client.tradeOf(order.orderNo)).toMatchObject({ state: "unpaid" });
    ends.turnChannel(31);
    expect(await choose(address, "pay")).toContain("已超过支付时间，没有扣款。");
    ends.turnChannel(-31);
    expect(await ends.client.tradeOf(order.orderNo)).toMatchObject({ state: "unpaid" });
  });
  test("a notification that comes late, and one that is lost and found by asking only", async () => {
    const late = await page();
    expect(await choose(late.address, "pay-told-late")).toContain("还没有通知居民医保");
    await until(() => deliveriesOf(late.order.orderNo)[0]?.state === "delivered");
    expect(ends.told).toHaveLength(1);
    const lost = await page();
    expect(await choose(lost.address, "pay-untold")).toContain("没有通知居民医保");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(ends.told).toHaveLength(1);
    expect(await ends.client.tradeOf(lost.order.orderNo)).toMatchObject({ state: "paid", amount: lost.order.total });
  });
  test("leads nowhere but to a web page, and knows no other order", async () => {
    const { address } = await page();
    const script = new URL(address);
    script.searchParams.set("redirect_url", "javascript:alert(1)");
    expect(await (await fetch(script)).text()).not.toContain("javascript:");
    script.searchParams.set("t", "guess");
    const unknown = await fetch(script);
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain("没有这张订单");
  });
});

describe("requests refused", () => {
  const path = "/stand-ins/wechat-pay/v3/pay/transactions/native";
  const bodyOf = (change: object) => {
    const order = payable();
    const { mchid, appid, notifyUrl } = ends.merchant;
    return {
      mchid,
      appid,
      description: "参保缴费",
      out_trade_no: order.orderNo,
      notify_url: notifyUrl,
      amount: { total: 40_000, currency: "CNY" },
      ...change,
    };
  };
  const post = async (body: string, change: { signed?: string; headers?: Record<string, string>; at?: Date } = {}) => {
    const key = createPrivateKey(ends.merchant.privateKeyPem);
    const at = change.at ?? new Date("2025-11-20T02:00:00Z");
    const request = { method: "POST", target: path, body: change.signed ?? body, at, nonce: newNonce() };
    const headers = { authorization: authorization(ends.merchant, key, request), ...change.headers };
    const reply = await fetch(ends.origin + path, { method: "POST", body, headers });
    return {
      status: reply.status,
      code: (await reply.json()).code ?? "",
      signed: reply.headers.has("wechatpay-signature"),
    };
  };
  test("that our merchant did not sign, or not now, or not these words: refused without a signature", async () => {
    const body = JSON.stringify(bodyOf({}));
    const no = { status: 401, code: "SIGN_ERROR", signed: false };
    expect(await post(body, { headers: { authorization: "" } })).toEqual(no);
    expect(await post(body, { headers: { authorization: 'WECHATPAY2-SHA256-RSA2048 mchid="1"' } })).toEqual(no);
    expect(await post(body, { signed: body.replace("40000", "1") })).toEqual(no);
    expect(await post(body, { at: new Date("2025-11-20T02:06:00Z") })).toEqual(no);
    expect(await post(body)).toEqual({ status: 200, code: "", signed: true });
  });
  test("that do not say what is documented: refused with a code, signed", async () => {
    const code = async (change: object) => (await post(JSON.stringify(bodyOf(change)))).code;
    expect(await code({ appid: "wx1111111111111111" })).toBe("APPID_MCHID_NOT_MATCH");
    expect(await code({ mchid: "1900000002" })).toBe("APPID_MCHID_NOT_MATCH");
    expect(await code({ amount: { total: 0, currency: "CNY" } })).toBe("PARAM_ERROR");
    expect(await code({ amount: { total: 400.5, currency: "CNY" } })).toBe("PARAM_ERROR");
    expect(await code({ amount: { total: 1, currency: "USD" } })).toBe("PARAM_ERROR");
    expect(await code({ out_trade_no: "短" })).toBe("PARAM_ERROR");
    expect(await code({ notify_url: "https://example.cn/told?order=1" })).toBe("PARAM_ERROR");
    expect((await post("not json")).code).toBe("PARAM_ERROR");
    expect(await post("not json")).toMatchObject({ status: 400, signed: true });
  });
  test("an order number stands for one order: the same again, another sum, another way to pay, paid, closed", async () => {
    const order = payable();
    const address = await ends.client.openAsCode(order);
    expect(await ends.client.openAsCode(order)).toBe(address);
    const other = { ...order, total: yuan("1.00") };
    expect(await failed(ends.client.openAsCode(other))).toMatchObject({ code: "OUT_TRADE_NO_USED", verified: true });
    expect(await failed(ends.client.openInMiniProgram(order, "oPayer"))).toMatchObject({ code: "OUT_TRADE_NO_USED" });
    const longer = { ...order, expiresBy: order.expiresBy + 60_000 };
    expect(await failed(ends.client.openAsCode(longer))).toMatchObject({ code: "OUT_TRADE_NO_USED" });
    await ends.channel.pay(order.orderNo);
    expect(await failed(ends.client.openAsCode(order))).toMatchObject({ code: "ORDERPAID" });
    const closed = payable();
    await ends.client.openAsCode(closed);
    await ends.client.close(closed.orderNo);
    expect(await failed(ends.client.openAsCode(closed))).toMatchObject({ code: "ORDER_CLOSED" });
  });
  test("refund of nothing, too much, twice under one number with another sum, or against another total", async () => {
    const order = payable();
    await ends.client.openAsCode(order);
    const ask = async (refundNo: string, amount: string, paid = "400.00", orderNo = order.orderNo) =>
      (await failed(ends.client.refund({ refundNo, orderNo, amount: yuan(amount), paid: yuan(paid) })))?.code ?? "";
    expect(await ask("RA", "1.00")).toBe("INVALID_REQUEST");
    await ends.channel.pay(order.orderNo);
    expect(await ask("RA", "1.00", "400.00", "20251120NOSUCHORDER00000")).toBe("RESOURCE_NOT_EXISTS");
    expect(await ask("RA", "1.00", "500.00")).toBe("PARAM_ERROR");
    expect(await ask("RA", "400.01")).toBe("INVALID_REQUEST");
    expect(await ask("RA", "300.00")).toBe("");
    expect(await ask("RA", "300.00")).toBe("");
    expect(await ask("RA", "100.00")).toBe("PARAM_ERROR");
    expect(await ask("RB", "100.01")).toBe("INVALID_REQUEST");
    expect(await ask("RB", "100.00")).toBe("");
    const refunds = Object.values(ends.channel.book.refunds).filter((one) => one.orderNo === order.orderNo);
    expect(refunds.map(({ amount }) => amount)).toEqual([30_000, 10_000]);
  });
});

describe("the bill", () => {
  test("is announced with the SHA1 of the file, which needs a signed request and lasts five minutes", async () => {
    const order = payable();
    await ends.client.openAsCode(order);
    await ends.channel.pay(order.orderNo);
    let address = "";
    let announced = "";
    let minutesBetween = 5;
    const file: Buffer[] = [];
    ends.underway = async (reply, url) => {
      if (url.pathname.endsWith("/file")) file.push(Buffer.from(await reply.clone().arrayBuffer()));
      if (!url.pathname.endsWith("/tradebill")) return reply;
      ({ download_url: address, hash_value: announced } = await reply.clone().json());
      ends.turn(minutesBetween);
      ends.turnChannel(minutesBetween);
      return reply;
    };
    expect(await failed(ends.client.billOf("2025-11-20" as never))).toMatchObject({ failure: "refused", status: 404 });
    expect((await fetch(address)).status).toBe(401);
    minutesBetween = -5;
    file.length = 0;
    const bill = await ends.client.billOf("2025-11-20" as never);
    expect(createHash("sha1").update(file[0]!).digest("hex")).toBe(announced);
    expect(bill?.lines.find((line) => line.orderNo === order.orderNo)).toMatchObject({
      kind: "payment",
      amount: 40_000,
    });
    const rows = file[0]!.toString("utf8").split("\r\n");
    expect(rows[1]).toMatch(/^`2025-11-20 10:00:00,`wx0000000000000000,`1900000001,`0,`,`4200/);
    ends.underway = (reply) => reply;
  });
});
