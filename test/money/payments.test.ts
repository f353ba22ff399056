import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { moveOrder, orderOf } from "../../functions/contributions/store.ts";
import { suspenseOf } from "../../functions/contributions/suspense.ts";
import { db } from "../../functions/db.ts";
import { handler as sweep } from "../../functions/payments/sweep.ts";
import type { Resident } from "../../local/county/people.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import { yuan } from "../../shared/money.ts";
import { booksAgree, creditOf, debitOf, entriesFor } from "../world/books.ts";
import { injectFaults } from "../world/faults.ts";
import { agreedBy } from "../world/hands.ts";
import { channelKeys, paidNotice, sealed, signed, tradeSaid } from "../world/notices.ts";
import { made, opens } from "../world/opening.ts";
import { eventually } from "../world/patience.ts";
import { refusal } from "../world/world.ts";

opens();
afterEach(async () => {
  vi.useRealTimers();
  await booksAgree("370600");
});

let requests = 0;
const other = ({ name, identityNumber }: Resident) => ({
  whom: { who: "other" as const, name, identityNumber },
  benefitYear: 2026,
});

/** An order of a payer of its own for somebody, and the payer's calls. */
async function ordered(person?: Resident) {
  const { call, refreshToken } = await made.signIn(await made.enlist());
  const lines = [other(person ?? (await made.enlist()))];
  const body = { requestNo: `payments-${++requests}`, lines, expected: "400.00" };
  const { orderNo } = await call("contributions.order", { body });
  const params = { orderNo };
  return {
    orderNo,
    call,
    refreshToken,
    tradeNo: tradeNoOf(orderNo, "h5"),
    open: (how: "h5" | "native" = "h5") => call("contributions.pay", { params, body: { how } }),
    confirm: (paid = true) => call("contributions.confirm", { params, body: { paid } }),
    close: () => call("contributions.close", { params }),
    state: async () => (await call("contributions.order-state", { params })).state,
  };
}

/** The channel does not answer while something runs. */
async function cutOff(run: () => Promise<unknown>): Promise<void> {
  const origin = process.env.WECHAT_PAY_ORIGIN;
  process.env.WECHAT_PAY_ORIGIN = "http://127.0.0.1:9/";
  try {
    await run();
  } finally {
    process.env.WECHAT_PAY_ORIGIN = origin;
  }
}

/** So many minutes later by the wall clock. */
const later = (minutes: number) => vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });

/** Sweeps until nothing is due any more. */
async function swept(minutes = 2): Promise<void> {
  later(minutes);
  await sweep();
  await new Promise((resolve) => setTimeout(resolve, 40));
  later(minutes);
  await sweep();
  vi.useRealTimers();
}

const suspendedOf = async (orderNo: string) =>
  creditOf(await entriesFor("370600", [orderNo]), "resident-basic.suspense");

describe("notifications that are refused", () => {
  test("forged notification", async () => {
    const order = await ordered();
    const notice = made.notice(order.orderNo, "400.00");
    const cheaper = made.notice(order.orderNo, "0.01");
    const stranger = signed(notice.body, Date.now(), { ...channelKeys().publicKey, id: "PUB_KEY_ID_0000" });
    for (const forged of [
      { ...notice, body: cheaper.body },
      { ...notice, headers: {} },
      { ...notice, headers: { ...notice.headers, "wechatpay-nonce": "another" } },
      stranger,
    ]) {
      expect(await refusal(made.tell(forged))).toBe("FAIL");
    }
    expect(await order.state()).toBe("awaiting-payment");
  });

  test("stale notification", async () => {
    const order = await ordered();
    const body = sealed("TRANSACTION.SUCCESS", tradeSaid(order.orderNo, "400.00"));
    for (const minutes of [-6, 6]) {
      const told = made.tell(signed(body, Date.now() + minutes * 60_000));
      await expect(told).rejects.toMatchObject({ code: "FAIL", status: 401 });
    }
    expect(await order.state()).toBe("awaiting-payment");
    await made.tell(signed(body, Date.now() - 4 * 60_000));
    expect(await order.state()).toBe("booked");
  });

  test("re-encrypted notification", async () => {
    const order = await ordered();
    const content = tradeSaid(order.orderNo, "400.00");
    // Signed as it should be, but sealed with a key that is not ours, or moved from one kind of notice to another.
    const foreign = signed(sealed("TRANSACTION.SUCCESS", content, "0123456789abcdef0123456789abcdef"));
    expect(await refusal(made.tell(foreign))).toBe("FAIL");
    expect(await refusal(made.tell(signed(sealed("REFUND.SUCCESS", content))))).toBe("FAIL");
    expect(await order.state()).toBe("awaiting-payment");
  });

  test("amount, currency or merchant changed", async () => {
    const order = await ordered();
    const content = tradeSaid(order.orderNo, "400.00");
    for (const changed of [
      { ...content, mchid: "1900000002" },
      { ...content, appid: "wx1111111111111111" },
      { ...content, amount: { ...content.amount, currency: "USD" } },
      { ...content, trade_state: "NOTPAY" },
    ]) {
      expect(await refusal(made.tell(signed(sealed("TRANSACTION.SUCCESS", changed))))).toBe("FAIL");
    }
    expect(await order.state()).toBe("awaiting-payment");
    // Another amount, truly paid, is no order's: all of it lies in suspense.
    await made.tell(paidNotice(order.orderNo, "399.99"));
    expect(await order.state()).toBe("suspended");
    expect(await suspendedOf(order.orderNo)).toBe(yuan("399.99"));
  });
});

describe("notifications that change nothing, or that come at a bad time", () => {
  test("replayed notification", async () => {
    const order = await ordered();
    const notice = made.notice(order.orderNo, "400.00");
    await made.tell(notice);
    expect(await Promise.all([made.tell(notice), made.tell(notice)])).toEqual([
      { code: "SUCCESS" },
      { code: "SUCCESS" },
    ]);
    expect(await entriesFor("370600", [order.orderNo])).toHaveLength(1);
    expect(await suspendedOf(order.orderNo)).toBe(0);
  });

  test("notification for an unknown, closed, refunded order", async () => {
    const finance = await made.officer("suspense-finance", "370600", ["finance"]);
    await made.tell(made.notice("20251120NOSUCHORDER00000", "400.00", "UNKNOWN-1"));
    expect(await suspenseOf("UNKNOWN-1")).toMatchObject({ why: "unknown-order", owner: "finance", state: "held" });
    const { items } = await finance("payments.suspense");
    expect(items.find((one) => one.suspenseNo === "UNKNOWN-1")).toMatchObject({ amount: "400.00", orderNo: null });

    const closed = await ordered();
    await closed.close();
    await made.tell(made.notice(closed.orderNo, "400.00", "CLOSED-1"));
    expect(await closed.state()).toBe("suspended");
    expect(await suspenseOf("CLOSED-1")).toMatchObject({ why: "order-closed", owner: "system" });

    const refunded = await ordered();
    await made.tell(made.notice(refunded.orderNo, "400.00"));
    const [one, two] = await Promise.all(["1", "2"].map((n) => made.officer(`notice-${n}`, "370611", ["refunds"])));
    const wish = { orderNo: refunded.orderNo, line: 0, reason: "double-payment" as const };
    const { refundNo } = await one!("refunds-agency.propose", { body: wish });
    await two!("refunds-agency.decide", { params: { refundNo }, body: { approve: true, reason: "情况属实" } });
    await made.tell(made.notice(refunded.orderNo, "400.00", "REFUNDED-1"));
    expect(await refunded.state()).toBe("refunded");
    expect(await suspenseOf("REFUNDED-1")).toMatchObject({ why: "paid-again", owner: "system" });
  });

  test("notification before the order call returned", async () => {
    const order = await ordered();
    // The channel is paid and tells, while our own call that opened the payment has not been answered yet.
    await made.tell(made.notice(order.orderNo, "400.00"));
    expect(await refusal(order.open())).toBe("order-not-payable");
    expect(await order.state()).toBe("booked");
  });
});

describe("a payment through the channel", () => {
  test("is told by the channel and books the order; the cashier leads back", async () => {
    const order = await ordered();
    const opened = await order.open();
    expect(opened).toMatchObject({ how: "h5", page: expect.stringContaining("redirect_url=") });
    await made.channel.pay(order.tradeNo);
    await eventually(async () => expect(await order.state()).toBe("booked"));
  });

  test("that nobody told us of is found by asking, and by the sweep", async () => {
    const [asked, waited] = [await ordered(), await ordered()];
    for (const one of [asked, waited]) {
      await one.open();
      await made.channel.pay(one.tradeNo, "pay-untold");
    }
    expect((await asked.confirm()).state).toBe("booked");
    await swept();
    expect(await waited.state()).toBe("booked");
  });

  test("that the phone says it made waits as such until the channel can be asked", async () => {
    const [paid, unpaid, idle] = [await ordered(), await ordered(), await ordered()];
    for (const one of [paid, unpaid, idle]) await one.open();
    await made.channel.pay(paid.tradeNo, "pay-untold");
    await cutOff(async () => {
      expect((await paid.confirm()).state).toBe("confirming");
      expect((await unpaid.confirm()).state).toBe("confirming");
      expect((await idle.confirm(false)).state).toBe("awaiting-payment");
      expect(await refusal(unpaid.open())).toBe("order-not-payable");
      expect(await refusal(unpaid.close())).toBe("channel-unreachable");
    });
    expect((await paid.confirm()).state).toBe("booked");
    expect((await unpaid.confirm()).state).toBe("awaiting-payment");
  });

  test("by an account without WeChat is not opened inside WeChat", async () => {
    const { call } = await made.signIn(await made.enlist());
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    const body = { requestNo: "no-wechat-1", lines, expected: "400.00" };
    const { orderNo } = await call("contributions.order", { body });
    const asked = { params: { orderNo }, body: { how: "jsapi" as const } };
    expect(await refusal(call("contributions.pay", asked))).toBe("wechat-needed");
  });

  test("in two ways at once is booked once, the other sum goes back by itself", async () => {
    const order = await ordered();
    await order.open("h5");
    await order.open("native");
    await made.channel.pay(tradeNoOf(order.orderNo, "h5"), "pay-untold");
    await made.channel.pay(tradeNoOf(order.orderNo, "native"), "pay-untold");
    expect((await order.confirm()).state).toBe("booked");
    expect(await suspendedOf(order.orderNo)).toBe(yuan("400"));
    await swept();
    await eventually(async () => {
      const entries = await entriesFor("370600", [order.orderNo]);
      expect(debitOf(entries, "resident-basic.suspense")).toBe(yuan("400"));
    });
    const refunds = Object.values(made.channel.book.refunds).filter((one) => one.orderNo.startsWith(order.orderNo));
    expect(refunds.map(({ amount }) => amount)).toEqual([40_000]);
    expect(await order.state()).toBe("booked");
  });
});

describe("closing and expiry", () => {
  test("an expired order is closed at the channel first; what was paid meanwhile is booked", async () => {
    const [unpaid, paid] = [await ordered(), await ordered()];
    for (const one of [unpaid, paid]) await one.open();
    await made.channel.pay(paid.tradeNo, "pay-untold");
    expect(await refusal(paid.close())).toBe("order-not-payable");
    later(32);
    await sweep();
    vi.useRealTimers();
    expect(made.channel.book.trades[unpaid.tradeNo]?.state).toBe("CLOSED");
    const states = await Promise.all([unpaid, paid].map(async ({ orderNo }) => (await orderOf(orderNo)).state));
    expect(states).toEqual(["closed", "booked"]);
  });

  test("the money of a closed order goes back by itself, whoever tells that it did", async () => {
    const order = await ordered();
    await order.open();
    await made.channel.pay(order.tradeNo, "pay-untold");
    const trade = made.channel.book.trades[order.tradeNo]!;
    // Closed by us as if the channel had said that nobody paid, then the notice comes a day late.
    await moveOrder(await orderOf(order.orderNo), "close");
    await made.tell(made.notice(order.orderNo, "400.00", trade.transactionNo!));
    expect(await order.state()).toBe("suspended");
    await swept();
    await eventually(async () => expect(await order.state()).toBe("returned"));
    expect((await suspenseOf(trade.transactionNo!)).state).toBe("returned");
  });

  test("what the channel will not pay back has an owner and is told to the finance officers", async () => {
    const order = await ordered();
    await order.close();
    // The channel knows no such trade: it refuses, signed and for good.
    await made.tell(made.notice(order.orderNo, "400.00", "NOT-AT-CHANNEL"));
    await swept();
    expect(await suspenseOf("NOT-AT-CHANNEL")).toMatchObject({ state: "failed", owner: "finance", failure: "refused" });
    const finance = await made.officer("stuck-finance", "370600", ["finance"]);
    const { items } = await finance("payments.suspense");
    expect(items.find((one) => one.suspenseNo === "NOT-AT-CHANNEL")).toMatchObject({
      owner: "finance",
      state: "failed",
    });
    const other = await made.officer("stuck-finance-2", "370600", ["finance"]);
    await finance("payments.return", { params: { suspenseNo: "NOT-AT-CHANNEL" } }).then(agreedBy(other));
    expect(await suspenseOf("NOT-AT-CHANNEL")).toMatchObject({ state: "held", owner: "system", attempt: 2 });
    await swept();
    expect((await suspenseOf("NOT-AT-CHANNEL")).state).toBe("failed");
    const county = await made.officer("county-suspense", "370611", ["finance"]);
    expect(await refusal(county("payments.suspense"))).toBe("outside-area");
  });
});

describe("races, lost replies and crashes", () => {
  test("notification × query × expiry: one booking, nothing in suspense", async () => {
    for (let i = 0; i < 5; i++) {
      const order = await ordered();
      await order.open();
      await made.channel.pay(order.tradeNo, "pay-untold");
      const { transactionNo } = made.channel.book.trades[order.tradeNo]!;
      later(32);
      const notice = made.notice(order.orderNo, "400.00", transactionNo!);
      await Promise.all([made.tell(notice), sweep(), sweep(), made.tell(notice)]);
      vi.useRealTimers();
      expect(await order.state()).toBe("booked");
      expect(await entriesFor("370600", [order.orderNo])).toHaveLength(1);
    }
  });

  test("pay × close: the order is closed at the channel too, or the payment is refused", async () => {
    for (let i = 0; i < 5; i++) {
      const order = await ordered();
      const [opened, closed] = await Promise.all([refusal(order.open()), refusal(order.close())]);
      const trade = made.channel.book.trades[order.tradeNo];
      if ((await order.state()) === "closed") expect(trade?.state ?? "CLOSED").toBe("CLOSED");
      else expect([opened, closed]).toEqual(["", expect.any(String)]);
    }
  });

  test("pay × close: closed while the channel was being asked, the payment is closed there and not handed out", async () => {
    const order = await ordered();
    const really = globalThis.fetch;
    vi.spyOn(globalThis, "fetch").mockImplementation(async (...asked) => {
      if (String(asked[0]).endsWith("transactions/h5")) await order.close();
      return really(...asked);
    });
    onTestFinished(() => void vi.restoreAllMocks());
    expect(await refusal(order.open())).toBe("order-not-payable");
    expect(await order.state()).toBe("closed");
    expect(made.channel.book.trades[order.tradeNo]?.state).toBe("CLOSED");
  });

  test.each(["one", "two", "three"])("in bad weather every fen is booked once or goes back once: %s", async (seed) => {
    const person = await made.enlist();
    const orders = await Promise.all(Array.from({ length: 6 }, () => ordered(person)));
    for (const order of orders) {
      await order.open();
      await made.channel.pay(order.tradeNo, "pay-untold");
    }
    const weather = injectFaults(
      db,
      { conflict: 0.2, throttle: 0.05, lostReply: 0.2, duplicate: 0.1, reorder: 0.2 },
      seed,
    );
    onTestFinished(() => void weather.stop());
    for (let i = 0; i < 3; i++) {
      await Promise.all([
        ...orders.map((order) => refusal(order.confirm()).catch(() => "fault")),
        sweep().catch(() => null),
      ]);
      later(2 * (i + 1));
      await sweep().catch(() => null);
      vi.useRealTimers();
    }
    weather.stop();
    for (let i = 0; i < 6; i++) await swept(70 * (i + 1));
    const states = await Promise.all(orders.map((order) => orderOf(order.orderNo)));
    expect(states.map(({ state }) => state).sort()).toEqual(["booked", ...Array(5).fill("returned")]);
    const numbers = orders.map(({ orderNo }) => orderNo);
    const entries = await entriesFor("370600", numbers);
    expect(creditOf(entries, "resident-basic.contribution-income")).toBe(yuan("400"));
    expect(debitOf(entries, "resident-basic.suspense")).toBe(yuan("2000"));
    const refunds = Object.values(made.channel.book.refunds).filter((one) =>
      numbers.includes(one.orderNo.slice(0, -1)),
    );
    expect(refunds).toHaveLength(5);
    expect(config.collectingArea()).toBe("370600");
  });

  test("sweep × sweep: nothing is paid back twice", async () => {
    const order = await ordered();
    await order.open("h5");
    await order.open("native");
    for (const how of ["h5", "native"] as const) await made.channel.pay(tradeNoOf(order.orderNo, how), "pay-untold");
    await order.confirm();
    later(2);
    await Promise.all([sweep(), sweep(), sweep()]);
    vi.useRealTimers();
    await swept();
    const refunds = Object.values(made.channel.book.refunds).filter((one) => one.orderNo.startsWith(order.orderNo));
    expect(refunds).toHaveLength(1);
  });
});
