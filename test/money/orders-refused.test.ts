import { describe, expect, test } from "vitest";
import { wholeYear } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { later, made, opens, places } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

opens(places);

const self = { whom: { who: "self" as const }, benefitYear: 2026 };
const orderOf = (requestNo: string, expected = "400.00") => ({
  body: { requestNo, lines: [self], expected },
});

describe("what may be paid", () => {
  test("paying outside the window with no channel that allows it", async () => {
    const { call } = await made.signIn(await made.enlist());
    made.turn("2025-10-14");
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("window-not-open");
    expect(await refusal(call("contributions.order", orderOf("outside-1")))).toBe("window-not-open");
    made.turn("2025-10-15");
    expect((await call("contributions.owed", { body: self })).quote.channel).toBe("window");
    made.turn("2025-11-20");
  });

  test("already enrolled", async () => {
    const { call } = await made.signIn(await made.enlist());
    const order = await call("contributions.order", orderOf("already-1"));
    await made.tell(made.notice(order.orderNo, "400.00"));
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("already-enrolled");
    expect(await refusal(call("contributions.order", orderOf("already-2")))).toBe("already-enrolled");
  });

  test("covered by the employee scheme", async () => {
    const { call } = await made.signIn(await made.enlist({ employeeCovered: true, coverBefore: [] }));
    expect(await refusal(call("contributions.owed", { body: self }))).toBe("duplicate-enrolment");
    expect(await refusal(call("contributions.order", orderOf("employee-1")))).toBe("duplicate-enrolment");
  });

  test("dead", async () => {
    const gone = await made.enlist({ diedOn: day("2025-06-01") });
    const { call } = await made.signIn(await made.enlist());
    const whom = { who: "other" as const, name: gone.name, identityNumber: gone.identityNumber };
    expect(await refusal(call("contributions.owed", { body: { whom, benefitYear: 2026 } }))).toBe("deceased");
    const fresh = await made.signIn(null);
    expect(
      await refusal(fresh.call("residents.bind", { body: { name: gone.name, identityNumber: gone.identityNumber } })),
    ).toBe("deceased");
  });

  test("waiting that would outlast the year: nothing is charged", async () => {
    made.turn("2026-10-15");
    const { call } = await made.signIn(await made.enlist({ coverBefore: [2023, 2024].map(wholeYear) }));
    const owed = await call("contributions.owed", { body: self });
    expect(owed.quote.warnings).toEqual(["cover-starts-after-the-benefit-year"]);
    expect(await refusal(call("contributions.order", orderOf("too-late-1")))).toBe("cover-too-late");
    made.turn("2025-11-20");
  });

  test("price changed between quote and order", async () => {
    const { call } = await made.signIn(await made.enlist());
    expect(await refusal(call("contributions.order", orderOf("price-123", "399.99")))).toBe("price-changed");
    expect((await call("contributions.orders")).orders).toEqual([]);
    expect((await call("contributions.order", orderOf("price-123"))).total).toBe("400.00");
  });

  test("a lapsed payer is shown the wait, and repair is priced and frozen with the order", async () => {
    const { call } = await made.signIn(await made.enlist({ coverBefore: [2023, 2024].map(wholeYear) }));
    const { quote } = await call("contributions.owed", { body: self });
    expect([quote.cover.waitingMonths, quote.cover.from, quote.repair]).toEqual([
      4,
      "2026-05-01",
      { years: 1, cost: "400.00", removesMonths: 1, waitingMonthsAfter: 3 },
    ]);
    const body = { requestNo: "repair-12", lines: [{ ...self, repairYears: 1 }], expected: "800.00" };
    const order = await call("contributions.order", { body });
    expect(order.lines[0]).toMatchObject({
      amount: "800.00",
      repairCost: "400.00",
      waitingMonths: 3,
      coverFrom: "2026-04-01",
    });
    const tooMany = { requestNo: "repair-34", lines: [{ ...self, repairYears: 2 }], expected: "1200.00" };
    expect(await refusal(call("contributions.order", { body: tooMany }))).toBe("malformed");
  });

  test("the same request again is answered with the same order; another body under its number is refused", async () => {
    const { call } = await made.signIn(await made.enlist());
    const [one, two] = await Promise.all([
      call("contributions.order", orderOf("same-1234")),
      call("contributions.order", orderOf("same-1234")),
    ]);
    expect(one.orderNo).toBe(two.orderNo);
    expect((await call("contributions.orders")).orders).toHaveLength(1);
    expect(await refusal(call("contributions.order", orderOf("same-1234", "800.00")))).toBe("request-reused");
  });

  test("the same person twice in one order", async () => {
    const { call } = await made.signIn(await made.enlist());
    const body = { requestNo: "double-12", lines: [self, self], expected: "800.00" };
    expect(await refusal(call("contributions.order", { body }))).toBe("malformed");
  });

  test("someone else's order", async () => {
    const mine = await made.signIn(await made.enlist());
    const theirs = await made.signIn(await made.enlist());
    const { orderNo } = await mine.call("contributions.order", orderOf("mine-1234"));
    const params = { orderNo };
    for (const name of ["contributions.order-state", "contributions.close"] as const) {
      expect(await refusal(theirs.call(name, { params }))).toBe("not-found");
    }
    expect(await refusal(theirs.call("contributions.pay", { params, body: { how: "h5" } }))).toBe("not-found");
    expect(await refusal(theirs.call("contributions.confirm", { params, body: { paid: true } }))).toBe("not-found");
    expect((await mine.call("contributions.order-state", { params: { orderNo } })).state).toBe("awaiting-payment");
  });

  test("a closed order is not paid for, and closing it again changes nothing", async () => {
    const { call } = await made.signIn(await made.enlist());
    const { orderNo } = await call("contributions.order", orderOf("close-123"));
    await call("contributions.close", { params: { orderNo } });
    expect((await call("contributions.close", { params: { orderNo } })).state).toBe("closed");
    expect(await refusal(call("contributions.pay", { params: { orderNo }, body: { how: "h5" } }))).toBe(
      "order-not-payable",
    );
  });

  test("the frozen price of an order stands for half an hour", async () => {
    const { call, refreshToken } = await made.signIn(await made.enlist());
    const { orderNo, createdAt, expiresAt } = await call("contributions.order", orderOf("half-hour"));
    expect(expiresAt - createdAt).toBe(30 * 60_000);
    await later(31, async () => {
      const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
      const asked = { params: { orderNo }, body: { how: "h5" as const } };
      expect(await refusal(made.as(accessToken)("contributions.pay", asked))).toBe("order-expired");
    });
  });

  test("a notice that the channel did not sign", async () => {
    const { call } = await made.signIn(await made.enlist());
    const { orderNo } = await call("contributions.order", orderOf("forged-12"));
    const notice = made.notice(orderNo, "400.00");
    for (const forged of [
      { ...notice, body: made.notice(orderNo, "0.01").body },
      { ...notice, headers: {} },
      { ...notice, headers: { ...notice.headers, "wechatpay-signature": "x" } },
      { ...notice, headers: { ...notice.headers, "wechatpay-timestamp": "1" } },
    ]) {
      expect(await refusal(made.tell(forged))).toBe("FAIL");
    }
    expect((await call("contributions.order-state", { params: { orderNo } })).state).toBe("awaiting-payment");
  });
});
