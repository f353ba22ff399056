import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition, shards } from "../../functions/key.ts";
import { entriesBetween } from "../../functions/ledger/store.ts";
import { foldOnce, Outbox } from "../../functions/outbox.ts";
import { figuresOf } from "../../functions/progress/store.ts";
import { identityNumberOf, type Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { type Account, type Entry, faultOf, trialBalance } from "../../shared/ledger/entry.ts";
import { text, type Yuan } from "../../shared/money.ts";
import { injectFaults } from "../world/faults.ts";
import { refusal, unit, type World, world } from "../world/world.ts";

let made: World;
let cleanUp: (() => unknown)[] = [];
beforeAll(async () => {
  made = await world();
  await unit("370600", "烟台市");
});
afterEach(() => {
  for (const undo of cleanUp) undo();
  cleanUp = [];
  made.turn("2025-11-20");
});

let serial = 0;
const next = () => String(++serial).padStart(6, "0");
const certificateNo = () => `Y370${next()}`;
const bornOn = day("2025-11-02");

/** A parent, signed in and proven. */
async function parent(facts: Partial<Resident> = {}): Promise<{ person: Resident; call: Call }> {
  const person = await made.enlist({ telephone: `13500${next()}`, ...facts });
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  return { person, call };
}

const child = (birthCertificate = certificateNo()) => ({
  requestNo: `newborn-${next()}`,
  name: "于子轩",
  sex: "male" as const,
  bornOn,
  birthCertificate,
  commitment: true,
});
const numberOf = (sex: "male" | "female" = "male", on = bornOn) => identityNumberOf(on, sex, ++serial);

/** Pays for a member's year; the price is the law's. */
async function pay(call: Call, tieNo: string, benefitYear: number): Promise<string> {
  const { orderNo, total } = await order(call, tieNo, benefitYear);
  if (total !== "0.00") await made.tell(made.notice(orderNo, total));
  return orderNo;
}

async function order(call: Call, tieNo: string, benefitYear: number) {
  const line = { whom: { who: "member" as const, tieNo }, benefitYear };
  const { choices } = await call("contributions.owed", { body: line });
  const expected = choices[0]!.total;
  return call("contributions.order", { body: { requestNo: `order-${next()}`, lines: [line], expected } });
}

/** Pays for somebody whose name and number the payer knows. */
async function payFor(call: Call, person: Resident, benefitYear: number): Promise<string> {
  const { name, identityNumber } = person;
  const line = { whom: { who: "other" as const, name, identityNumber }, benefitYear };
  const { choices } = await call("contributions.owed", { body: line });
  const expected = choices[0]!.total;
  const { orderNo } = await call("contributions.order", {
    body: { requestNo: `order-${next()}`, lines: [line], expected },
  });
  if (expected !== "0.00") await made.tell(made.notice(orderNo, expected));
  return orderNo;
}

describe("a newborn without an identity number", () => {
  test("is registered by birth certificate, held at once, and covered from birth once paid for", async () => {
    const { call } = await parent({ name: "孙晓燕" });
    const tie = await call("family.newborn", { body: child("y370 102 030") });
    expect(tie).toMatchObject({ name: "于子轩", identityNumber: "Y3****2030", relationship: "child", state: "agreed" });
    expect(tie).toMatchObject({ temporary: true, minor: true, until: "2041-11-01", decidedBy: "certificate" });
    await pay(call, tie.tieNo, 2025);
    const owed = call("contributions.owed", { body: { whom: { who: "member", tieNo: tie.tieNo }, benefitYear: 2025 } });
    expect(await refusal(owed)).toBe("already-enrolled");
    const [enrolment] = await enrolmentsOf("Y3****2030");
    expect(enrolment).toMatchObject({ benefitYear: 2025, channel: "newborn", coverFrom: bornOn });
  });

  test("the same certificate again gives the same child, never two: by the same parent, by the other, at once", async () => {
    const [mother, father] = [await parent(), await parent()];
    const body = child();
    const answers = await Promise.all([
      mother.call("family.newborn", { body }),
      mother.call("family.newborn", { body }),
      mother.call("family.newborn", { body: { ...body, requestNo: `again-${next()}` } }),
      father.call("family.newborn", { body: { ...body, requestNo: `other-${next()}` } }),
    ]).catch((error) => error);
    const settled = Array.isArray(answers) ? answers : [];
    const first = await mother.call("family.newborn", { body });
    const second = await father.call("family.newborn", { body: { ...body, requestNo: `later-${next()}` } });
    for (const one of settled.slice(0, 3)) expect(one.tieNo).toBe(first.tieNo);
    expect(second.tieNo).not.toBe(first.tieNo);
    expect(await childrenCalled(first.identityNumber)).toHaveLength(1);
    expect((await mother.call("family.members")).dependants).toHaveLength(1);
    expect((await father.call("family.members")).dependants).toHaveLength(1);
  });

  test("a third parent, other facts, no commitment, a wrong number, a birthday too far are refused", async () => {
    const [mother, father, third] = [await parent(), await parent(), await parent()];
    const body = child();
    await mother.call("family.newborn", { body });
    const again = (facts: object) => ({ body: { ...body, requestNo: `newborn-${next()}`, ...facts } });
    for (const facts of [{ name: "于子涵" }, { sex: "female" as const }, { bornOn: day("2025-11-03") }])
      expect(await refusal(father.call("family.newborn", again(facts)))).toBe("newborn-differs");
    await father.call("family.newborn", again({}));
    expect(await refusal(third.call("family.newborn", again({})))).toBe("newborn-has-parents");
    const fresh = (facts: object) => ({ body: { ...child(), ...facts } });
    expect(await refusal(third.call("family.newborn", fresh({ commitment: false })))).toBe("commitment-needed");
    expect(await refusal(third.call("family.newborn", fresh({ birthCertificate: "370123456" })))).toBe(
      "birth-certificate",
    );
    expect(await refusal(third.call("family.newborn", fresh({ bornOn: day("2025-11-21") })))).toBe("malformed");
    expect(await refusal(third.call("family.newborn", fresh({ bornOn: day("2024-11-19") })))).toBe("newborn-too-old");
    expect((await third.call("family.newborn", fresh({ bornOn: day("2024-11-20") }))).state).toBe("agreed");
  });

  test("counts as one to be insured in the village: this year, and the next once its window has begun", async () => {
    const village = "370611001401";
    made.turn("2025-06-01");
    const { call } = await parent({ village });
    await call("family.newborn", { body: { ...child(), bornOn: day("2025-05-20") } });
    made.turn("2025-11-20");
    await call("family.newborn", { body: child() });
    await fold();
    expect([(await figuresOf(2025, village)).should, (await figuresOf(2026, village)).should]).toEqual([2, 1]);
  });
});

describe("the identity number comes later", () => {
  test("not yet on the register: the same person gets it, what was paid stays, and saying it again changes nothing", async () => {
    const { call } = await parent();
    const tie = await call("family.newborn", { body: child() });
    await pay(call, tie.tieNo, 2025);
    const number = numberOf();
    const give = { params: { tieNo: tie.tieNo }, body: { name: "于梓轩", identityNumber: number } };
    const known = await call("family.identity-number", give);
    expect(known).toMatchObject({ tieNo: tie.tieNo, name: "于梓轩", temporary: false, state: "agreed" });
    expect(known.identityNumber).toBe(`${number.slice(0, 6)}********${number.slice(-4)}`);
    expect(await call("family.identity-number", give)).toEqual(known);
    const other = { ...give, body: { ...give.body, identityNumber: numberOf() } };
    expect(await refusal(call("family.identity-number", other))).toBe("has-identity-number");
    // Anybody who knows name and number finds the child, and the year that was paid.
    const whom = { who: "other" as const, name: "于梓轩", identityNumber: number };
    const stranger = await made.signIn(await made.enlist());
    expect(await refusal(stranger.call("contributions.owed", { body: { whom, benefitYear: 2025 } }))).toBe(
      "already-enrolled",
    );
  });

  test("a birthday or a sex that differs, a number of no form, a stranger's tie are refused and change nothing", async () => {
    const [{ call }, stranger] = [await parent(), await parent()];
    const { tieNo } = await call("family.newborn", { body: child() });
    const give = (identityNumber: string) => ({ params: { tieNo }, body: { name: "于子轩", identityNumber } });
    expect(await refusal(call("family.identity-number", give(numberOf("male", day("2025-11-03")))))).toBe(
      "merge-at-counter",
    );
    expect(await refusal(call("family.identity-number", give(numberOf("female"))))).toBe("merge-at-counter");
    expect(await refusal(call("family.identity-number", give("370611")))).toBe("identity-number");
    expect(await refusal(stranger.call("family.identity-number", give(numberOf())))).toBe("not-found");
    expect((await call("family.members")).dependants).toMatchObject([{ temporary: true }]);
  });

  test("on the register already, in the same household: the two become one, and the other parent's tie goes along", async () => {
    const [mother, father] = [await parent(), await parent()];
    const body = child();
    const tie = await mother.call("family.newborn", { body });
    const his = await father.call("family.newborn", { body: { ...body, requestNo: `newborn-${next()}` } });
    await pay(mother.call, tie.tieNo, 2025);
    const listed = await listedChild(mother.person);
    await payFor(mother.call, listed, 2026);
    const give = { params: { tieNo: tie.tieNo }, body: { name: listed.name, identityNumber: listed.identityNumber } };
    const merged = await mother.call("family.identity-number", give);
    expect(merged).toMatchObject({ tieNo: tie.tieNo, state: "agreed", temporary: false });
    expect(await mother.call("family.identity-number", give)).toEqual(merged);
    expect((await father.call("family.members")).dependants).toMatchObject([
      { tieNo: his.tieNo, identityNumber: merged.identityNumber, temporary: false },
    ]);
    expect(yearsOf(await enrolments(listed))).toEqual([2025, 2026]);
    // The certificate leads to the child that stays.
    const third = await parent();
    const again = { ...body, name: listed.name, requestNo: `newborn-${next()}` };
    expect((await third.call("family.newborn", { body: again })).identityNumber).toBe(merged.identityNumber);
  });

  test("a guardian who holds the listed child already keeps one tie, and one place", async () => {
    const { person, call } = await parent();
    const listed = await listedChild(person);
    const held = await call("family.ask", {
      body: {
        requestNo: `family-${next()}`,
        name: listed.name,
        identityNumber: listed.identityNumber,
        relationship: "child",
        proof: { kind: "household" },
        commitment: true,
      },
    });
    const { tieNo } = await call("family.newborn", { body: child() });
    const give = { params: { tieNo }, body: { name: listed.name, identityNumber: listed.identityNumber } };
    for (let i = 0; i < 2; i++) expect((await call("family.identity-number", give)).tieNo).toBe(held.tieNo);
    const { dependants } = await call("family.members");
    expect(dependants.filter((one) => one.state === "agreed").map((one) => one.tieNo)).toEqual([held.tieNo]);
  });

  test("who made up a newborn does not come to hold somebody else's child: that is for the counter", async () => {
    const [{ person, call }, other] = [await parent(), await made.enlist()];
    const victim = await listedChild(other);
    const { tieNo } = await call("family.newborn", { body: child() });
    const give = { params: { tieNo }, body: { name: victim.name, identityNumber: victim.identityNumber } };
    expect(await refusal(call("family.identity-number", give))).toBe("merge-at-counter");
    const wrong = { ...give, body: { ...give.body, name: "于大轩" } };
    expect(await refusal(call("family.identity-number", wrong))).toBe("name-mismatch");
    const seen = { ...give, body: { ...give.body, seen: "household-book" as const } };
    const elsewhere = await made.officer(`elsewhere-${next()}`, "370682", ["counter"]);
    expect(await refusal(elsewhere("family-agency.identity-number", seen))).toBe("outside-area");
    const officer = await made.officer(`counter-${next()}`, person.village.slice(0, 9), ["counter"]);
    const merged = await officer("family-agency.identity-number", seen);
    expect(merged).toMatchObject({ state: "agreed", dependant: { name: victim.name } });
  });

  test("an order that was open when the two became one enrols the one that stays", async () => {
    const { person, call } = await parent();
    const { tieNo } = await call("family.newborn", { body: child() });
    const [first, second] = [await order(call, tieNo, 2025), await order(call, tieNo, 2025)];
    const listed = await listedChild(person);
    const body = { name: listed.name, identityNumber: listed.identityNumber };
    await call("family.identity-number", { params: { tieNo }, body });
    for (const { orderNo, total } of [first, second]) await made.tell(made.notice(orderNo, total));
    const states = await Promise.all(
      [first, second].map(
        async ({ orderNo }) => (await call("contributions.order-state", { params: { orderNo } })).state,
      ),
    );
    expect(states).toEqual(["booked", "suspended"]);
    expect(yearsOf(await enrolments(listed))).toEqual([2025]);
  });
});

test("money that arrives while the two become one is booked once, for the one that stays", async () => {
  for (let i = 0; i < 12; i++) {
    const { person, call } = await parent();
    const { tieNo } = await call("family.newborn", { body: child() });
    const { orderNo, total } = await order(call, tieNo, 2025);
    const listed = await listedChild(person);
    const body = { name: listed.name, identityNumber: listed.identityNumber };
    const notice = made.notice(orderNo, total);
    const weather = injectFaults(db, { conflict: 0.2, lostReply: 0.2, reorder: 0.7 }, `arrives-${i}`);
    cleanUp.push(weather.stop);
    await Promise.all([
      made.tell(notice).catch(() => null),
      call("family.identity-number", { params: { tieNo }, body }).catch(() => null),
    ]);
    weather.stop();
    await made.tell(notice);
    await call("family.identity-number", { params: { tieNo }, body });
    const { state } = await call("contributions.order-state", { params: { orderNo } });
    expect([state, yearsOf(await enrolments(listed))]).toEqual(["booked", [2025]]);
  }
});

/** The child of a household as the police's list brings it: a person of the register with a number of its own. */
const listedChild = ({ household, village }: Resident, facts: Partial<Resident> = {}): Promise<Resident> =>
  made.enlist({ name: "于子轩", sex: "male", bornOn, household, village, head: false, coverBefore: [], ...facts });

describe("without losing a fen", () => {
  const years = fc.subarray([2025, 2026]);
  const story = fc.record({
    /** What was paid for the child under each of its two numbers, and which of them first. */
    temporary: years,
    listed: years,
    listedFirst: fc.boolean(),
    parents: fc.integer({ min: 1, max: 2 }),
    /** The list puts the child into another village: only a counter may say that it is the same. */
    moved: fc.boolean(),
    poor: fc.boolean(),
    bothAtOnce: fc.boolean(),
    weather: fc.boolean(),
  });

  test("fen and person-years after a merge are those before, whatever was paid for whom in which order", async () => {
    const seen = { twice: 0, moved: 0, suspended: 0 };
    let village = 500;
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const [home, away] = [`370611001${++village}`, `370611001${++village}`];
        const mother = await parent({ village: home });
        const father = await parent({ village: home });
        const body = child();
        const { tieNo } = await mother.call("family.newborn", { body });
        if (told.parents === 2)
          await father.call("family.newborn", { body: { ...body, requestNo: `newborn-${next()}` } });
        const identities = told.poor ? [{ kind: "minimum-living" as const, from: day("2025-01-01"), until: null }] : [];
        const listed = await listedChild(mother.person, { identities, ...(told.moved && { village: away }) });
        const orderNos: string[] = [];
        const pays = [
          async () => {
            for (const year of told.temporary) orderNos.push(await pay(mother.call, tieNo, year));
          },
          async () => {
            for (const year of told.listed) orderNos.push(await payFor(mother.call, listed, year));
          },
        ];
        if (told.listedFirst) pays.reverse();
        for (const [i, one] of pays.entries()) {
          made.turn(`2025-11-2${i + 1}`);
          await one();
        }
        made.turn("2025-11-25");
        await fold();
        const before = await moneyOf(orderNos);

        const { name, identityNumber } = listed;
        const officer = await made.officer(`counter-${next()}`, "370600", ["counter"]);
        const give = () =>
          told.moved
            ? officer("family-agency.identity-number", {
                params: { tieNo },
                body: { name, identityNumber, seen: "household-book" },
              })
            : mother.call("family.identity-number", { params: { tieNo }, body: { name, identityNumber } });
        const storm = { conflict: 0.3, lostReply: 0.3, duplicate: 0.1, reorder: 0.2 };
        const weather = told.weather ? injectFaults(db, storm, JSON.stringify(told)) : null;
        if (weather) cleanUp.push(weather.stop);
        await Promise.all([give(), ...(told.bothAtOnce ? [give()] : [])].map((one) => one.catch(() => null)));
        weather?.stop();
        await give();

        await fold();
        const after = await moneyOf(orderNos);
        for (const entry of after.entries) expect(faultOf(entry.lines)).toBeNull();
        const union = [...new Set([...told.temporary, ...told.listed])].sort();
        const twice = told.temporary.filter((year) => told.listed.includes(year));
        expect(yearsOf(await enrolments(listed))).toEqual(union);
        expect(
          await enrolmentsOf(`${body.birthCertificate.slice(0, 2)}****${body.birthCertificate.slice(-4)}`),
        ).toEqual([]);
        // What came in is what is income or waits to be refunded; nothing of it is gone.
        expect(after.received).toBe(before.received);
        expect(after.income + after.suspense).toBe(before.income + before.suspense);
        expect(after.aided).toBe(after.aidExpenditure);
        expect(text(after.suspense as Yuan)).toBe(await suspendedOn(mother.call, orderNos));
        // Each sum that waits has an owner, who pays it back.
        const waiting = (await scan("attribute_exists(suspenseNo)", {})).filter((one) =>
          orderNos.includes(String(one.orderNo)),
        );
        expect(waiting.reduce((sum, one) => sum + Number(one.amount), 0)).toBe(after.suspense);
        for (const one of waiting) expect([one.state, one.owner, one.why]).toEqual(["held", "system", "found-twice"]);
        // The boards: one person to insure, one enrolment a person-year, the money that is income.
        for (const year of [2025, 2026]) {
          const [there, elsewhere] = [await figuresOf(year, home), await figuresOf(year, away)];
          expect([there.should, elsewhere.should]).toEqual([0, 0]);
          const enrolled = union.includes(year) ? 1 : 0;
          expect([there.enrolled, elsewhere.enrolled]).toEqual(told.moved ? [0, enrolled] : [enrolled, 0]);
        }
        const boards = await Promise.all(
          [2025, 2026].flatMap((year) => [figuresOf(year, home), figuresOf(year, away)]),
        );
        expect(boards.reduce((sum, one) => sum + one.amount, 0)).toBe(after.income);
        seen.twice += twice.length;
        seen.moved += told.moved && union.length > 0 ? 1 : 0;
        seen.suspended += after.suspense > before.suspense ? 1 : 0;
      }),
      { numRuns: 30, seed: 20251102, endOnFailure: true },
    );
    expect(Math.min(seen.twice, seen.moved, seen.suspended)).toBeGreaterThan(2);
  });
});

const yearsOf = (items: Record<string, unknown>[]) => items.map((item) => item.benefitYear).sort();

async function scan(filter: string, values: Record<string, unknown>): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new ScanCommand({
        TableName: config.mainTable(),
        FilterExpression: filter,
        ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
        ExclusiveStartKey: start,
        ConsistentRead: true,
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start);
  return found;
}

const childrenCalled = (masked: string) => scan("identityNumberMasked = :masked", { ":masked": masked });
const enrolments = ({ personNo }: Pick<Resident, "personNo">) =>
  scan("personNo = :person AND begins_with(sk, :kind)", { ":person": personNo, ":kind": "ENROLMENT#" });
const enrolmentsOf = async (masked: string) =>
  (
    await Promise.all((await childrenCalled(masked)).map((item) => enrolments({ personNo: String(item.personNo) })))
  ).flat();

/** Folds all that waits in the outbox. */
async function fold(): Promise<void> {
  const pages = await Promise.all(
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
  await foldOnce(pages.flatMap(({ Items = [] }) => Items.map((item) => Outbox.parse(item))));
}

/** What the entries of some orders say, and nothing else. */
async function moneyOf(orderNos: readonly string[]) {
  const entries: Entry[] = [];
  for await (const entry of entriesBetween("370600", day("2025-11-20"), day("2025-11-25"))) {
    if (orderNos.includes(entry.reference)) entries.push(entry);
  }
  const balances = trialBalance(entries);
  const of = (account: Account, side: 1 | -1) => {
    const one = balances.find((balance) => balance.account === account);
    return one ? (one.credit - one.debit) * side || 0 : 0;
  };
  return {
    entries,
    received: of("resident-basic.channel-receivable", -1),
    income: of("resident-basic.contribution-income", 1),
    suspense: of("resident-basic.suspense", 1),
    aided: of("resident-basic.subsidised-income", 1),
    aidExpenditure: of("medical-aid.enrolment-expenditure", -1),
  };
}

/** What the payer's own orders say is waiting to be refunded. */
async function suspendedOn(call: Call, orderNos: readonly string[]): Promise<string> {
  const orders = await Promise.all(
    orderNos.map((orderNo) => call("contributions.order-state", { params: { orderNo } })),
  );
  const lines = orders.flatMap((one) => one.lines.filter((line) => line.outcome === "suspended"));
  const fen = lines.reduce((sum, line) => sum + Number(line.amount.replace(".", "")), 0);
  return text(fen as Yuan);
}
