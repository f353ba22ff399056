import { dayInShanghai } from "../../shared/day.ts";
import { text, type Yuan } from "../../shared/money.ts";
import type { Book } from "./book.ts";

const columns =
  "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
const sums = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";

const fen = (amount: number) => text(amount as Yuan);
const beijing = (at: number) => new Date(at + 8 * 3_600_000).toISOString().slice(0, 19).replace("T", " ");
const row = (values: readonly string[]) => values.map((value) => `\`${value}`).join(",");

/** 交易账单详细说明 (ALL) · a day's payments and accepted refunds in the channel's CSV; null where there were none. */
export function billFile(book: Book, day: string, { appid, mchid }: { appid: string; mchid: string }): string | null {
  const paid = Object.values(book.trades).filter((one) => one.paidAt !== null && dayInShanghai(one.paidAt) === day);
  const refunds = Object.values(book.refunds).filter((one) => dayInShanghai(one.at) === day);
  if (paid.length + refunds.length === 0) return null;
  const lineOf = (
    orderNo: string,
    at: number,
    money: { paid: number; refunded: number },
    refund: readonly string[],
  ) => {
    const trade = book.trades[orderNo]!;
    const { paid, refunded } = money;
    const state = refunded ? "REFUND" : "SUCCESS";
    const who = [
      appid,
      mchid,
      "0",
      "",
      trade.transactionNo!,
      orderNo,
      trade.openid,
      trade.kind,
      state,
      "OTHERS",
      "CNY",
    ];
    const [channelNo = "0", refundNo = "0", refundKind = "", refundState = ""] = refund;
    const moved = [fen(paid), "0.00", channelNo, refundNo, fen(refunded), "0.00", refundKind, refundState];
    const rest = [trade.description, "", "0.00000", "0.00%", fen(paid), fen(refunded), ""];
    return { at, line: row([beijing(at), ...who, ...moved, ...rest]) };
  };
  const lines = [
    ...paid.map((one) => lineOf(one.orderNo, one.paidAt!, { paid: one.total, refunded: 0 }, [])),
    ...refunds.map((one) => {
      const state = one.succeededAt === null ? "PROCESSING" : "SUCCESS";
      const refund = [one.channelNo, one.refundNo, "ORIGINAL", state];
      return lineOf(one.orderNo, one.at, { paid: 0, refunded: one.amount }, refund);
    }),
  ].sort((a, b) => a.at - b.at);
  const total = fen(paid.reduce((sum, one) => sum + one.total, 0));
  const refunded = fen(refunds.reduce((sum, one) => sum + one.amount, 0));
  const summary = row([String(lines.length), total, refunded, "0.00", "0.00000", total, refunded]);
  return `\uFEFF${[columns, ...lines.map(({ line }) => line), sums, summary].join("\r\n")}\r\n`;
}
