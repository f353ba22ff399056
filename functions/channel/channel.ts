import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import type { SignedMessage } from "../signed.ts";
import { type Notification, type WeChatPay, weChatPay } from "./wechat.ts";
import { Merchant, WeChatPayError } from "./wechat-sign.ts";

let kept: { readonly configuration: string; readonly client: WeChatPay } | null = null;

/** 微信支付 · the client of the configured merchant, made once: it keeps the platform's certificates. */
export function channel(): WeChatPay {
  const merchant = config.weChatPay();
  const configuration = JSON.stringify(merchant);
  if (kept?.configuration !== configuration) {
    // `fetch` is looked up at each call: whoever watches the network sees these calls too.
    const outside = { now: () => new Date(), fetch: (...asked: Parameters<typeof fetch>) => fetch(...asked) };
    kept = { configuration, client: weChatPay(Merchant.parse(merchant), outside) };
  }
  return kept.client;
}

/** Did WeChat Pay itself say this no, so that it may be believed? */
export const saysNo = (error: unknown, code: string): boolean =>
  error instanceof WeChatPayError && error.verified && error.code === code;

/** What a caller is told where the channel could not do what was asked; nothing was charged by that. */
export function unreachable(error: unknown): never {
  if (error instanceof WeChatPayError) throw new Refusal("channel-unreachable", { cause: error });
  throw error;
}

/**
 * 验签、解密 · what a notification says, once it is certain that WeChat Pay says it, now, to us. A copy that comes again within
 * five minutes passes and is harmless: a payment is booked once by its number, a refund's state is reached once.
 */
export async function readNotification(message: SignedMessage): Promise<Notification> {
  try {
    return await channel().read(message);
  } catch (error) {
    if (!(error instanceof WeChatPayError)) throw error;
    if (error.failure === "unverified" || error.failure === "stale" || error.failure === "undecipherable")
      throw new Refusal("signature-wrong", { cause: error });
    if (error.failure === "unreadable" || error.failure === "foreign")
      throw new Refusal("notice-refused", { cause: error });
    throw new Refusal("channel-unreachable", { cause: error });
  }
}
