import { endpoints } from "../../shared/api/payments.ts";
import { readNotification } from "../channel/channel.ts";
import { bookTrade } from "../contributions/trades.ts";
import { http } from "../http.ts";
import { heardOfBack } from "./payback.ts";

/** POST /payments/notifications · 支付结果通知: books what was paid or paid back; the same again is answered and changes nothing. */
export const handler = http(endpoints["payments.notified"], async ({ message }) => {
  const news = await readNotification(message);
  if (news.kind === "payment") await bookTrade(news.trade);
  else await heardOfBack(news.refund);
  return { code: "SUCCESS" as const };
});
