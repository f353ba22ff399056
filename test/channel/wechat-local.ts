import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type WeChatPay, weChatPay } from "../../functions/channel/wechat.ts";
import { type Failure, type Merchant, WeChatPayError } from "../../functions/channel/wechat-sign.ts";
import type { SignedMessage } from "../../functions/signed.ts";
import { localServer } from "../../local/server.ts";
import { type Channel, type ChannelOptions, weChatPayChannel } from "../../local/wechat/pay.ts";
import { yuan } from "../../shared/money.ts";

/** A local channel and our client on either end of real HTTP, each with a clock of its own. */
export interface Ends {
  readonly channel: Channel;
  readonly merchant: Merchant;
  readonly client: WeChatPay;
  readonly origin: string;
  readonly folder: string;
  /** Paths that our client has called. */
  readonly asked: string[];
  /** What the channel told us, as it came. */
  readonly told: SignedMessage[];
  /** How we answer what we are told; 204 unless a test says otherwise. */
  answer: () => number;
  /** What happens to a reply on its way to our client. */
  underway: (reply: Response, url: URL) => Response | Promise<Response>;
  /** A client of another configuration on the same wires. */
  clientOf(merchant: Merchant): WeChatPay;
  /** Turns our clock; the channel's stands where it was. */
  turn(minutes: number): void;
  /** Turns the channel's clock. */
  turnChannel(minutes: number): void;
  /** Stops the channel and starts it anew on the same folder. */
  restart(): void;
  stop(): void;
}

const keysFolder = mkdtempSync(join(tmpdir(), "wechat-pay-"));
const started = new Date("2025-11-20T02:00:00Z").getTime();
let folders = 0;
let orders = 0;

/** Starts both ends on a free port. The keys are made once for a test file. */
export async function bothEnds(options: Partial<ChannelOptions> = {}): Promise<Ends> {
  let channel: Channel;
  let turned = 0;
  let channelTurned = 0;
  const folder = join(keysFolder, String(++folders));
  mkdirSync(folder);
  if (folders > 1) copyFileSync(join(keysFolder, "1", "keys.json"), join(folder, "keys.json"));
  const told: SignedMessage[] = [];
  const asked: string[] = [];
  const server: Server = localServer({
    "/stand-ins/wechat-pay/": (...call) => channel.mount(...call),
    "/told": (request, response, _, body) => {
      const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      told.push({ headers, body });
      response.writeHead(ends.answer()).end();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const open = () =>
    weChatPayChannel({
      folder,
      baseUrl: `${origin}/stand-ins/wechat-pay/`,
      notifyUrl: `${origin}/told`,
      appid: "wx0000000000000000",
      name: "测试市医疗保障局",
      back: (orderNo) => `${origin}/m/?order=${orderNo}`,
      pace: 0.000_01,
      refundTakes: 5,
      now: () => new Date(started + channelTurned),
      ...options,
    });
  channel = open();
  const outside = {
    now: () => new Date(started + turned),
    fetch: async (input: Parameters<typeof fetch>[0], init?: RequestInit) => {
      const url = new URL(String(input));
      asked.push(url.pathname.replace("/stand-ins/wechat-pay/", "") + url.search);
      return ends.underway(await fetch(url, init), url);
    },
  };
  const ends: Ends = {
    get channel() {
      return channel;
    },
    merchant: channel.merchant,
    client: weChatPay(channel.merchant, outside),
    origin,
    folder,
    asked,
    told,
    answer: () => 204,
    underway: (reply) => reply,
    clientOf: (merchant) => weChatPay(merchant, outside),
    turn: (minutes) => {
      turned += minutes * 60_000;
    },
    turnChannel: (minutes) => {
      channelTurned += minutes * 60_000;
    },
    restart: () => {
      channel.stop();
      channel = open();
    },
    stop: () => {
      channel.stop();
      server.close();
      server.closeAllConnections();
    },
  };
  return ends;
}

/** An order that can be paid for half an hour. */
export const payable = (orderNo = `20251120TEST${String(++orders).padStart(12, "0")}`, total = "400.00") => ({
  orderNo,
  total: yuan(total),
  expiresBy: started + 30 * 60_000,
});

/** Why a call failed; "" where it did not. */
export async function failure(call: Promise<unknown>): Promise<Failure | ""> {
  return (await failed(call))?.failure ?? "";
}

/** The error that a call ended in, or null. */
export async function failed(call: Promise<unknown>): Promise<WeChatPayError | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof WeChatPayError) return error;
    throw error;
  }
}

/** Waits until something is so. */
export async function until(so: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!so()) {
    if (Date.now() > deadline) throw new Error("it did not come about");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** A paid order, and what the channel told us of it. */
export async function paid(at: Ends, order = payable()): Promise<SignedMessage> {
  await at.client.openAsCode(order);
  await at.channel.pay(order.orderNo);
  return at.told.at(-1)!;
}

/** A reply as it came, with other headers. */
export async function withHeaders(reply: Response, change: Record<string, string | null>): Promise<Response> {
  const headers = new Headers(reply.headers);
  for (const [name, value] of Object.entries(change)) value === null ? headers.delete(name) : headers.set(name, value);
  return new Response(reply.status === 204 ? null : await reply.arrayBuffer(), { status: reply.status, headers });
}
