import { randomUUID } from "node:crypto";
import { rfc3339 } from "../../functions/channel/wechat.ts";
import { newNonce, seal, signature } from "../../functions/channel/wechat-sign.ts";
import type { Book, Delivery, SigningKey } from "./book.ts";

const seconds = 1_000;
const minutes = 60 * seconds;
const hours = 60 * minutes;

/** 通知频率 (退款结果通知): at once, then after each of these, 24 hours and 4 minutes in all. */
export const waits: readonly number[] = [
  ...[15, 15, 30].map((n) => n * seconds),
  ...[3, 10, 20, 30, 30, 30, 60].map((n) => n * minutes),
  ...[3, 3, 3, 6, 6].map((n) => n * hours),
];

/** How long a merchant may take to answer. */
const patience = 5 * seconds;

interface DeliveryOptions {
  readonly book: Book;
  readonly apiV3Key: string;
  /** What a wait is multiplied by: 1 as documented, less in a test or a demonstration. */
  readonly pace: number;
  now(): Date;
  signer(): SigningKey;
}

/** What a notification is about. */
interface Told {
  readonly orderNo: string;
  readonly url: string;
  readonly event: "TRANSACTION.SUCCESS" | "REFUND.SUCCESS";
  readonly content: object;
}

/** 回调通知 · tells the merchant until it answers 200 or 204; what is under way survives a restart. */
export function deliveries({ book, apiV3Key, pace, now, signer }: DeliveryOptions) {
  const timers = new Set<NodeJS.Timeout>();

  const later = (delivery: Delivery) => {
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        void attempt(delivery);
      },
      Math.max(0, delivery.nextAt - now().getTime()),
    ).unref();
    timers.add(timer);
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    const accepted = await send(delivery);
    const wait = waits[delivery.attempts];
    delivery.attempts += 1;
    if (accepted) delivery.state = "delivered";
    else if (wait === undefined) delivery.state = "given-up";
    else delivery.nextAt = now().getTime() + wait * pace;
    book.save();
    if (delivery.state === "waiting") later(delivery);
  };

  const send = async ({ url, body }: Delivery): Promise<boolean> => {
    const { id, key } = signer();
    const nonce = newNonce();
    const timestamp = String(Math.floor(now().getTime() / 1000));
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "wechatpay-serial": id,
          "wechatpay-timestamp": timestamp,
          "wechatpay-nonce": nonce,
          "wechatpay-signature": signature(key, timestamp, nonce, body),
        },
        body,
        signal: AbortSignal.timeout(patience),
      });
      return response.status === 200 || response.status === 204;
    } catch {
      return false;
    }
  };

  return {
    /** Starts to tell: at once, late, or never, for a tester who wants to see that. */
    async tell({ orderNo, url, event, content }: Told, when: "now" | "late" | "never" = "now"): Promise<void> {
      const kind = event === "TRANSACTION.SUCCESS" ? "transaction" : "refund";
      const id = randomUUID();
      const body = JSON.stringify({
        id,
        create_time: rfc3339(now().getTime()),
        event_type: event,
        resource_type: "encrypt-resource",
        summary: kind === "refund" ? "退款成功" : "支付成功",
        resource: { ...seal(apiV3Key, JSON.stringify(content), kind), original_type: kind },
      });
      const delivery: Delivery = {
        id,
        orderNo,
        url,
        body,
        attempts: 0,
        nextAt: now().getTime() + (when === "late" ? 2 * minutes * pace : 0),
        state: when === "never" ? "lost" : "waiting",
      };
      book.deliveries[id] = delivery;
      book.save();
      if (when === "now") await attempt(delivery);
      if (when === "late") later(delivery);
    },
    /** Takes up what a stopped channel had not delivered. */
    resume: () =>
      Object.values(book.deliveries)
        .filter((one) => one.state === "waiting")
        .forEach(later),
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
