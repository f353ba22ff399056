import { afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { orderOf } from "../../functions/contributions/store.ts";
import { suspenseOf } from "../../functions/contributions/suspense.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { booksAgree, cashInSuspense, creditOf, debitOf, entriesFor } from "../world/books.ts";
import { agreedBy } from "../world/hands.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

let counter: Call;
opens();
beforeAll(async () => {
  counter = await made.officer("cash-counter", "370611001", ["counter"]);
});
afterEach(() => booksAgree("370600"));

let numbers = 0;
const seen = "identity-card" as const;
const take = (people: readonly Resident[], expected: string, requestNo = `cash-order-${++numbers}`, call = counter) =>
  call("counter.order", {
    body: { requestNo, lines: people.map(({ personNo }) => ({ personNo, benefitYear: 2026 })), expected, seen },
  });

describe("cash at a counter", () => {
  test("is booked at once, with its collector, on an account of its own", async () => {
    const [aged, poor] = [
      await made.enlist(),
      await made.enlist({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] }),
    ];
    const order = await take([aged, poor], "400.00");
    expect(order).toMatchObject({ state: "booked", total: "400.00" });
    expect(await orderOf(order.orderNo)).toMatchObject({
      collector: { officerNo: "cash-counter", unit: "370611001" },
      paidBy: { carrier: "cash", tradeNo: null, amount: yuan("400") },
    });
    const entries = await entriesFor("370600", [order.orderNo]);
    expect(debitOf(entries, "resident-basic.counter-receivable")).toBe(yuan("400"));
    expect(debitOf(entries, "resident-basic.channel-receivable")).toBe(0);
    expect(creditOf(entries, "resident-basic.subsidised-income")).toBe(yuan("400"));
  });

  test("the same request again is answered with the same order; another sum or person is refused", async () => {
    const person = await made.enlist();
    expect(await refusal(take([person], "399.99"))).toBe("price-changed");
    const [a, b] = await Promise.all([
      take([person], "400.00", "cash-same-1"),
      take([person], "400.00", "cash-same-1"),
    ]);
    expect([a.orderNo, a.state, b.state]).toEqual([b.orderNo, "booked", "booked"]);
    expect(await entriesFor("370600", [a.orderNo])).toHaveLength(1);
    expect(await refusal(take([person], "800.00", "cash-same-1"))).toBe("request-reused");
    expect(await refusal(take([person], "400.00"))).toBe("already-enrolled");
    const outside = await made.enlist({ village: "370682001201" });
    expect(await refusal(take([outside], "400.00"))).toBe("person-not-found");
    const gone = await made.enlist({ diedOn: day("2025-06-01") });
    expect(await refusal(take([gone], "400.00"))).toBe("deceased");
  });

  test("that could not be booked is given back over the counter", async () => {
    const person = await made.enlist();
    const first = await take([person], "400.00");
    const orderNo = await cashInSuspense(first.orderNo, async () => {});
    expect(await suspenseOf(`CASH-${orderNo}`)).toMatchObject({ owner: "counter", why: "enrolled-already" });
    const params = { orderNo };
    const elsewhere = await made.officer("cash-elsewhere", "370682", ["counter"]);
    expect(await refusal(elsewhere("counter.give-back", { params, body: { seen } }))).toBe("not-found");
    expect(await counter("counter.give-back", { params, body: { seen } })).toEqual({ amount: "400.00" });
    await counter("counter.give-back", { params, body: { seen } });
    expect((await orderOf(orderNo)).state).toBe("returned");
    const entries = await entriesFor("370600", [orderNo]);
    expect(creditOf(entries, "resident-basic.counter-receivable")).toBe(yuan("400"));
    expect(debitOf(entries, "resident-basic.suspense")).toBe(yuan("400"));
  });

  test("that is refunded waits until the counter paid it out", async () => {
    const order = await take([await made.enlist()], "400.00");
    const proposer = await made.officer("cash-proposer", "370611001", ["refunds"]);
    const decider = await made.officer("cash-decider", "370611001", ["refunds"]);
    const wish = { orderNo: order.orderNo, line: 0, reason: "death" as const };
    const { refundNo } = await proposer("refunds-agency.propose", { body: wish });
    const params = { refundNo };
    expect(await refusal(counter("counter.pay-out", { params, body: { seen } }))).toBe("refund-not-possible");
    await decider("refunds-agency.decide", { params, body: { approve: true, reason: "死亡证明已核" } });
    const { refunds } = await counter("refunds-agency.worklist", { query: { unit: "370611001" } });
    expect(refunds).toMatchObject([{ refundNo, state: "approved", carrier: "cash" }]);
    const paid = await Promise.all([1, 2].map(() => counter("counter.pay-out", { params, body: { seen } })));
    expect(paid.map(({ state }) => state)).toEqual(["refunded", "refunded"]);
    const entries = await entriesFor("370600", [order.orderNo]);
    expect(creditOf(entries, "resident-basic.counter-receivable")).toBe(yuan("400"));
    expect(debitOf(entries, "resident-basic.refund-payable")).toBe(yuan("400"));
  });
});

const taken = { open: true, sentence: null };
const switchOf = async (area: string) =>
  (await made.anyone("about.today")).areas.find(({ code }) => code === area)?.payments;

describe("the switch", () => {
  test("closed, nothing new is taken and everybody reads why; money on its way is still booked", async () => {
    const finance = await made.officer("switch-finance", "370600", ["finance"]);
    const { call } = await made.signIn(await made.enlist());
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    const order = (requestNo: string) =>
      call("contributions.order", { body: { requestNo, lines, expected: "400.00" } });
    const { orderNo } = await order("before-closing");
    expect(await switchOf("370600")).toEqual({ open: true, sentence: null });

    const sentence = "系统升级，今天20点恢复缴费";
    await finance("payments.switch", { body: { open: false, sentence } });
    expect(await switchOf("370600")).toEqual({ open: false, sentence });
    await expect(order("after-closing")).rejects.toMatchObject({
      code: "payments-closed",
      message: expect.stringContaining(sentence),
    });
    const paying = { params: { orderNo }, body: { how: "h5" as const } };
    expect(await refusal(call("contributions.pay", paying))).toBe("payments-closed");
    expect(await refusal(take([await made.enlist()], "400.00"))).toBe("payments-closed");
    expect((await order("before-closing")).orderNo).toBe(orderNo);
    await made.tell(made.notice(orderNo, "400.00"));
    expect((await call("contributions.order-state", { params: { orderNo } })).state).toBe("booked");

    await finance("payments.switch", { body: { open: true, sentence: "恢复缴费" } });
    expect(await switchOf("370600")).toEqual({ open: true, sentence: null });
    const county = await made.officer("switch-county", "370611", ["finance"]);
    expect(await refusal(county("payments.switch", { body: { open: false, sentence } }))).toBe("outside-area");
  });

  test("another area's switch stops nobody here, and its sentence is read by nobody here", async () => {
    const haiyuan = await made.officer("switch-haiyuan", "640522", ["finance"]);
    const sentence = "由海原县暂停，请等通知";
    await haiyuan("payments.switch", { body: { open: false, sentence } });
    expect([await switchOf("640522"), await switchOf("370600")]).toEqual([{ open: false, sentence }, taken]);
    expect((await made.anyone("about.today")).payments).toEqual(taken);
    const { call } = await made.signIn(await made.enlist());
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    expect(
      (await call("contributions.order", { body: { requestNo: "beside-closed", lines, expected: "400.00" } })).state,
    ).toBe("awaiting-payment");
    expect((await haiyuan("payments.switches")).channel.yours).toBe(false);
    const wish = { open: false, sentence };
    expect(await refusal(haiyuan("payments.propose-channel", { body: wish }))).toBe("outside-area");
  });

  describe("of the channel, which all areas share", () => {
    const sentence = "支付渠道维修，明天恢复";
    const closing = { open: false, sentence };
    let hands: Awaited<ReturnType<typeof made.officer>>[];
    beforeAll(async () => {
      hands = await Promise.all(["one", "two"].map((no) => made.officer(`channel-${no}`, "370600", ["finance"])));
    });
    test("one hand alone stops nothing, a second one stops every area, and two open it again", async () => {
      const [one, two] = hands as [(typeof hands)[number], (typeof hands)[number]];
      const proposed = await one("payments.propose-channel", { body: closing });
      expect(await refusal(agreedBy(one)(proposed))).toBe("proposal-same-hand");
      expect(await switchOf("370600")).toEqual(taken);
      await agreedBy(two)(proposed);
      expect([await switchOf("370600"), await switchOf("511300")]).toEqual([closing, closing]);
      const { call } = await made.signIn(await made.enlist());
      const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
      const order = call("contributions.order", { body: { requestNo: "while-closed", lines, expected: "400.00" } });
      expect(await refusal(order)).toBe("payments-closed");
      // No area opens for itself what the channel takes no money for.
      await one("payments.switch", { body: { open: true, sentence: "恢复缴费" } });
      expect(await switchOf("370600")).toEqual(closing);

      await two("payments.propose-channel", { body: { open: true, sentence: "恢复缴费" } }).then(agreedBy(one));
      expect(await switchOf("370600")).toEqual(taken);
      expect(await refusal(one("payments.propose-channel", { body: { open: true, sentence } }))).toBe("channel-open");
    });

    test("a proposal that was made before another one stood, or is older than a day, is not agreed to", async () => {
      const [one, two] = hands as [(typeof hands)[number], (typeof hands)[number]];
      const first = await one("payments.propose-channel", { body: closing });
      const second = await two("payments.propose-channel", { body: { ...closing, sentence: "维修中，后天恢复" } });
      await agreedBy(one)(second);
      expect(await refusal(agreedBy(two)(first))).toBe("proposal-moved");
      await two("payments.propose-channel", { body: { open: true, sentence: "恢复缴费" } }).then(agreedBy(one));
      const old = await one("payments.propose-channel", { body: closing });
      made.turn("2025-11-22");
      onTestFinished(() => made.turn("2025-11-20"));
      expect([await refusal(agreedBy(two)(old)), await switchOf("370600")]).toEqual(["proposal-gone", taken]);
    });
  });
});
