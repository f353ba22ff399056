import { afterEach, describe, expect, test, vi } from "vitest";
import { channel } from "../../functions/channel/channel.ts";
import { orderOf } from "../../functions/contributions/store.ts";
import { confirmOrder, openTrade } from "../../functions/contributions/trades.ts";
import { db } from "../../functions/db.ts";
import { handler as sweep } from "../../functions/payments/sweep.ts";
import { approve } from "../../functions/refunds/moves.ts";
import { refundOf } from "../../functions/refunds/store.ts";
import { type PayWay, tradeNoOf } from "../../shared/contribution/trade.ts";
import { yuan } from "../../shared/money.ts";
import { booksAgree, creditOf, debitOf, entriesFor } from "../world/books.ts";
import { crashAfter } from "../world/faults.ts";
import { made, opens } from "../world/opening.ts";
import { runs } from "../world/size.ts";

opens();
afterEach(() => booksAgree("370600"));

let requests = 0;
async function ordered() {
  const { call } = await made.signIn(await made.enlist());
  const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
  const body = { requestNo: `crash-${++requests}-order`, lines, expected: "400.00" };
  return (await call("contributions.order", { body })).orderNo;
}

/** Opens a payment as the handler does, and pays it at the gateway where it came so far. */
async function paid(orderNo: string, how: PayWay) {
  const order = await orderOf(orderNo);
  const { total, expiresBy } = order;
  await openTrade(order, how, (no) => {
    const payable = { orderNo: no, total, expiresBy };
    return how === "native" ? channel().openAsCode(payable) : channel().openInBrowser(payable, "10.0.0.1", "http://x/");
  });
  await made.channel.pay(tradeNoOf(orderNo, how), "pay-untold");
}

/** Sweeps, as hours pass, until nothing can be left; an hour between them. */
async function hoursLater(hours: number): Promise<void> {
  for (let hour = 1; hour <= hours; hour++) {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + hour * 3_600_000 });
    await sweep().finally(() => vi.useRealTimers());
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}

/**
 * Runs something that stops after 0, 1, 2 … requests, until it no longer stops; checks each time what came of it. Beside
 * everything else it stops at every third.
 */
async function everywhere<T>(
  prepare: () => Promise<T>,
  run: (of: T) => Promise<unknown>,
  check: (of: T) => Promise<void>,
) {
  let points = 0;
  for (let crashed = true; crashed; points += runs(1, 3)) {
    const subject = await prepare();
    const process = crashAfter(db, points);
    await run(subject).catch(() => {});
    crashed = process.crashed();
    process.restart();
    await hoursLater(4);
    await check(subject);
  }
  return points;
}

describe("a process that stops after any await", () => {
  test("while somebody pays in two ways: what was paid is booked once, the rest went back", async () => {
    const points = await everywhere(
      ordered,
      async (orderNo) => {
        await paid(orderNo, "h5");
        await paid(orderNo, "native");
        await confirmOrder(await orderOf(orderNo), true);
        await hoursLater(1);
      },
      async (orderNo) => {
        const taken = (["h5", "native"] as const).filter(
          (how) => made.channel.book.trades[tradeNoOf(orderNo, how)]?.transactionNo,
        ).length;
        const backs = Object.values(made.channel.book.refunds).filter((one) => one.orderNo.startsWith(orderNo));
        expect(backs).toHaveLength(Math.max(0, taken - 1));
        const { state, opened } = await orderOf(orderNo);
        expect(state).toBe(taken > 0 ? "booked" : opened ? "closed" : "awaiting-payment");
        const entries = await entriesFor("370600", [orderNo]);
        expect(creditOf(entries, "resident-basic.contribution-income")).toBe(taken > 0 ? yuan("400") : 0);
        const suspense = creditOf(entries, "resident-basic.suspense");
        expect([suspense, debitOf(entries, "resident-basic.suspense")]).toEqual([suspense, suspense]);
      },
    );
    expect(points).toBeGreaterThan(15);
  });

  test("while a refund is approved and paid: it is decided or not, and paid once where it is", async () => {
    const points = await everywhere(
      async () => {
        const orderNo = await ordered();
        await paid(orderNo, "h5");
        await confirmOrder(await orderOf(orderNo), true);
        const officer = await made.officer("crash-proposer", "370600", ["refunds"]);
        const { refundNo } = await officer("refunds-agency.propose", {
          body: { orderNo, line: 0, reason: "enlisted" },
        });
        return { orderNo, refundNo };
      },
      async ({ refundNo }) => {
        await approve(refundNo, { hand: "officer", no: "crash-decider", name: "审核" }, "情况属实");
        await hoursLater(2);
      },
      async ({ orderNo, refundNo }) => {
        const { state } = await refundOf(refundNo);
        expect(["requested", "refunded"]).toContain(state);
        const backs = Object.values(made.channel.book.refunds).filter((one) => one.orderNo.startsWith(orderNo));
        expect(backs).toHaveLength(state === "refunded" ? 1 : 0);
        expect((await orderOf(orderNo)).state).toBe(state === "refunded" ? "refunded" : "booked");
        const entries = await entriesFor("370600", [orderNo]);
        const payable = creditOf(entries, "resident-basic.refund-payable");
        expect([payable, debitOf(entries, "resident-basic.refund-payable")]).toEqual([payable, payable]);
      },
    );
    expect(points).toBeGreaterThan(8);
  });
});
