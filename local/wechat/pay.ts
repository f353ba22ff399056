import { createHash, createPublicKey, randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { rfc3339 } from "../../functions/channel/wechat.ts";
import { isSigned, Merchant, newNonce, seal, signature, signedWindow } from "../../functions/channel/wechat-sign.ts";
import { addDays, isDay } from "../../shared/day.ts";
import type { Mount } from "../server.ts";
import { billFile } from "./bill-file.ts";
import { type Book, type Keys, openBook, openKeys } from "./book.ts";
import { type Choice, cashierPage, choices } from "./cashier.ts";
import { deliveries } from "./deliveries.ts";
import { No, till } from "./till.ts";

export interface ChannelOptions {
  /** Where keys and book are kept. */
  readonly folder: string;
  /** Where the channel is mounted, with a slash at the end. */
  readonly baseUrl: string;
  readonly notifyUrl: string;
  readonly mchid?: string;
  readonly appid: string;
  /** The merchant's name on the cashier page. */
  readonly name: string;
  /** Where the cashier page leads back to; an H5 order says so itself. */
  readonly back: (orderNo: string) => string;
  /** Which of its keys signs notifications, and which the merchant is told to verify with. */
  readonly mode?: "certificates" | "public-key";
  /** What the waits between notifications are multiplied by: 1 as documented. */
  readonly pace?: number;
  /** How long a refund takes, in milliseconds. */
  readonly refundTakes?: number;
  /** Orders that were paid before this channel was there, as those of a demonstration. */
  readonly paidBefore?: (orderNo: string) => boolean;
  /** Bills of a day that is not over: for a demonstration; WeChat Pay has them from 10 o'clock of the next day. */
  readonly billsAtOnce?: boolean;
  readonly now?: () => Date;
}

/** The local channel: what to mount, the merchant it serves, and what a test or a tester may do to it. */
export interface Channel {
  readonly mount: Mount;
  /** The configuration of our client. */
  readonly merchant: Merchant;
  readonly keys: Keys;
  readonly book: Book;
  /** Pays an open order as somebody at the cashier would; false where it cannot be paid any more. */
  pay(orderNo: string, choice?: Choice): Promise<boolean>;
  /** A new platform certificate signs from now on. */
  rotate(): void;
  /** Stops telling; what was not delivered is taken up by the next channel of this folder. */
  stop(): void;
}

interface Reply {
  readonly status: number;
  readonly body?: object;
}
const ok = (body: object): Reply => ({ status: 200, body });

const PaymentParameters = z.object({
  timeStamp: z.string(),
  nonceStr: z.string(),
  package: z.string().regex(/^prepay_id=wx\w+$/),
  signType: z.literal("RSA"),
  paySign: z.string(),
});

/** 微信支付网关替身 · speaks WeChat Pay's APIv3 with keys of its own; no money moves. */
export function weChatPayChannel(options: ChannelOptions): Channel {
  const { appid, baseUrl, mchid = "1900000001", mode = "public-key", now = () => new Date(), pace = 1 } = options;
  const prefix = new URL(baseUrl).pathname;
  const keys = openKeys(options.folder, now());
  const book = openBook(options.folder);
  const { apiV3Key } = keys.kept;
  const signer = () => (mode === "public-key" ? keys.publicKey : keys.certificate());
  const notifications = deliveries({ book, pace, now, apiV3Key, signer });
  const { refundTakes = 3_000, paidBefore = () => false } = options;
  const desk = till({ book, appid, mchid, notifications, refundTakes, paidBefore, now });
  const bills = new Map<string, { content: string; until: number }>();
  const cashier = (token: string) => `${baseUrl}cashier/pay?t=${token}`;

  const bill = (query: URLSearchParams): Reply => {
    const day = query.get("bill_date") ?? "";
    if (!isDay(day) || (query.get("bill_type") ?? "ALL") !== "ALL" || query.has("tar_type")) {
      throw new No(400, "PARAM_ERROR", "只有不压缩的ALL账单");
    }
    // 微信支付在每日10点后生成昨日交易账单.
    const ready = Date.parse(`${addDays(day, 1)}T10:00:00+08:00`) <= now().getTime();
    if (!ready && !options.billsAtOnce) throw new No(400, "STATEMENT_CREATING", "账单生成中");
    const content = billFile(book, day, { appid, mchid });
    if (content === null) throw new No(400, "NO_STATEMENT_EXIST", "请求的账单文件不存在");
    const token = randomBytes(16).toString("hex");
    bills.set(token, { content, until: now().getTime() + 5 * 60_000 });
    const hash_value = createHash("sha1").update(content).digest("hex");
    return ok({ hash_type: "SHA1", hash_value, download_url: `${baseUrl}v3/billdownload/file?token=${token}` });
  };

  const certificates = (): Reply => {
    const current = keys.kept.certificates.filter((one) => one.until > now().getTime());
    const data = current.map(({ serial, pem, from, until }) => ({
      serial_no: serial,
      effective_time: rfc3339(from),
      expire_time: rfc3339(until),
      encrypt_certificate: seal(apiV3Key, pem, "certificate"),
    }));
    return ok({ data });
  };

  const close = (orderNo: string): Reply => {
    desk.close(orderNo);
    return { status: 204 };
  };

  type Run = (body: Buffer, part: string, query: URLSearchParams) => Reply;
  const calls: readonly [string, RegExp, Run][] = [
    ["POST", /^v3\/pay\/transactions\/jsapi$/, (body) => ok({ prepay_id: `wx${desk.open("JSAPI", body).token}` })],
    ["POST", /^v3\/pay\/transactions\/native$/, (body) => ok({ code_url: cashier(desk.open("NATIVE", body).token) })],
    ["POST", /^v3\/pay\/transactions\/h5$/, (body) => ok({ h5_url: cashier(desk.open("MWEB", body).token) })],
    ["GET", /^v3\/pay\/transactions\/out-trade-no\/([^/]+)$/, (_, no) => ok(desk.tradeFields(desk.tradeOf(no)))],
    ["GET", /^v3\/pay\/transactions\/id\/([^/]+)$/, (_, no) => ok(desk.tradeFields(desk.tradeByNumber(no)))],
    ["POST", /^v3\/pay\/transactions\/out-trade-no\/([^/]+)\/close$/, (_, no) => close(no)],
    ["POST", /^v3\/refund\/domestic\/refunds$/, (body) => ok(desk.refundFields(desk.refund(body)))],
    ["GET", /^v3\/refund\/domestic\/refunds\/([^/]+)$/, (_, no) => ok(desk.refundFields(desk.refundOf(no)))],
    ["GET", /^v3\/bill\/tradebill$/, (_, __, query) => bill(query)],
    ["GET", /^v3\/certificates$/, certificates],
  ];

  const answered = (method: string | undefined, url: URL, body: Buffer): Reply => {
    const path = url.pathname.slice(prefix.length);
    try {
      for (const [verb, pattern, run] of calls) {
        const match = verb === method && pattern.exec(path);
        if (match) return run(body, decodeURIComponent(match[1] ?? ""), url.searchParams);
      }
      throw new No(404, "RESOURCE_NOT_EXISTS", "没有这个接口");
    } catch (error) {
      if (!(error instanceof No)) throw error;
      return { status: error.status, body: { code: error.code, message: error.message } };
    }
  };

  const api: Mount = (request, response, url, body) => {
    if (!signedBy({ mchid, keys, at: now().getTime() }, request, body)) {
      return json(response, 401, { code: "SIGN_ERROR", message: "签名错误" });
    }
    if (url.pathname === `${prefix}v3/billdownload/file`) {
      const found = bills.get(url.searchParams.get("token") ?? "");
      const fresh = found !== undefined && found.until > now().getTime();
      response.writeHead(fresh ? 200 : 404, { "content-type": "text/plain" }).end(fresh ? found.content : "");
      return;
    }
    const reply = answered(request.method, url, body);
    // Whoever names the public key in a request gets the reply signed with it, as at WeChat Pay.
    const named = request.headers["wechatpay-serial"] === keys.publicKey.id;
    const { id, key } = named ? keys.publicKey : keys.certificate();
    const nonce = newNonce();
    const timestamp = String(Math.floor(now().getTime() / 1000));
    json(response, reply.status, reply.body, {
      "wechatpay-serial": id,
      "wechatpay-timestamp": timestamp,
      "wechatpay-nonce": nonce,
      "wechatpay-signature": signature(key, timestamp, nonce, reply.body ? JSON.stringify(reply.body) : ""),
    });
  };

  const show: Mount = async (request, response, url, body) => {
    const trade = desk.tradeByToken(url.searchParams.get("t") ?? "");
    const chosen = new URLSearchParams(body.toString("utf8")).get("choice");
    const choice = choices.find((one) => one === chosen);
    if (request.method === "POST" && trade && choice) await desk.pay(trade, choice);
    const redirect = url.searchParams.get("redirect_url") ?? "";
    const page = cashierPage(trade, {
      merchant: options.name,
      back: /^https?:\/\//.test(redirect) ? redirect : options.back(trade?.orderNo ?? ""),
      now: now().getTime(),
      deliveries: Object.values(book.deliveries).filter((one) => one.orderNo === trade?.orderNo),
      cancelled: choice === "cancel",
    });
    response
      .writeHead(trade ? 200 : 404, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" })
      .end(page);
  };

  /** 小程序调起支付: stands for the WeChat app when a page calls wx.requestPayment. */
  const requestPayment: Mount = async (_, response, __, body) => {
    const read = PaymentParameters.safeParse(jsonOf(body));
    if (!read.success) return json(response, 200, { errMsg: "requestPayment:fail 缺少参数" });
    const { timeStamp, nonceStr, package: prepaid, paySign } = read.data;
    const trade = desk.tradeByToken(prepaid.slice("prepay_id=wx".length));
    const right = trade && isSigned(keys.merchant, paySign, appid, timeStamp, nonceStr, prepaid);
    if (!right) return json(response, 200, { errMsg: "requestPayment:fail 支付验证签名失败" });
    const paid = await desk.pay(trade, "pay");
    json(response, 200, { errMsg: paid ? "requestPayment:ok" : "requestPayment:fail 订单不能支付" });
  };

  notifications.resume();
  desk.resume();
  return {
    keys,
    book,
    merchant: merchantOf(options, mchid, mode, keys),
    mount: (request, response, url, body) => {
      const path = url.pathname.slice(prefix.length);
      const handle = path === "cashier/pay" ? show : path === "client/request-payment" ? requestPayment : api;
      return handle(request, response, url, body);
    },
    pay: (orderNo, choice = "pay") => desk.pay(desk.tradeOf(orderNo), choice),
    rotate: () => keys.rotate(now()),
    stop: () => {
      notifications.stop();
      desk.stop();
    },
  };
}

function json(response: ServerResponse, status: number, body?: object, headers: Record<string, string> = {}): void {
  response
    .writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers })
    .end(body ? JSON.stringify(body) : "");
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}

/** 签名生成, seen from the other side: did our merchant sign this request within five minutes of now? */
function signedBy(ours: { mchid: string; keys: Keys; at: number }, request: IncomingMessage, body: Buffer): boolean {
  const [scheme, said = ""] = (request.headers.authorization ?? "").split(/ (.*)/s);
  const part = Object.fromEntries([...said.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name!, value!]));
  const { mchid, serial_no: serial, timestamp = "", nonce_str: nonce = "", signature: given = "" } = part;
  const known = mchid === ours.mchid && serial === ours.keys.kept.merchantSerial;
  if (scheme !== "WECHATPAY2-SHA256-RSA2048" || !known || !/^\d{10}$/.test(timestamp) || !nonce) return false;
  if (Math.abs(ours.at - Number(timestamp) * 1000) > signedWindow) return false;
  return isSigned(ours.keys.merchant, given, request.method ?? "", request.url ?? "", timestamp, nonce, body);
}

function merchantOf(options: ChannelOptions, mchid: string, mode: "certificates" | "public-key", keys: Keys): Merchant {
  const { kept, publicKey } = keys;
  const pem = createPublicKey(publicKey.key).export({ type: "spki", format: "pem" }).toString();
  return Merchant.parse({
    mchid,
    appid: options.appid,
    serial: kept.merchantSerial,
    privateKeyPem: kept.merchantKey,
    apiV3Key: kept.apiV3Key,
    notifyUrl: options.notifyUrl,
    verifier: mode === "certificates" ? { mode } : { mode, id: publicKey.id, pem },
    baseUrl: options.baseUrl,
  });
}
