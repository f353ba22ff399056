import { createHash } from "node:crypto";
import { plus, type Yuan, yuan, zero } from "../../shared/money.ts";
import { WeChatPayError } from "./wechat-sign.ts";

/** 交易账单的一行 · a payment, or a refund when it was accepted. */
export interface BillLine {
  readonly kind: "payment" | "refund";
  /** Milliseconds: when it was paid, or when the refund was accepted. */
  readonly at: number;
  readonly orderNo: string;
  readonly transactionNo: string;
  /** Our number of the refund, and the channel's. */
  readonly refundNo: string | null;
  readonly channelNo: string | null;
  readonly amount: Yuan;
}

/** 交易账单 · one day's lines, and what the bill itself says they add up to. */
export interface Bill {
  readonly lines: readonly BillLine[];
  readonly paid: Yuan;
  readonly refunded: Yuan;
}

const broken = (why: string, cause?: unknown) => new WeChatPayError("bill", why, { retryable: true, cause });

/** 下载账单 · throws unless these are the bytes that the signed reply announced. */
export function mustHash(file: Uint8Array, sha1: string): void {
  const found = createHash("sha1").update(file).digest("hex");
  if (found !== sha1.toLowerCase()) throw broken("the file is not the one that was announced");
}

/**
 * 交易账单详细说明 (ALL): reads a bill by the names of its columns, for one merchant. Throws unless every line is whole
 * and the summary at the end counts and adds up the same.
 */
export function readBill(file: Uint8Array, mchid: string): Bill {
  const rows = Buffer.from(file)
    .toString("utf8")
    .replace(/^\uFEFF/, "")
    .trimEnd()
    .split(/\r?\n/);
  const [header = "", ...details] = rows.slice(0, -2);
  const [summaryHeader = "", summary = ""] = rows.slice(-2);
  if (!summaryHeader.startsWith("总交易单数,")) throw broken("no summary at the end");
  try {
    const lines = details.map((row) => lineOf(record(header, row), mchid));
    const sums = record(summaryHeader, summary);
    const bill = { lines, paid: yuan(sums("订单总金额")), refunded: yuan(sums("申请退款总金额")) };
    const right =
      Number(sums("总交易单数")) === lines.length &&
      sum(lines, "payment") === bill.paid &&
      sum(lines, "refund") === bill.refunded;
    if (!right) throw broken("the summary is not the sum of the lines");
    return bill;
  } catch (error) {
    if (error instanceof WeChatPayError) throw error;
    throw broken("a line that cannot be read", error);
  }
}

const sum = (lines: readonly BillLine[], kind: BillLine["kind"]): Yuan =>
  lines.reduce<Yuan>((total, line) => (line.kind === kind ? plus(total, line.amount) : total), zero);

/** A row's values by column name; each value is led by a backtick, so a comma inside one does not part it. */
function record(header: string, row: string): (name: string) => string {
  const names = header.split(",");
  const values = row.startsWith("`") ? row.slice(1).split(",`") : [];
  if (values.length !== names.length) throw broken("a line that is not whole");
  const byName = new Map(names.map((name, i) => [name, values[i]!]));
  return (name) => {
    const value = byName.get(name);
    if (value === undefined) throw broken(`no column ${name}`);
    return value;
  };
}

function lineOf(value: (name: string) => string, mchid: string): BillLine {
  if (value("商户号") !== mchid) throw broken("a line of another merchant");
  if (value("货币种类") !== "CNY") throw broken("a line that is not in CNY");
  const kind = kinds.get(value("交易状态"));
  if (!kind) throw broken("a line that is neither a payment nor a refund");
  const refund = kind === "refund";
  return {
    kind,
    at: inBeijing(value("交易时间")),
    orderNo: value("商户订单号"),
    transactionNo: value("微信订单号"),
    refundNo: refund ? value("商户退款单号") : null,
    channelNo: refund ? value("微信退款单号") : null,
    amount: yuan(value(refund ? "申请退款金额" : "订单金额")),
  };
}

/** 交易状态; a third one, REVOKED, is of the codes that a cashier scans, which we do not use. */
const kinds = new Map<string, BillLine["kind"]>([
  ["SUCCESS", "payment"],
  ["REFUND", "refund"],
]);

function inBeijing(written: string): number {
  if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(written)) throw broken("a line without its time");
  return Date.parse(`${written.replace(" ", "T")}+08:00`);
}
