import { describe, expect, test } from "vitest";
import { orderMinutes, orderStateNames, orderStates } from "../../shared/contribution/order.ts";
import {
  carriers,
  contributionEntries,
  foundTwiceEntry,
  type Part,
  paidBackEntries,
  refundEntry,
} from "../../shared/contribution/posting.ts";
import { day } from "../../shared/day.ts";
import type { Entry } from "../../shared/ledger/entry.ts";
import { text, yuan, zero } from "../../shared/money.ts";

const on = day("2025-11-20");
const event = { event: "paid-1", on, reference: "order-1" };
const part = (amount: string, subsidised = "0", payer: Part["payer"] = null, poolingArea = "370600"): Part => ({
  poolingArea,
  amount: yuan(amount),
  subsidised: yuan(subsidised),
  payer,
});
const held = (amount: string, poolingArea = "370600") => ({ poolingArea, amount: yuan(amount) });
/** "借 resident-basic.suspense 400.00", as an accountant writes it. */
const lines = (entry: Entry | null | undefined) =>
  entry?.lines.map(({ account, debit, credit }) =>
    debit > 0 ? `借 ${account} ${text(debit)}` : `贷 ${account} ${text(credit)}`,
  );

describe("the entries of an order that was paid", () => {
  test("what was paid, what two funds owe, what could not be booked: one entry, each fund by itself", () => {
    const booked = [part("400"), part("160", "240", "medical-aid-fund"), part("100", "300", "finance")];
    const entries = contributionEntries(event, booked, [held("400"), held("20")]);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      poolingArea: "370600",
      entryNo: "paid-1-370600",
      on,
      event: "contribution",
      reference: "order-1",
    });
    expect(lines(entries[0])).toEqual([
      "借 resident-basic.channel-receivable 1080.00",
      "借 resident-basic.aid-receivable 240.00",
      "借 resident-basic.finance-receivable 300.00",
      "贷 resident-basic.contribution-income 660.00",
      "贷 resident-basic.subsidised-income 540.00",
      "贷 resident-basic.suspense 420.00",
      "借 medical-aid.enrolment-expenditure 240.00",
      "贷 medical-aid.subsidy-payable 240.00",
    ]);
  });
  test("each pooling area has an entry of its own, in the order in which it comes", () => {
    const booked = [part("400"), part("380", "0", null, "331000")];
    const entries = contributionEntries(event, booked, [held("50", "331000"), held("30", "511300")]);
    expect(entries.map(({ entryNo }) => entryNo)).toEqual(["paid-1-370600", "paid-1-331000", "paid-1-511300"]);
    expect(entries.map(lines)).toEqual([
      ["借 resident-basic.channel-receivable 400.00", "贷 resident-basic.contribution-income 400.00"],
      [
        "借 resident-basic.channel-receivable 430.00",
        "贷 resident-basic.contribution-income 380.00",
        "贷 resident-basic.suspense 50.00",
      ],
      ["借 resident-basic.channel-receivable 30.00", "贷 resident-basic.suspense 30.00"],
    ]);
  });
  test("an area of which nothing is held has no entry; cash is owed by the counter", () => {
    expect(contributionEntries(event, [], [held("0")])).toEqual([]);
    expect(contributionEntries(event, [part("400")], [held("0", "331000")], "cash").map(lines)).toEqual([
      ["借 resident-basic.counter-receivable 400.00", "贷 resident-basic.contribution-income 400.00"],
    ]);
    expect(carriers).toEqual(["wechat", "cash"]);
  });
});

describe("the entries that take a booking back", () => {
  const aided = part("160", "240", "medical-aid-fund");
  test("found twice: what was paid waits in suspense, what the assistance fund owed is no longer owed", () => {
    const entry = foundTwiceEntry({ ...event, event: "merged-1" }, aided);
    expect(entry).toMatchObject({ entryNo: "merged-1-370600", on, event: "found-twice", reference: "order-1" });
    expect(lines(entry)).toEqual([
      "借 resident-basic.contribution-income 160.00",
      "借 resident-basic.subsidised-income 240.00",
      "贷 resident-basic.suspense 160.00",
      "贷 resident-basic.aid-receivable 240.00",
      "借 medical-aid.subsidy-payable 240.00",
      "贷 medical-aid.enrolment-expenditure 240.00",
    ]);
  });
  test("refunded: what was paid is owed back, what the treasury owed is no longer owed", () => {
    const entry = refundEntry({ ...event, event: "refund-1" }, part("100", "300", "finance"));
    expect(entry).toMatchObject({ entryNo: "refund-1-370600", event: "refund" });
    expect(lines(entry)).toEqual([
      "借 resident-basic.contribution-income 100.00",
      "借 resident-basic.subsidised-income 300.00",
      "贷 resident-basic.refund-payable 100.00",
      "贷 resident-basic.finance-receivable 300.00",
    ]);
  });
  test("a part of nothing has no entry; a part that only a fund paid has one", () => {
    expect(refundEntry(event, part("0"))).toBeNull();
    expect(foundTwiceEntry(event, { ...part("0"), subsidised: zero, payer: "finance" })).toBeNull();
    expect(lines(refundEntry(event, part("0", "400", "finance")))).toEqual([
      "借 resident-basic.subsidised-income 400.00",
      "贷 resident-basic.finance-receivable 400.00",
    ]);
  });
  test("paid back: out of suspense or of what is owed back, by whoever carried it, area by area", () => {
    const parts = [held("400"), held("0", "331000"), held("380", "511300")];
    const back = paidBackEntries({ ...event, event: "back-1" }, "resident-basic.suspense", parts, "cash");
    expect(back.map(({ entryNo, event: what, poolingArea }) => [entryNo, what, poolingArea])).toEqual([
      ["back-1-370600", "paid-back", "370600"],
      ["back-1-511300", "paid-back", "511300"],
    ]);
    expect(lines(back[0])).toEqual([
      "借 resident-basic.suspense 400.00",
      "贷 resident-basic.counter-receivable 400.00",
    ]);
    const [refund] = paidBackEntries(event, "resident-basic.refund-payable", [held("1")], "wechat");
    expect(lines(refund)).toEqual([
      "借 resident-basic.refund-payable 1.00",
      "贷 resident-basic.channel-receivable 1.00",
    ]);
  });
});

describe("the states of an order", () => {
  test("are these, with these names, and these ways from one to another", () => {
    const ways = Object.entries(orderStates).map(([state, { name, on: next }]) =>
      [state, name, ...Object.entries(next).map(([what, to]) => `${what} → ${to}`)].join(" | "),
    );
    expect(ways).toEqual([
      "awaiting-payment | 待支付 | paid-for-all → booked | paid-for-some → partly-booked | paid-for-none → suspended | said-paid → confirming | close → closed",
      "confirming | 已扣款，正在确认 | paid-for-all → booked | paid-for-some → partly-booked | paid-for-none → suspended | not-paid → awaiting-payment",
      "booked | 已参保 | found-twice-some → partly-booked | found-twice-all → suspended | refunded-all → refunded",
      "partly-booked | 部分参保 | found-twice-some → partly-booked | found-twice-all → suspended | refunded-all → refunded",
      "suspended | 未入账，待退 | returned → returned",
      "returned | 已退款 | paid-for-none → suspended",
      "refunded | 已退费",
      "closed | 已取消 | paid-for-none → suspended",
    ]);
    expect(Object.keys(orderStates)).toEqual([...orderStateNames]);
    expect(orderMinutes).toBe(30);
  });
});
