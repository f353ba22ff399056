import { createHmac, timingSafeEqual } from "node:crypto";
import * as z from "zod";
import { text, type Yuan } from "../../shared/money.ts";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";

/** What the channel says of a payment; `signature` is over the other fields. */
export interface Notice {
  readonly orderNo: string;
  readonly transactionNo: string;
  readonly amount: Yuan;
  readonly paidAt: number;
  readonly signature: string;
}

/** The signed string: each field on a line of its own. */
export function sign(key: string, fields: readonly (string | number)[]): string {
  return createHmac("sha256", key)
    .update(`${fields.join("\n")}\n`)
    .digest("base64url");
}

/** 支付渠道 · tells the cashier of an order and returns the address of its page. */
export async function openPayment(order: { orderNo: string; total: Yuan; expiresBy: number }): Promise<string> {
  const { origin, key } = config.cashier();
  const amount = text(order.total);
  try {
    const response = await fetch(new URL("transactions", origin), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        orderNo: order.orderNo,
        amount,
        expiresAt: order.expiresBy,
        signature: sign(key, [order.orderNo, amount, order.expiresBy]),
      }),
      signal: AbortSignal.timeout(5_000),
    });
    return z.object({ cashier: z.url() }).parse(await response.json()).cashier;
  } catch (cause) {
    throw new Refusal("channel-unreachable", { cause });
  }
}

/** Throws unless the channel itself made this notice. */
export function verifyNotice(notice: Notice): void {
  const expected = Buffer.from(
    sign(config.cashier().key, [notice.orderNo, notice.transactionNo, text(notice.amount), notice.paidAt]),
  );
  const given = Buffer.from(notice.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Refusal("signature-wrong");
}
