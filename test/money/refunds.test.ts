import { GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key, partition } from "../../functions/key.ts";
import { handler as sweep } from "../../functions/payments/sweep.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import { refundOf } from "../../functions/refunds/store.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { tradeNoOf } from "../../shared/contribution/trade.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { booksAgree, creditOf, debitOf, entriesFor, folded } from "../world/books.ts";
import { injectFaults } from "../world/faults.ts";
import { sealed, signed } from "../world/notices.ts";
import { made, opens } from "../world/opening.ts";
import { eventually } from "../world/patience.ts";
import { refusal } from "../world/world.ts";

let one: Call;
let two: Call;
opens();
beforeAll(async () => {
  one = await made.officer("refunds-one", "370611001", ["refunds"]);
  two = await made.officer("refunds-two", "370611001", ["refunds"]);
});
afterEach(async () => {
  vi.useRealTimers();
  made.turn("2025-11-20");
  await booksAgree("370600");
});

const village = "370611001201";
const yes = { approve: true, reason: "情况属实" };
const named = ({ name, identityNumber }: Resident) => ({
  whom: { who: "other" as const, name, identityNumber },
  benefitYear: 2026,
});
const numbers = 0;

/** A payer with a second proof, and an order of theirs for some people, paid through the channel. */
async function paidFor(people: readonly Resident[], expected: string) {
  const { call } = await made.proven();
  const body = { requestNo: `refunds-${numbers}`, lines: people.map(named), expected };
  const { orderNo } = await call("contributions.order", { body });
  const params = { orderNo };
  if (expected !== "0.00") {
    await call("contributions.pay", { params, body: { how: "h5" } });
    await made.channel.pay(tradeNoOf(orderNo, "h5"), "pay-untold");
    expect((await call("contributions.confirm", { params, body: { paid: true } })).state).toBe("booked");
  }
  const ask = (line = 0, reason: "wrong-payment" | "enlisted" = "wrong-payment") =>
    call("refunds.request", { body: { orderNo, line, reason } });
  return { orderNo, call, ask, order: () => call("contributions.order-state", { params }) };
}

const enrolmentOf = async ({ personNo }: Resident) =>
  (await db.send(new GetCommand({ TableName: config.mainTable(), Key: key.enrolment(personNo, 2026) }))).Item;
const decide = (call: Call, refundNo: string, body = yes) =>
  call("refunds-agency.decide", { params: { refundNo }, body });

/** Sweeps as some minutes later, and again once the channel has paid. */
async function swept(minutes = 2): Promise<void> {
  for (let i = 1; i <= 2; i++) {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + i * minutes * 60_000 });
    await sweep().finally(() => vi.useRealTimers());
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
const backOf = (orderNo: string) =>
  Object.values(made.channel.book.refunds).filter((refund) => refund.orderNo.startsWith(orderNo));

describe("a refund before the benefit year begins", () => {
  test("asked by the payer, decided by one officer: the enrolment is undone and the money goes back the way it came", async () => {
    const child = await made.enlist();
    await folded();
    const before = await figuresOf(2026, village);
    const { orderNo, call, ask, order } = await paidFor([child], "400.00");
    const asked = await ask();
    expect(asked).toMatchObject({ state: "requested", amount: "400.00", carrier: "wechat", proposed: false });
    const { refunds } = await one("refunds-agency.worklist", { query: { unit: "370611001" } });
    expect(refunds.map(({ refundNo }) => refundNo)).toContain(asked.refundNo);

    expect((await decide(one, asked.refundNo)).state).toBe("approved");
    expect(await enrolmentOf(child)).toBeUndefined();
    expect(await order()).toMatchObject({ state: "refunded", lines: [{ outcome: "refunded" }] });
    await swept();
    await eventually(async () => expect((await call("refunds.mine")).refunds[0]?.state).toBe("refunded"));
    expect(backOf(orderNo).map(({ amount }) => amount)).toEqual([40_000]);

    const entries = await entriesFor("370600", [orderNo]);
    for (const account of [
      "resident-basic.contribution-income",
      "resident-basic.refund-payable",
      "resident-basic.channel-receivable",
    ] as const) {
      expect([account, debitOf(entries, account), creditOf(entries, account)]).toEqual([
        account,
        yuan("400"),
        yuan("400"),
      ]);
    }
    await folded();
    expect(await figuresOf(2026, village)).toMatchObject({
      enrolled: before.enrolled,
      paid: before.paid,
      amount: before.amount,
    });
    const trace = await db.send(
      new QueryCommand({
        TableName: config.mainTable(),
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
        ExpressionAttributeValues: { ":pk": partition.person(child.personNo), ":kind": "REFUNDED" },
      }),
    );
    expect(trace.Items).toMatchObject([{ refundNo: asked.refundNo, orderNo, refundedOn: "2025-11-20" }]);
    // The person-year can be paid for again.
    const again = await paidFor([child], "400.00");
    expect((await again.order()).state).toBe("booked");
  });

  test("one of two: the other stays enrolled, and only that part goes back", async () => {
    const [stays, leaves] = [await made.enlist(), await made.enlist()];
    const { orderNo, ask, order } = await paidFor([stays, leaves], "800.00");
    const { refundNo } = await ask(1);
    await decide(one, refundNo);
    await swept();
    await eventually(async () => expect((await refundOf(refundNo)).state).toBe("refunded"));
    expect(await order()).toMatchObject({ state: "booked", lines: [{ outcome: "enrolled" }, { outcome: "refunded" }] });
    expect(await enrolmentOf(stays)).toMatchObject({ orderNo });
    expect(backOf(orderNo).map(({ amount }) => amount)).toEqual([40_000]);
  });

  test("somebody fully subsidised is taken back without money, and both funds take back what they booked", async () => {
    const poor = await made.enlist({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] });
    const { orderNo, ask } = await paidFor([poor], "0.00");
    const { refundNo, carrier } = await ask();
    expect(carrier).toBeNull();
    expect((await decide(one, refundNo)).state).toBe("refunded");
    const entries = await entriesFor("370600", [orderNo]);
    for (const account of [
      "resident-basic.subsidised-income",
      "resident-basic.aid-receivable",
      "medical-aid.subsidy-payable",
      "medical-aid.enrolment-expenditure",
    ] as const) {
      expect([account, debitOf(entries, account)]).toEqual([account, creditOf(entries, account)]);
    }
    expect(debitOf(entries, "resident-basic.refund-payable")).toBe(0);
    expect(await enrolmentOf(poor)).toBeUndefined();
  });

  test("proposed by an officer, decided by another; whoever proposed does not decide", async () => {
    const { orderNo, call } = await paidFor([await made.enlist()], "400.00");
    const wish = { orderNo, line: 0, reason: "death" as const, note: "死亡证明已核" };
    const { refundNo, proposedBy } = await one("refunds-agency.propose", { body: wish });
    expect(proposedBy).toBe("refunds-one");
    expect(await refusal(decide(one, refundNo))).toBe("own-proposal");
    expect(await refusal(call("refunds.withdraw", { params: { refundNo } }))).toBe("refund-not-possible");
    const outside = await made.officer("refunds-out", "370682", ["refunds"]);
    expect(await refusal(decide(outside, refundNo))).toBe("not-found");
    expect(await refusal(outside("refunds-agency.propose", { body: wish }))).toBe("not-found");
    expect((await decide(two, refundNo)).decidedBy).toBe("refunds-two");
  });

  test("refused or withdrawn, the enrolment stands and may be asked back for anew", async () => {
    const child = await made.enlist();
    const { call, ask, orderNo } = await paidFor([child], "400.00");
    const first = await ask();
    expect((await call("refunds.withdraw", { params: { refundNo: first.refundNo } })).state).toBe("withdrawn");
    expect(await refusal(decide(one, first.refundNo))).toBe("refund-decided");
    const second = await ask();
    const no = { approve: false, reason: "没有证明材料" };
    expect((await decide(one, second.refundNo, no)).decision).toMatchObject({ approve: false, reason: no.reason });
    expect(await refusal(decide(two, second.refundNo))).toBe("refund-decided");
    expect(await enrolmentOf(child)).toMatchObject({ orderNo });
    expect((await ask()).state).toBe("requested");
    expect(backOf(orderNo)).toEqual([]);
  });
});

describe("what the channel tells of a refund", () => {
  /** A refund that the channel has taken and not done yet, and what it would tell of it. */
  async function underway() {
    const { orderNo, ask } = await paidFor([await made.enlist()], "400.00");
    const { refundNo } = await ask();
    await decide(one, refundNo);
    const content = {
      mchid: config.weChatPay().mchid,
      out_trade_no: tradeNoOf(orderNo, "h5"),
      transaction_id: made.channel.book.trades[tradeNoOf(orderNo, "h5")]!.transactionNo,
      out_refund_no: `R${refundNo}-1`,
      refund_id: "50300000000000000001",
      refund_status: "SUCCESS",
      success_time: new Date().toISOString(),
      amount: { total: 40_000, refund: 40_000 },
    };
    const tell = (change: object, event = "REFUND.SUCCESS") =>
      refusal(made.tell(signed(sealed(event, { ...content, ...change }))));
    return { refundNo, tell, state: async () => (await refundOf(refundNo)).state };
  }

  test("is believed where it is about what we asked, and not where sum, order or number are others", async () => {
    const { tell, state } = await underway();
    expect(await tell({ amount: { total: 40_000, refund: 39_999 } })).toBe("FAIL");
    expect(await tell({ out_trade_no: "20251120NOSUCHORDER00000H" })).toBe("FAIL");
    expect(await tell({ out_refund_no: "R20251120NOSUCHREFUND0000-1" })).toBe("FAIL");
    expect(await tell({ out_refund_no: "made-by-hand" })).toBe("FAIL");
    expect(await state()).toBe("approved");
    expect(await tell({})).toBe("");
    expect(await tell({})).toBe("");
    expect(await state()).toBe("refunded");
  });

  test("that it will not pay: an officer has it asked again, under a new number only where nothing moved", async () => {
    const [closed, abnormal] = [await underway(), await underway()];
    await closed.tell({ refund_status: "CLOSED" }, "REFUND.CLOSED");
    await abnormal.tell({ refund_status: "ABNORMAL" }, "REFUND.ABNORMAL");
    for (const { refundNo, state } of [closed, abnormal]) {
      expect(await state()).toBe("failed");
      await one("refunds-agency.again", { params: { refundNo } });
    }
    expect([(await refundOf(closed.refundNo)).attempt, (await refundOf(abnormal.refundNo)).attempt]).toEqual([2, 1]);
    // The notice of the first number comes once more, late: it says nothing about the second.
    await closed.tell({ refund_status: "CLOSED" }, "REFUND.CLOSED");
    expect(await closed.state()).toBe("approved");
    await swept();
    for (const { state } of [closed, abnormal]) await eventually(async () => expect(await state()).toBe("refunded"));
  });
});

describe("refused", () => {
  test("refund twice", async () => {
    const { ask, orderNo } = await paidFor([await made.enlist()], "400.00");
    const [a, b] = await Promise.all([ask(), ask()]);
    expect(a.refundNo).toBe(b.refundNo);
    expect(await refusal(ask(0, "enlisted"))).toBe("refund-exists");
    await decide(one, a.refundNo);
    expect((await decide(one, a.refundNo)).state).toBe("approved");
    expect(await refusal(decide(two, a.refundNo))).toBe("refund-decided");
    expect(await refusal(ask())).toBe("refund-not-possible");
    await swept();
    await swept();
    expect(backOf(orderNo)).toHaveLength(1);
  });

  test("refund too much", async () => {
    const { orderNo, call, ask } = await paidFor([await made.enlist(), await made.enlist()], "800.00");
    const more = { orderNo, line: 0, reason: "wrong-payment" as const, amount: "800.00" };
    expect(await refusal(call("refunds.request", { body: more }))).toBe("malformed");
    expect(await refusal(ask(2))).toBe("refund-not-possible");
    for (const line of [0, 1]) await decide(one, (await ask(line)).refundNo);
    await swept();
    expect(backOf(orderNo).reduce((sum, { amount }) => sum + amount, 0)).toBe(80_000);

    // Even if our own record of the payment said less than the line, no more than was paid would be promised.
    const wrong = await paidFor([await made.enlist()], "400.00");
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.order(wrong.orderNo),
        UpdateExpression: "SET paidBy.amount = :less",
        ExpressionAttributeValues: { ":less": 39_999 },
      }),
    );
    expect(await refusal(wrong.ask())).toBe("refund-not-possible");
  });

  test("refund after the year began", async () => {
    const child = await made.enlist();
    const { ask } = await paidFor([child], "400.00");
    const { refundNo } = await ask();
    made.turn("2026-01-01");
    expect(await refusal(decide(one, refundNo))).toBe("refund-too-late");
    expect((await decide(one, refundNo, { approve: false, reason: "待遇期已开始" })).state).toBe("rejected");
    expect(await refusal(ask())).toBe("refund-too-late");
    made.turn("2025-12-31");
    expect((await ask()).state).toBe("requested");
  });

  test("refund of another's order", async () => {
    const mine = await paidFor([await made.enlist()], "400.00");
    const theirs = await paidFor([await made.enlist()], "400.00");
    const wish = { orderNo: mine.orderNo, line: 0, reason: "wrong-payment" as const };
    expect(await refusal(theirs.call("refunds.request", { body: wish }))).toBe("not-found");
    const { refundNo } = await mine.ask();
    expect(await refusal(theirs.call("refunds.withdraw", { params: { refundNo } }))).toBe("not-found");
    expect((await theirs.call("refunds.mine")).refunds).toEqual([]);
    const unproven = await made.signIn(await made.enlist());
    expect(await refusal(unproven.call("refunds.request", { body: wish }))).toBe("proof-needed");
  });

  test("of an order that was not paid, or for a unit that is not the officer's", async () => {
    const { call } = await made.signIn(await made.enlist());
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }];
    const { orderNo } = await call("contributions.order", {
      body: { requestNo: "unpaid-12", lines, expected: "400.00" },
    });
    const wish = { orderNo, line: 0, reason: "wrong-payment" as const };
    expect(await refusal(one("refunds-agency.propose", { body: wish }))).toBe("refund-not-possible");
    expect(await refusal(one("refunds-agency.worklist", { query: { unit: "370682" } }))).toBe("outside-area");
  });
});

describe("races and bad weather", () => {
  test("decide × decide: two officers at once, one decision", async () => {
    for (let i = 0; i < 4; i++) {
      const child = await made.enlist();
      const { ask, orderNo } = await paidFor([child], "400.00");
      const { refundNo } = await ask();
      const no = { approve: false, reason: "材料不全" };
      const codes = await Promise.all([refusal(decide(one, refundNo)), refusal(decide(two, refundNo, no))]);
      expect(codes.sort()).toEqual(["", "refund-decided"]);
      const approved = (await refundOf(refundNo)).state === "approved";
      expect((await enrolmentOf(child)) === undefined).toBe(approved);
      const entries = await entriesFor("370600", [orderNo]);
      expect(creditOf(entries, "resident-basic.refund-payable")).toBe(approved ? yuan("400") : 0);
    }
  });

  test("withdraw × decide, and asking on two phones", async () => {
    const child = await made.enlist();
    const { ask, call } = await paidFor([child], "400.00");
    const asked = await Promise.all([ask(), ask(), ask()]);
    expect(new Set(asked.map(({ refundNo }) => refundNo)).size).toBe(1);
    const { refundNo } = asked[0]!;
    await Promise.all([refusal(call("refunds.withdraw", { params: { refundNo } })), refusal(decide(one, refundNo))]);
    const { state } = await refundOf(refundNo);
    expect(["withdrawn", "approved"]).toContain(state);
    expect((await enrolmentOf(child)) === undefined).toBe(state === "approved");
  });

  test.each(["one", "two"])("in bad weather a refund is decided once and paid once: %s", async (seed) => {
    const people = await Promise.all(Array.from({ length: 4 }, () => made.enlist()));
    const paid = await Promise.all(people.map((person) => paidFor([person], "400.00")));
    const weather = injectFaults(db, { conflict: 0.2, throttle: 0.05, lostReply: 0.2, duplicate: 0.1 }, seed);
    onTestFinished(() => void weather.stop());
    const tried = <T>(run: () => Promise<T>) => run().catch(() => null);
    for (let i = 0; i < 4; i++) {
      for (const { ask } of paid) {
        const asked = await tried(ask);
        if (asked) await tried(() => decide(one, asked.refundNo));
      }
      await tried(() => swept(3 * (i + 1)));
    }
    weather.stop();
    for (const { ask } of paid) {
      const asked = await tried(ask);
      if (asked) await decide(one, asked.refundNo);
    }
    for (let i = 1; i <= 4; i++) await swept(70 * i);
    for (const [i, { orderNo, call }] of paid.entries()) {
      expect((await call("refunds.mine")).refunds.map(({ state }) => state)).toEqual(["refunded"]);
      expect(backOf(orderNo)).toHaveLength(1);
      expect(await enrolmentOf(people[i]!)).toBeUndefined();
      const entries = await entriesFor("370600", [orderNo]);
      expect(debitOf(entries, "resident-basic.refund-payable")).toBe(yuan("400"));
      expect(creditOf(entries, "resident-basic.channel-receivable")).toBe(yuan("400"));
    }
  });
});
