import { describe, expect, test } from "vitest";
import { readBill } from "../../functions/channel/wechat-bill.ts";
import { text, yuan } from "../../shared/money.ts";
import { bothEnds, failed, failure, paid, payable, until } from "./wechat-local.ts";

describe("trade bill", () => {
  test("adds up to what was paid and refunded that day; a day without either has none", async () => {
    const at = await bothEnds();
    const [one, other] = [payable(undefined, "400.00"), payable(undefined, "0.01")];
    await paid(at, one);
    await paid(at, other);
    await at.client.openAsCode(payable());
    await at.client.refund({ refundNo: "R1", orderNo: one.orderNo, amount: yuan("150.50"), paid: one.total });
    await until(() => at.told.length === 3);
    expect(await failed(at.client.billOf("2025-11-20" as never))).toMatchObject({
      code: "STATEMENT_CREATING",
      retryable: true,
    });
    at.turn(24 * 60);
    at.turnChannel(24 * 60);
    const bill = await at.client.billOf("2025-11-20" as never);
    expect(bill && { ...bill, paid: text(bill.paid), refunded: text(bill.refunded) }).toMatchObject({
      paid: "400.01",
      refunded: "150.50",
      lines: [
        {
          kind: "payment",
          orderNo: one.orderNo,
          amount: 40_000,
          refundNo: null,
          at: Date.parse("2025-11-20T02:00:00Z"),
        },
        { kind: "payment", orderNo: other.orderNo, amount: 1 },
        { kind: "refund", orderNo: one.orderNo, amount: 15_050, refundNo: "R1" },
      ],
    });
    expect(await at.client.billOf("2025-11-19" as never)).toBeNull();
    at.stop();
  });
  test("bill file truncated or with a wrong hash", async () => {
    const at = await bothEnds({ billsAtOnce: true });
    await paid(at);
    const file = (change: (bytes: Buffer) => Buffer) => {
      at.underway = async (reply, url) =>
        url.pathname.endsWith("/file")
          ? new Response(new Uint8Array(change(Buffer.from(await reply.arrayBuffer()))))
          : reply;
      return failure(at.client.billOf("2025-11-20" as never));
    };
    expect(await file((bytes) => bytes)).toBe("");
    expect(await file((bytes) => bytes.subarray(0, -1))).toBe("bill");
    expect(await file((bytes) => Buffer.concat([bytes, Buffer.from("\n")]))).toBe("bill");
    expect(await file((bytes) => Buffer.from(bytes.toString().replaceAll("400.00", "900.00")))).toBe("bill");
    at.underway = (reply, url) => (url.pathname.endsWith("/file") ? new Response("", { status: 404 }) : reply);
    expect(await failure(at.client.billOf("2025-11-20" as never))).toBe("refused");
    at.stop();
  });
  test("the format as it is documented, read by column names", () => {
    // 下载对账单 (developers.weixin.qq.com): the published line, with its own summary's order of fields.
    const header =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注";
    const line =
      "`2022-03-21 13:51:31,`wxfdc955f7104ad557,`180023671,`176531292,`,`420000612032130748613220688,`2021WERUN1647840687637,`oZWaCKXip5njeEiloC4oeOV1TTsk,`JSAPI,`SUCCESS,`OTHERS,`CNY,`0.01,`0.00,`0,`0,`0.00,`0.00,`,`,`微信云托管支付测试,`,`0.00000,`0.90%,`0.01,`0.00,`";
    const sums = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
    const bill = (rows: string[]) => readBill(Buffer.from(rows.join("\r\n")), "180023671");
    const total = "`1,`0.01,`0.00,`0.00,`0.00000,`0.01,`0.00";
    expect(bill([header, line, sums, total]).lines).toEqual([
      {
        kind: "payment",
        at: Date.parse("2022-03-21T13:51:31+08:00"),
        orderNo: "2021WERUN1647840687637",
        transactionNo: "420000612032130748613220688",
        refundNo: null,
        channelNo: null,
        amount: 1,
      },
    ]);
    const named = line.replace("微信云托管支付测试", "参保,缴费");
    expect(bill([header, named, sums, total]).lines).toHaveLength(1);
    const broken = (rows: string[]) => failure(Promise.resolve().then(() => bill(rows)));
    return Promise.all([
      expect(broken([header, line, line, sums, total])).resolves.toBe("bill"),
      expect(broken([header, sums, total])).resolves.toBe("bill"),
      expect(broken([header, line, sums, total.replace("`0.01,`0.00", "`0.02,`0.00")])).resolves.toBe(""),
      expect(broken([header, line, sums, total.replace(/`0.01,`0.00$/, "`0.02,`0.00")])).resolves.toBe("bill"),
      expect(broken([header, line.replace("180023671", "180023672"), sums, total])).resolves.toBe("bill"),
      expect(broken([header, line, sums, total.replace("`1,", "`2,")])).resolves.toBe("bill"),
      expect(broken([header, line, sums, total.replace(/`0.00$/, "`0.01")])).resolves.toBe("bill"),
      expect(broken([header, line.replace("CNY", "USD"), sums, total])).resolves.toBe("bill"),
      expect(broken([header, line.slice(0, -2), sums, total])).resolves.toBe("bill"),
      expect(broken([header, line, sums])).resolves.toBe("bill"),
      expect(broken([])).resolves.toBe("bill"),
    ]);
  });
});
