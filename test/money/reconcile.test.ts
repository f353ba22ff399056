import { afterEach, describe, expect, test, vi } from "vitest";
import { bookOrder } from "../../functions/contributions/booking.ts";
import { orderOf } from "../../functions/contributions/store.ts";
import { suspenseOf } from "../../functions/contributions/suspense.ts";
import { reconcile } from "../../functions/payments/reconcile.ts";
import { handler as sweep } from "../../functions/payments/sweep.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import { addDays, dayInShanghai } from "../../shared/day.ts";
import { booksAgree } from "../world/books.ts";
import { made, opens } from "../world/opening.ts";
import { eventually } from "../world/patience.ts";

opens();
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  await booksAgree("370600");
});

const start = dayInShanghai(Date.now());
let days = 0;
/** Each test has a day of its own, by everybody's wall clock. */
function nextDay() {
  days += 1;
  const day = addDays(start, days * 2);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(`${day}T12:00:00+08:00`) });
  return day;
}

/** An order that somebody paid at the channel, and of which nobody told us. */
async function paidUntold() {
  const { call } = await made.signIn(await made.enlist());
  const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
  const body = { requestNo: `reconcile-${Math.random()}`.replace(".", "-"), lines, expected: "400.00" };
  const { orderNo } = await call("contributions.order", { body });
  await call("contributions.pay", { params: { orderNo }, body: { how: "h5" } });
  const tradeNo = tradeNoOf(orderNo, "h5");
  await made.channel.pay(tradeNo, "pay-untold");
  const state = async () => (await orderOf(orderNo)).state;
  return { call, orderNo, tradeNo, state, trade: made.channel.book.trades[tradeNo]! };
}

describe("the day's bill", () => {
  test("a payment that only the bill has is booked as if it had been told, once", async () => {
    const day = nextDay();
    const [untold, known] = [await paidUntold(), await paidUntold()];
    await known.call("contributions.confirm", { params: { orderNo: known.orderNo }, body: { paid: true } });
    const done = await reconcile(day);
    expect(done).toMatchObject({ lines: 2, foundMissing: 1, differences: 0, paid: 80_000, refunded: 0 });
    expect(await untold.state()).toBe("booked");
    expect(await reconcile(day)).toBeNull();
  });

  test("a refund whose result nobody told is recorded", async () => {
    const day = nextDay();
    const { orderNo, trade, tradeNo } = await paidUntold();
    await bookOrder(orderNo, {
      transactionNo: "CASH-BEFORE",
      tradeNo: null,
      amount: 40_000 as never,
      paidAt: 0,
      carrier: "cash",
    });
    await made.tell(made.notice(orderNo, "400.00", trade.transactionNo!));
    await sweep();
    await eventually(() => {
      expect(Object.values(made.channel.book.refunds).find((one) => one.orderNo === tradeNo)?.succeededAt).toBeTruthy();
    });
    const done = await reconcile(day);
    expect(done).toMatchObject({ lines: 2, foundMissing: 0, differences: 0, paid: 40_000, refunded: 40_000 });
    expect((await suspenseOf(trade.transactionNo!)).state).toBe("returned");
  });

  test("what differs is listed for the finance officers of the area that runs the account", async () => {
    const day = nextDay();
    const finance = await made.officer("reconcile-finance", "370600", ["finance"]);
    const elsewhere = await made.officer("reconcile-other", "511300", ["finance"]);
    const { orderNo, trade } = await paidUntold();
    await bookOrder(orderNo, {
      transactionNo: trade.transactionNo!,
      tradeNo: trade.orderNo,
      amount: 39_999 as never,
      paidAt: Date.now(),
      carrier: "wechat",
    });
    const only = await paidUntold();
    await made.tell(made.notice(only.orderNo, "400.00", "NOT-IN-BILL"));
    made.channel.book.refunds.byHand = {
      refundNo: "made-on-the-platform",
      channelNo: "50300000000000000001",
      orderNo: trade.orderNo,
      amount: 100,
      notifyUrl: null,
      at: Date.now(),
      succeededAt: Date.now(),
    };
    expect(await reconcile(day)).toMatchObject({ differences: 3 });
    vi.setSystemTime(Date.parse(`${addDays(day, 1)}T12:00:00+08:00`));
    const token = await made.issuer.token("reconcile-finance");
    const { days: told, differences } = await made.as(token)("payments.differences");
    expect(told[0]).toMatchObject({ day, differences: 3 });
    expect(differences.map(({ kind, ours, theirs }) => [kind, ours, theirs]).sort()).toEqual([
      ["payment-amount", "399.99", "400.00"],
      ["payment-not-in-bill", "400.00", null],
      ["refund-unknown", null, "1.00"],
    ]);
    vi.useRealTimers();
    expect((await elsewhere("payments.differences")).differences).toEqual([]);
    expect(finance).toBeDefined();
  });

  test("bill file truncated or with a wrong hash: refused, nothing is kept, the next run does it", async () => {
    const day = nextDay();
    const { state } = await paidUntold();
    const really = globalThis.fetch;
    const broken = (change: (file: string) => string) =>
      vi.spyOn(globalThis, "fetch").mockImplementation(async (...asked) => {
        const reply = await really(...asked);
        if (!String(asked[0]).includes("billdownload")) return reply;
        return new Response(change(await reply.text()), { status: 200 });
      });
    for (const change of [(file: string) => file.slice(0, -40), (file: string) => file.replace("400.00", "400.01")]) {
      broken(change);
      await expect(reconcile(day)).rejects.toMatchObject({ failure: "bill" });
      vi.restoreAllMocks();
    }
    expect(await state()).toBe("awaiting-payment");
    expect(await reconcile(day)).toMatchObject({ foundMissing: 1 });
    expect(await state()).toBe("booked");
  });
});
