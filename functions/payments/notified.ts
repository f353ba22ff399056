import { endpoints } from "../../shared/api/endpoints.ts";
import { bookOrder } from "../contributions/store.ts";
import { http } from "../http.ts";
import { verifyNotice } from "./channel.ts";

/** POST /payments/notifications · 支付结果通知: books what was paid; the same notice again is answered and changes nothing. */
export const handler = http(endpoints["payments.notified"], async ({ body }) => {
  verifyNotice(body);
  await bookOrder(body.orderNo, body);
  return { code: "SUCCESS" as const };
});
