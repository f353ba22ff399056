import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, onTestFinished, test } from "vitest";
import { config } from "../../functions/config.ts";
import { bookOrder } from "../../functions/contributions/booking.ts";
import { suspenseReturned } from "../../functions/contributions/suspense.ts";
import { db } from "../../functions/db.ts";
import { partition, shards } from "../../functions/key.ts";
import { entriesBetween } from "../../functions/ledger/store.ts";
import { foldOnce, Outbox } from "../../functions/outbox.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import type { Resident } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { type Entry, faultOf, trialBalance } from "../../shared/ledger/entry.ts";
import { text, type Yuan, yuan } from "../../shared/money.ts";
import { injectFaults, withoutCondition } from "../world/faults.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

opens();

const owed = { whom: { who: "self" as const }, benefitYear: 2026 };
const other = (person: Resident) => ({
  whom: { who: "other" as const, name: person.name, identityNumber: person.identityNumber },
  benefitYear: 2026,
});

/** An order of a payer for somebody, awaiting payment. */
async function orderFor(person: Resident, requestNo: string) {
  const payer = await made.signIn(await made.enlist());
  return payer.call("contributions.order", {
    body: { requestNo, lines: [other(person)], expected: "400.00" },
  });
}

async function allOf(table: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(new ScanCommand({ TableName: table, ExclusiveStartKey: start, ConsistentRead: true }));
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** The entries that hold money of these orders. */
async function entriesFor(orderNos: readonly string[]): Promise<Entry[]> {
  const found: Entry[] = [];
  for await (const entry of entriesBetween("370600", day("2025-11-20"), day("2025-11-20"))) {
    if (orderNos.includes(entry.reference)) found.push(entry);
  }
  return found;
}

const creditOf = (entries: Entry[], account: string) =>
  trialBalance(entries).find((one) => one.account === account)?.credit ?? 0;
const storm = { conflict: 0.4, throttle: 0.05, lostReply: 0.3, duplicate: 0.1, reorder: 0.3 };

/** Fifty paid orders for one person-year, told to the system at the same time in bad weather; then told again. */
async function fiftyAtOnce(seed: string) {
  const person = await made.enlist();
  // One by one: only what is told at once is what this is about.
  const orders: Awaited<ReturnType<typeof orderFor>>[] = [];
  for (let i = 0; i < 50; i++) orders.push(await orderFor(person, `storm-${seed}-${i}`));
  const notices = orders.map((order) => made.notice(order.orderNo, "400.00"));
  const weather = injectFaults(db, storm, seed);
  onTestFinished(() => void weather.stop());
  const first = await Promise.all(notices.map((notice) => refusal(made.tell(notice))));
  weather.stop();
  // What the weather drowned is told again, as every channel does.
  for (const notice of notices) await made.tell(notice);
  const states = await Promise.all(orders.map(async ({ orderNo }) => (await bookOrder(orderNo, null)).state));
  return { person, orders, states, first, faults: weather.made };
}

describe("one person-year is booked once", () => {
  test("two phones paying for one person in the same second: one is booked, the other's money lies in suspense", async () => {
    const person = await made.enlist();
    const [a, b] = await Promise.all([orderFor(person, "phone-a-1"), orderFor(person, "phone-b-1")]);
    await Promise.all([a, b].map((order) => made.tell(made.notice(order.orderNo, "400.00"))));
    const states = await Promise.all([a, b].map(async ({ orderNo }) => (await bookOrder(orderNo, null)).state));
    expect(states.sort()).toEqual(["booked", "suspended"]);
    const entries = await entriesFor([a.orderNo, b.orderNo]);
    expect(creditOf(entries, "resident-basic.contribution-income")).toBe(yuan("400"));
    expect(creditOf(entries, "resident-basic.suspense")).toBe(yuan("400"));
  });

  test.each(["one", "two"])("50 concurrent payments with injected conflicts and lost replies: %s", async (seed) => {
    const { orders, states, faults } = await fiftyAtOnce(seed);
    expect(states.filter((state) => state === "booked")).toHaveLength(1);
    expect(states.filter((state) => state === "suspended")).toHaveLength(49);
    const entries = await entriesFor(orders.map((order) => order.orderNo));
    expect(entries).toHaveLength(50);
    expect(creditOf(entries, "resident-basic.contribution-income")).toBe(yuan("400"));
    expect(creditOf(entries, "resident-basic.suspense")).toBe(yuan("19600"));
    // The weather was real.
    expect(faults.conflict).toBeGreaterThan(4);
    expect(faults.lostReply).toBeGreaterThan(4);
  });

  test("the same storm without the condition on the enrolment books a person-year twice: the guard is what holds", async () => {
    const restore = withoutCondition(db, "ENROLMENT#");
    onTestFinished(() => void restore());
    let booked = 0;
    for (const seed of ["three", "four", "five"]) {
      if (booked > 1) break;
      const { states } = await fiftyAtOnce(seed);
      booked = Math.max(booked, states.filter((state) => state === "booked").length);
    }
    expect(booked).toBeGreaterThan(1);
  });
});

describe("money that comes twice, late or wrong", () => {
  test("the same notice a second time is answered and changes nothing", async () => {
    const order = await orderFor(await made.enlist(), "twice-1234");
    const notice = made.notice(order.orderNo, "400.00");
    await made.tell(notice);
    const before = await allOf(config.ledgerTable());
    expect(await made.tell(notice)).toEqual({ code: "SUCCESS" });
    expect(await allOf(config.ledgerTable())).toHaveLength(before.length);
  });

  test("a second payment of a booked order goes to suspense, the enrolment stands", async () => {
    const order = await orderFor(await made.enlist(), "second-1234");
    await made.tell(made.notice(order.orderNo, "400.00"));
    await made.tell(made.notice(order.orderNo, "400.00"));
    expect((await bookOrder(order.orderNo, null)).state).toBe("booked");
    expect(creditOf(await entriesFor([order.orderNo]), "resident-basic.suspense")).toBe(yuan("400"));
  });

  test("money for a closed order goes to suspense and enrols nobody", async () => {
    const person = await made.enlist();
    const payer = await made.signIn(await made.enlist());
    const order = await payer.call("contributions.order", {
      body: { requestNo: "closed-1234", lines: [other(person)], expected: "400.00" },
    });
    await payer.call("contributions.close", { params: { orderNo: order.orderNo } });
    await made.tell(made.notice(order.orderNo, "400.00"));
    const after = await payer.call("contributions.order-state", { params: { orderNo: order.orderNo } });
    expect([after.state, after.lines[0]?.outcome]).toEqual(["suspended", "suspended"]);
  });

  test("two sums for a closed order: it is told as paid back when both went back", async () => {
    const payer = await made.signIn(await made.enlist());
    const body = { requestNo: "closed-twice", lines: [owed], expected: "400.00" };
    const { orderNo } = await payer.call("contributions.order", { body });
    await payer.call("contributions.close", { params: { orderNo } });
    for (const transactionNo of ["BACK-1", "BACK-2"]) await made.tell(made.notice(orderNo, "400.00", transactionNo));
    await suspenseReturned("BACK-1");
    await suspenseReturned("BACK-1");
    const state = async () => (await payer.call("contributions.order-state", { params: { orderNo } })).state;
    expect(await state()).toBe("suspended");
    await suspenseReturned("BACK-2");
    expect(await state()).toBe("returned");
  });

  test("an amount that is not the order's goes to suspense whole and enrols nobody", async () => {
    const order = await orderFor(await made.enlist(), "amount-1234");
    await made.tell(made.notice(order.orderNo, "399.99"));
    const entries = await entriesFor([order.orderNo]);
    expect(text(creditOf(entries, "resident-basic.suspense") as Yuan)).toBe("399.99");
    expect(creditOf(entries, "resident-basic.contribution-income")).toBe(0);
  });

  test("one of two people paid for stands already: the other is enrolled, that part lies in suspense", async () => {
    const [mother, father] = [await made.enlist(), await made.enlist()];
    const payer = await made.signIn(await made.enlist());
    const order = await payer.call("contributions.order", {
      body: { requestNo: "family-1234", lines: [other(mother), other(father)], expected: "800.00" },
    });
    const second = await orderFor(father, "family-5678");
    await made.tell(made.notice(second.orderNo, "400.00"));
    await made.tell(made.notice(order.orderNo, "800.00"));
    const after = await payer.call("contributions.order-state", { params: { orderNo: order.orderNo } });
    expect(after.state).toBe("partly-booked");
    expect(after.lines.map((line) => line.outcome)).toEqual(["enrolled", "suspended"]);
    expect(creditOf(await entriesFor([order.orderNo]), "resident-basic.suspense")).toBe(yuan("400"));
  });

  test("somebody fully subsidised is enrolled without paying, and two funds book it", async () => {
    const poor = await made.enlist({
      identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }],
    });
    const { call } = await made.signIn(poor);
    const order = await call("contributions.order", {
      body: { requestNo: "poor-12345", lines: [owed], expected: "0.00" },
    });
    expect(order.state).toBe("booked");
    const entries = await entriesFor([order.orderNo]);
    expect(creditOf(entries, "resident-basic.subsidised-income")).toBe(yuan("400"));
    expect(creditOf(entries, "medical-aid.subsidy-payable")).toBe(yuan("400"));
    expect(creditOf(entries, "resident-basic.contribution-income")).toBe(0);
  });
});

describe("the books of all that happened here", () => {
  test("every entry balances within each fund, and what the outbox folds is what the entries say", async () => {
    const entries: Entry[] = [];
    for await (const entry of entriesBetween("370600", day("2025-11-20"), day("2025-11-20"))) entries.push(entry);
    expect(entries.length).toBeGreaterThan(150);
    for (const entry of entries) expect(faultOf(entry.lines)).toBeNull();

    const waiting = await Promise.all(
      Array.from({ length: shards }, (_, shard) =>
        db.send(
          new QueryCommand({
            TableName: config.mainTable(),
            KeyConditionExpression: "pk = :pk",
            ExpressionAttributeValues: { ":pk": partition.outbox(shard) },
          }),
        ),
      ),
    );
    const items = waiting.flatMap(({ Items = [] }) => Items.map((item) => Outbox.parse(item)));
    const posting = items.filter(({ happenings }) => happenings.some(({ kind }) => kind === "posted"));
    expect(posting).toHaveLength(entries.length);
    await foldOnce(items);
    const folded = (await allOf(config.mainTable())).filter((item) => String(item.pk).startsWith("BALANCE#"));
    for (const { account, debit, credit } of trialBalance(entries)) {
      expect(folded.find((item) => item.pk === `BALANCE#370600#${account}`)).toMatchObject({ debit, credit });
    }
    const enrolments = (await allOf(config.mainTable())).filter((item) => String(item.sk).startsWith("ENROLMENT#"));
    expect((await figuresOf(2026, "370600")).enrolled).toBeGreaterThanOrEqual(enrolments.length);
  });
});
