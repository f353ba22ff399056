import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { checkDigit } from "../../shared/person.ts";
import { made } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  aTelephone,
  at,
  auditOf,
  bound,
  byCounter,
  count,
  counter,
  historyOf,
  isProven,
  laterOn,
  onRecord,
  opensCounter,
  other,
  paper,
  proven,
  seen,
} from "./proof-steps.ts";

opensCounter();

describe("a second proof by a code from a counter", () => {
  test("eight digits, shown once, kept as a hash, recorded with officer and paper; a new one replaces the old", async () => {
    const one = await bound({ telephone: null });
    const first = await counter("counter.code", at(one.person));
    const second = await counter("counter.code", { ...at(one.person), body: { seen: "household-book" } });
    expect(second).toEqual({ code: expect.stringMatching(/^\d{8}$/), validMinutes: 30 });
    const { Items = [] } = await db.send(new ScanCommand({ TableName: config.mainTable() }));
    expect(JSON.stringify(Items)).not.toContain(second.code);

    expect(await refusal(one.call("proof.prove", byCounter(first.code)))).toBe("counter-code-wrong");
    expect((await one.call("proof.prove", byCounter(second.code))).by).toBe("counter");
    const by = { what: "counter-code", officerNo: "counter", unit: "370611001", on: "2025-11-20" };
    expect(await historyOf(one.person)).toMatchObject([
      { ...by, seen: "identity-card" },
      { ...by, seen: "household-book" },
    ]);
    expect(await auditOf(one.person)).toMatchObject([
      { call: "counter.code", officerNo: "counter", reason: "identity-card" },
      { call: "counter.code", officerNo: "counter", reason: "household-book" },
    ]);
  });

  test("wrong code five times, and the code of another person", async () => {
    const [one, two] = [await bound(), await bound()];
    const mine = await counter("counter.code", at(one.person));
    const theirs = await counter("counter.code", at(two.person));
    expect(await refusal(one.call("proof.prove", byCounter(theirs.code)))).toBe("counter-code-wrong");
    for (let i = 0; i < 4; i++)
      expect(await refusal(one.call("proof.prove", byCounter(other(mine.code))))).toBe("counter-code-wrong");
    expect(await refusal(one.call("proof.prove", byCounter(mine.code)))).toBe("code-used-up");
    await two.call("proof.prove", byCounter(theirs.code));
  });

  test("a code of the counter after thirty minutes", async () => {
    const one = await bound();
    const { code } = await counter("counter.code", at(one.person));
    await laterOn(29, one.refreshToken, async (call) => {
      expect(await refusal(call("proof.prove", byCounter(other(code))))).toBe("counter-code-wrong");
    });
    const two = await made.signIn(one.person);
    await laterOn(30.1, two.refreshToken, async (call) => {
      expect(await refusal(call("proof.prove", byCounter(code)))).toBe("code-used-up");
    });
  });

  test("two phones with one code in the same moment: one of them is proven", async () => {
    const person = await made.enlist();
    const phones = await Promise.all([made.signIn(person), made.signIn(person), made.signIn(person)]);
    const { code } = await counter("counter.code", at(person));
    const told = await Promise.all(phones.map(({ call }) => refusal(call("proof.prove", byCounter(code)))));
    expect(count(told, "")).toBe(1);
    expect(told.every((one) => ["", "code-used-up", "try-again"].includes(one))).toBe(true);
    const states = await Promise.all(phones.map(({ call }) => isProven(call)));
    expect(states).toEqual(told.map((one) => one === ""));
  });
});

describe("at the counter", () => {
  test("an officer finds who stands before him: masked, with the bound accounts and how they were proven, and it is recorded", async () => {
    const one = await proven();
    await made.signIn(one.person);
    const { personNo, name } = one.person;
    const found = await counter("counter.find", paper(one.person));
    expect(found).toMatchObject({ personNo, name, unitName: "烟台市 福山区 东河镇 杏林村", deceased: false });
    expect(found.identityNumber).toMatch(/^\*{16}[\dX]{2}$/);
    expect(found.telephone).toMatch(/^\*{9}\d{2}$/);
    const account = { signedInBy: "telephone", boundOn: "2025-11-20" };
    expect(found.accounts).toHaveLength(2);
    expect(found.accounts).toContainEqual({ ...account, provenBy: "telephone", provenOn: "2025-11-20" });
    expect(found.accounts).toContainEqual({ ...account, provenBy: null, provenOn: null });
    expect(await auditOf(one.person)).toMatchObject([{ call: "counter.find", officerNo: "counter" }]);
  });

  test("a name that differs and a number that nobody has are told alike; a wrong check digit is told", async () => {
    const person = await made.enlist();
    const { identityNumber } = person;
    expect(await refusal(counter("counter.find", { body: { name: "李四", identityNumber } }))).toBe("name-mismatch");
    const nobody = { ...person, identityNumber: `37999919900101001${checkDigit("37999919900101001")}` };
    expect(await refusal(counter("counter.find", paper(nobody)))).toBe("name-mismatch");
    const wrong = identityNumber.slice(0, 17) + (identityNumber.endsWith("1") ? "2" : "1");
    expect(await refusal(counter("counter.find", paper({ ...person, identityNumber: wrong })))).toBe("identity-number");
    expect(await auditOf(person)).toEqual([]);
  });

  const everything = (call: Call, person: Resident) => [
    () => call("counter.find", paper(person)),
    () => call("counter.code", at(person)),
    () => call("counter.telephone", { ...at(person), body: { ...seen, telephone: aTelephone() } }),
    () => call("counter.recover", at(person)),
  ];

  test("officer outside the area is answered as if nobody were there, and that they looked is recorded; without the role nothing is", async () => {
    const one = await bound();
    const abroad = await made.officer("counter-abroad", "370682", ["counter"]);
    const visitor = await made.officer("no-counter", "370611001", ["progress", "visits", "targets", "finance"]);
    const answers: string[] = [];
    for (const ask of everything(abroad, one.person)) answers.push(await refusal(ask()));
    expect(answers).toEqual(["name-mismatch", "person-not-found", "person-not-found", "person-not-found"]);
    expect((await auditOf(one.person)).every(({ officerNo }) => officerNo === "counter-abroad")).toBe(true);
    expect(await auditOf(one.person)).toHaveLength(4);
    for (const ask of everything(visitor, one.person)) expect(await refusal(ask())).toBe("role-missing");
    for (const ask of everything(one.call, one.person)) expect(await refusal(ask())).toBe("not-signed-in");
    expect(await auditOf(one.person)).toHaveLength(4);
    expect(await historyOf(one.person)).toEqual([]);
    expect(await onRecord(one.person)).toBe(one.telephone);
    expect((await one.call("proof.ways")).proof).toBeNull();
  });

  test("a person who is not on the register, and a paper that is none", async () => {
    const person = await made.enlist();
    const [, ...rest] = everything(counter, { ...person, personNo: "37060000000000000000" });
    for (const ask of rest) expect(await refusal(ask())).toBe("person-not-found");
    const body = { seen: "library-card" } as unknown as typeof seen;
    expect(await refusal(counter("counter.code", { ...at(person), body }))).toBe("malformed");
  });

  test("a telephone is set and changed with the paper seen; the same again only confirms it", async () => {
    const person = await made.enlist();
    const [first, second] = [aTelephone(), aTelephone()];
    const set = (telephone: string) => counter("counter.telephone", { ...at(person), body: { ...seen, telephone } });
    expect(await set(first)).toEqual({ telephone: `*********${first.slice(-2)}`, confirmedOn: "2025-11-20" });
    await set(first);
    expect(await historyOf(person)).toMatchObject([{ what: "telephone-changed", before: null, ...seen }]);
    made.turn("2025-11-22");
    expect((await set(first)).confirmedOn).toBe("2025-11-22");
    await set(second);
    made.turn("2025-11-20");
    expect((await historyOf(person)).map(({ what, on }) => [what, on])).toEqual([
      ["telephone-changed", "2025-11-20"],
      ["telephone-confirmed", "2025-11-22"],
      ["telephone-changed", "2025-11-22"],
    ]);
    expect(await onRecord(person)).toBe(second);
    expect(
      count(
        (await auditOf(person)).map((one) => String(one.call)),
        "counter.telephone",
      ),
    ).toBe(4);
    const { call } = await made.signIn(person);
    await made.prove(call, { ...person, telephone: second });
  });
});
