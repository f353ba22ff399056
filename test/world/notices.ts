import { randomUUID } from "node:crypto";
import { rfc3339 } from "../../functions/channel/wechat.ts";
import { newNonce, seal, signature } from "../../functions/channel/wechat-sign.ts";
import { config } from "../../functions/config.ts";
import { weChatPayFolder } from "../../local/environment.ts";
import { openKeys } from "../../local/wechat/book.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import { yuan } from "../../shared/money.ts";

/** A notification on its way: headers and the bytes that they vouch for. */
export interface Notice {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The keys of the local channel: what a test may sign with, as WeChat Pay would. */
export const channelKeys = () => openKeys(weChatPayFolder, new Date());

/** A body that WeChat Pay signed at a time. */
export function signed(body: string, at = Date.now(), { id, key } = channelKeys().publicKey): Notice {
  const [timestamp, nonce] = [String(Math.floor(at / 1000)), newNonce()];
  return {
    body,
    headers: {
      "wechatpay-serial": id,
      "wechatpay-timestamp": timestamp,
      "wechatpay-nonce": nonce,
      "wechatpay-signature": signature(key, timestamp, nonce, body),
    },
  };
}

/** The envelope of a notification, sealed with the APIv3 key. */
export const sealed = (event: string, content: object, apiV3Key = channelKeys().kept.apiV3Key): string =>
  JSON.stringify({
    id: randomUUID(),
    create_time: rfc3339(Date.now()),
    event_type: event,
    resource_type: "encrypt-resource",
    resource: seal(apiV3Key, JSON.stringify(content), "transaction"),
  });

let numbers = 0;

/** What WeChat Pay says of a paid trade, as it spells it. */
export const tradeSaid = (orderNo: string, amount: string, transactionNo = `T${++numbers}${Date.now()}`) => ({
  appid: config.weChatPay().appid,
  mchid: config.weChatPay().mchid,
  out_trade_no: tradeNoOf(orderNo, "h5"),
  trade_state: "SUCCESS",
  transaction_id: transactionNo,
  success_time: rfc3339(Date.now()),
  amount: { total: yuan(amount) as number, currency: "CNY" },
});

/** 支付成功通知 of an order, signed and sealed. */
export const paidNotice = (orderNo: string, amount: string, transactionNo?: string): Notice =>
  signed(sealed("TRANSACTION.SUCCESS", tradeSaid(orderNo, amount, transactionNo)));
