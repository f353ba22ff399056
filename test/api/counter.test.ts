import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { partition } from "../../functions/key.ts";
import { identityNumberOf, type Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { made, opens } from "../world/opening.ts";
import { refusal } from "../world/world.ts";

let counter: Call;
opens();
beforeAll(async () => {
  counter = await made.officer("reads-counter", "370611001", ["counter"]);
});

let serial = 0;
const next = () => String(++serial).padStart(6, "0");
const seen = "identity-card" as const;
const of = ({ personNo }: Resident) => ({ params: { personNo } });
const year = { benefitYear: 2026 };
const owed = (person: Resident, call = counter, wish: { benefitYear: number; tier?: number } = year) =>
  call("counter.owed", { ...of(person), body: wish });
const ties = (person: Resident, call = counter) => call("counter.ties", of(person));
const orders = (person: Resident, call = counter) => call("counter.orders", of(person));
const reads = { "counter.owed": owed, "counter.ties": ties, "counter.orders": orders };

async function take(people: readonly Resident[], expected: string, repairYears = 0): Promise<string> {
  const lines = people.map(({ personNo }) => ({ personNo, ...year, repairYears }));
  const body = { requestNo: `counter-${next()}`, lines, expected, seen };
  return (await counter("counter.order", { body })).orderNo;
}

async function auditOf({ personNo }: Resident): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.auditTable(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": partition.person(personNo) },
    }),
  );
  return Items;
}

describe("what the counter reads of a person", () => {
  test("is kept with the person, each time, with who looked and as what", async () => {
    const person = await made.enlist();
    for (const [name, read] of Object.entries(reads)) {
      await read(person);
      expect((await auditOf(person)).at(-1), name).toMatchObject({
        call: name,
        officerNo: "reads-counter",
        unit: "370611001",
        on: "2025-11-20",
      });
    }
    await ties(person);
    expect((await auditOf(person)).map(({ call }) => call)).toEqual([...Object.keys(reads), "counter.ties"]);
  });

  test.each(Object.entries(reads))("%s: not for an officer of elsewhere, nor without the role", async (_, read) => {
    const person = await made.enlist();
    const elsewhere = await made.officer(`reads-elsewhere-${next()}`, "370682", ["counter"]);
    expect(await refusal(read(person, elsewhere))).toBe("person-not-found");
    const others = await made.officer(`reads-others-${next()}`, "370611001", [
      "progress",
      "visits",
      "targets",
      "finance",
      "refunds",
    ]);
    expect(await refusal(read(person, others))).toBe("role-missing");
    expect(await refusal(read({ ...person, personNo: "37060099999999999999" }))).toBe("person-not-found");
    // That somebody of elsewhere looked is kept, though nothing was shown.
    expect((await auditOf(person)).map(({ unit }) => unit)).toEqual(["370682"]);
  });

  test("a dead person owes nothing more; what was paid for him is still shown, to be given back", async () => {
    const dead = await made.enlist({ diedOn: day("2025-06-01") });
    expect(await refusal(owed(dead))).toBe("deceased");
    expect(await ties(dead)).toEqual({ dependants: [], guardians: [] });
    expect(await orders(dead)).toEqual({ lines: [] });
    expect((await auditOf(dead)).map(({ call }) => call)).toEqual(Object.keys(reads));
  });
});

describe("what somebody at the counter owes", () => {
  test("is what he is told on his own phone, to the letter", async () => {
    const lapsed = {
      coverBefore: [{ benefitYear: 2023, coverFrom: day("2023-01-01"), coverUntil: day("2023-12-31") }],
    };
    const poor = { identities: [{ kind: "minimum-living" as const, from: day("2022-11-03"), until: null }] };
    for (const facts of [{}, lapsed, poor, { student: true, bornOn: day("2010-05-01") }]) {
      const { person, call } = await made.proven(facts);
      const own = await call("contributions.owed", { body: { whom: { who: "self" }, ...year } });
      expect(await owed(person)).toEqual(own);
    }
  });

  test("is what the counter then takes, with and without repair", async () => {
    const lapsed = () =>
      made.enlist({
        coverBefore: [{ benefitYear: 2023, coverFrom: day("2023-01-01"), coverUntil: day("2023-12-31") }],
      });
    const { choices } = await owed(await lapsed());
    expect(choices.length).toBeGreaterThan(1);
    expect(new Set(choices.map(({ total }) => total)).size).toBe(choices.length);
    for (const { total, repairYears } of choices) {
      const person = await lapsed();
      await take([person], total, repairYears);
      expect((await orders(person)).lines).toMatchObject([{ amount: total, outcome: "enrolled", carrier: "cash" }]);
    }
  });

  test("a tier that the area has not, and a year that is paid, are refused", async () => {
    const person = await made.enlist();
    expect(await refusal(owed(person, counter, { ...year, tier: 9 }))).toBe("malformed");
    await take([person], (await owed(person)).choices[0]!.total);
    expect(await refusal(owed(person))).toBe("already-enrolled");
  });
});

describe("the ties of somebody at the counter", () => {
  test("are those that wait and those that hold, from both sides, and none that is over", async () => {
    const [mother, father] = [await made.proven(), await made.proven()];
    const { name, identityNumber } = father.person;
    const wish = { name, identityNumber, relationship: "spouse" as const };
    const first = await mother.call("family.ask", { body: { ...wish, requestNo: `tie-${next()}` } });
    expect(await ties(mother.person)).toMatchObject({
      dependants: [{ tieNo: first.tieNo, state: "asked", temporary: false }],
      guardians: [],
    });
    const consent = { params: { tieNo: first.tieNo }, body: { seen } };
    await counter("family-agency.consent", consent);
    const held = await ties(father.person);
    expect(held).toMatchObject({ dependants: [], guardians: [{ tieNo: first.tieNo, state: "agreed" }] });
    expect(held.guardians[0]?.dependant.identityNumber).toContain("*");
    await mother.call("family.end", { params: { tieNo: first.tieNo } });
    expect(await ties(father.person)).toEqual({ dependants: [], guardians: [] });
    const second = await mother.call("family.ask", { body: { ...wish, requestNo: `tie-${next()}` } });
    expect((await ties(mother.person)).dependants.map(({ tieNo }) => tieNo)).toEqual([second.tieNo]);
    made.turn("2025-11-28");
    expect(await ties(mother.person)).toEqual({ dependants: [], guardians: [] });
    made.turn("2025-11-20");
  });

  test("lead to a newborn, whose identity number is then given at the counter", async () => {
    const { person, call } = await made.proven({ name: "孙晓燕" });
    const bornOn = day("2025-11-02");
    const born = { name: "于子轩", sex: "male" as const, bornOn, birthCertificate: "Y370555001", commitment: true };
    await call("family.newborn", { body: { ...born, requestNo: `tie-${next()}` } });
    const [waiting] = (await ties(person)).dependants;
    expect(waiting).toMatchObject({ temporary: true, state: "review" });
    const seenIt = { agree: true, reason: "看过出生医学证明原件" };
    await counter("family-agency.review", { params: { tieNo: waiting!.tieNo }, body: seenIt });
    const [found] = (await ties(person)).dependants;
    expect(found).toMatchObject({ temporary: true, state: "agreed", dependant: { identityNumber: "********01" } });
    const number = { name: "于子轩", identityNumber: identityNumberOf(bornOn, "male", 777), seen };
    const params = { tieNo: found!.tieNo };
    const given = await counter("family-agency.identity-number", { params, body: number });
    expect(given.temporary).toBe(false);
    expect(await ties(person)).toMatchObject({ dependants: [given], guardians: [] });
  });
});

describe("the lines of somebody at the counter", () => {
  test("are his own, whoever paid and with whom, with their receipts, and none of the others", async () => {
    const [one, other] = [await made.enlist(), await made.enlist()];
    const orderNo = await take([other, one], "800.00");
    const { lines } = await orders(one);
    expect(lines).toMatchObject([
      { orderNo, line: 1, on: "2025-11-20", ...year, amount: "400.00", carrier: "cash", refund: null },
    ]);
    const { receipt } = lines[0]!;
    expect(receipt.state).toBe("valid");
    const { number, checkCode } = receipt;
    expect(await made.anyone("receipts.verify", { body: { number, checkCode } })).toMatchObject({ state: "valid" });
    expect((await orders(other)).lines).toMatchObject([{ orderNo, line: 0 }]);
  });

  test("are proposed to be refunded as they stand there, and say what became of that", async () => {
    const person = await made.enlist();
    await take([person], "400.00");
    const proposer = await made.officer("reads-proposer", "370611001", ["refunds"]);
    const decider = await made.officer("reads-decider", "370611001", ["refunds"]);
    const propose = async () => {
      const { orderNo, line } = (await orders(person)).lines[0]!;
      const { refundNo } = await proposer("refunds-agency.propose", {
        body: { orderNo, line, reason: "wrong-payment" },
      });
      return { params: { refundNo } };
    };
    const decide = (asked: { params: { refundNo: string } }, approve: boolean) =>
      decider("refunds-agency.decide", { ...asked, body: { approve, reason: "已核对缴费记录" } });

    const first = await propose();
    expect((await orders(person)).lines).toMatchObject([
      { outcome: "enrolled", refund: { ...first.params, state: "requested" } },
    ]);
    await decide(first, false);
    expect((await orders(person)).lines).toMatchObject([{ outcome: "enrolled", refund: null }]);
    const second = await propose();
    await decide(second, true);
    expect((await orders(person)).lines).toMatchObject([
      { outcome: "refunded", refund: { ...second.params, state: "approved" }, receipt: { state: "refunded" } },
    ]);
    await counter("counter.pay-out", { ...second, body: { seen } });
    await take([person], "400.00");
    const after = (await orders(person)).lines.map(({ outcome, refund }) => [outcome, refund?.state ?? null]);
    expect(after.sort()).toEqual([
      ["enrolled", null],
      ["refunded", "refunded"],
    ]);
  });
});
