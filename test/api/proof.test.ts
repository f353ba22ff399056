import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { residentOf } from "../../functions/callers/sessions.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { beginning, key, partition } from "../../functions/key.ts";
import { telephonePlace } from "../../functions/people/profile.ts";
import { type Bound, proveSession, ticketOnce } from "../../functions/proof/store.ts";
import { unseal } from "../../functions/sealing.ts";
import { accountOf, accountOfWeChat, accountsOf, bindAccount } from "../../functions/sign-in/accounts.ts";
import { usedUp } from "../../functions/sign-in/codes.ts";
import type { Resident } from "../../local/county/people.ts";
import { faceTicket } from "../../local/face.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { checkDigit, contactGoodForDays, mustAskContact } from "../../shared/person.ts";
import { refusal, unit, type World, world } from "../world/world.ts";

const village = "370611001201";
let made: World;
let counter: Call;
beforeAll(async () => {
  made = await world();
  await Promise.all([
    unit("370600", "烟台市"),
    unit("370611", "福山区"),
    unit("370611001", "东河镇"),
    unit(village, "杏林村"),
  ]);
  counter = await made.officer("counter", "370611001", ["counter"]);
});

let numbers = 0;
/** Telephones that no other test has. */
const aTelephone = () => `1370${String(++numbers).padStart(7, "0")}`;
const other = (code: string) => (code.startsWith("1") ? `2${code.slice(1)}` : `1${code.slice(1)}`);
const byTelephone = (code: string) => ({ body: { way: "telephone" as const, code } });
const byCounter = (code: string) => ({ body: { way: "counter" as const, code } });
const byFace = (ticket: string) => ({ body: { way: "face" as const, ticket } });
const seen = { seen: "identity-card" as const };
const paper = ({ name, identityNumber }: Resident) => ({ body: { name, identityNumber } });
const at = ({ personNo }: Resident) => ({ params: { personNo }, body: seen });

/** A person with a telephone on record, and a phone that is bound to him. */
async function bound(facts: Partial<Resident> = {}) {
  const person = await made.enlist({ telephone: aTelephone(), ...facts });
  return { person, telephone: person.telephone ?? "", ...(await made.signIn(person)) };
}

async function proven(facts: Partial<Resident> = {}) {
  const one = await bound(facts);
  await made.prove(one.call, one.person);
  return one;
}

/** The code that came to the telephone on record. */
async function proofCode({ call, telephone }: { call: Call; telephone: string }): Promise<string> {
  await call("proof.send-code");
  return made.codeSentTo(telephone);
}

const isProven = async (call: Call) => (await call("proof.ways")).proof !== null;

/** Runs something as so many minutes later by the wall clock, with a call whose session was renewed by then. */
async function later(minutes: number, refreshToken: string, run: (call: Call) => Promise<unknown>): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
  try {
    const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    await run(made.as(accessToken));
  } finally {
    vi.useRealTimers();
  }
}

async function historyOf({ personNo }: Resident): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
      ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": beginning.history },
    }),
  );
  return Items;
}

async function auditOf({ personNo }: Resident): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
  return Items.filter((item) => item.pk === partition.person(personNo));
}

async function onRecord({ personNo }: Resident): Promise<string | null> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.person(personNo), ConsistentRead: true }),
  );
  return Item?.telephoneSealed && unseal(Item.telephoneSealed, telephonePlace(personNo));
}

const count = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length;

describe("a second proof by the telephone on record", () => {
  test("a bound session is not proven; a code to the telephone on record proves it, and that telephone is confirmed", async () => {
    const one = await bound();
    const masked = `${one.telephone.slice(0, 3)}****${one.telephone.slice(-4)}`;
    expect(await one.call("proof.ways")).toEqual({
      proof: null,
      ways: { telephone: masked, counter: true, face: true },
    });
    const asked = { body: { telephone: aTelephone() } };
    expect(await refusal(one.call("proof.telephone-code", asked))).toBe("proof-needed");
    expect(await one.call("proof.send-code")).toEqual({ telephone: masked, validMinutes: 5 });
    const proof = await one.call("proof.prove", byTelephone(made.codeSentTo(one.telephone)));
    expect(proof.by).toBe("telephone");
    expect(Math.abs(Date.now() - proof.at)).toBeLessThan(60_000);
    expect((await one.call("proof.ways")).proof).toEqual(proof);
    expect((await one.call("residents.me")).contact).toEqual({
      telephone: masked,
      confirmedOn: "2025-11-20",
      ask: false,
    });
    await one.call("proof.telephone-code", asked);
  });

  test("whoever signed in with the telephone on record is asked for a fresh code all the same", async () => {
    const person = await made.enlist({ telephone: aTelephone() });
    const { call } = await made.signIn(person, person.telephone!);
    const codeOfSignIn = made.codeSentTo(person.telephone!);
    expect(await isProven(call)).toBe(false);
    expect(await refusal(call("proof.prove", byTelephone(codeOfSignIn)))).toBe("code-used-up");
    await made.prove(call, person);
    expect(await isProven(call)).toBe(true);
  });

  test("wrong code five times: the code is worth nothing, a new one is", async () => {
    const one = await bound();
    const code = await proofCode(one);
    for (let i = 0; i < 5; i++)
      expect(await refusal(one.call("proof.prove", byTelephone(other(code))))).toBe("code-wrong");
    expect(await refusal(one.call("proof.prove", byTelephone(code)))).toBe("code-used-up");
    expect(await isProven(one.call)).toBe(false);
    await one.call("proof.prove", byTelephone(await proofCode(one)));
    expect(await isProven(one.call)).toBe(true);
  });

  test("guesses in the same moment are counted like others", async () => {
    const one = await bound();
    const code = await proofCode(one);
    const told = await Promise.all(
      Array.from({ length: 12 }, () => refusal(one.call("proof.prove", byTelephone(other(code))))),
    );
    expect([count(told, "code-wrong"), count(told, "code-used-up")]).toEqual([5, 7]);
    expect(await refusal(one.call("proof.prove", byTelephone(code)))).toBe("code-used-up");
  });

  test("a code for one purpose is worth nothing for another", async () => {
    const one = await bound();
    await made.anyone("sign-in.send-code", { body: { telephone: one.telephone } });
    const signingIn = made.codeSentTo(one.telephone);
    expect(await refusal(one.call("proof.prove", byTelephone(signingIn)))).toBe("code-used-up");
    const code = await proofCode(one);
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone: one.telephone, code } }))).toBe(
      "code-wrong",
    );
    await one.call("proof.prove", byTelephone(code));

    const telephone = aTelephone();
    await made.anyone("sign-in.send-code", { body: { telephone } });
    const body = { telephone, code: made.codeSentTo(telephone) };
    expect(await refusal(one.call("proof.telephone", { body }))).toBe("code-used-up");
    await one.call("proof.telephone-code", { body: { telephone } });
    const changing = made.codeSentTo(telephone);
    expect(await refusal(made.anyone("sign-in.telephone", { body: { telephone, code: changing } }))).toBe("code-wrong");
  });

  test("a code of another person is worth nothing, even where both have one telephone on record", async () => {
    const mother = await bound();
    const child = await bound({ telephone: mother.telephone });
    const code = await proofCode(child);
    expect(await refusal(mother.call("proof.prove", byTelephone(code)))).toBe("code-used-up");
    await proofCode(mother);
    expect(await refusal(mother.call("proof.prove", byTelephone(code)))).toBe("code-wrong");
    await child.call("proof.prove", byTelephone(code));
    expect([await isProven(child.call), await isProven(mother.call)]).toEqual([true, false]);
  });

  test("a code that another phone of the same person asked for is worth nothing on this one", async () => {
    const one = await bound();
    const stranger = await made.signIn(one.person);
    const code = await proofCode(one);
    expect(await refusal(stranger.call("proof.prove", byTelephone(code)))).toBe("code-used-up");
    await one.call("proof.prove", byTelephone(code));
  });

  test("a code after five minutes", async () => {
    const one = await bound();
    const code = await proofCode(one);
    await later(5.1, one.refreshToken, async (call) => {
      expect(await refusal(call("proof.prove", byTelephone(code)))).toBe("code-used-up");
      expect(await isProven(call)).toBe(false);
    });
  });

  test("the same proof again is answered as it was, also on other grounds; a used code proves no other session", async () => {
    const one = await bound();
    const code = await proofCode(one);
    const proof = await one.call("proof.prove", byTelephone(code));
    expect(await one.call("proof.prove", byTelephone(code))).toEqual(proof);
    const again = await made.signIn(one.person);
    expect(await refusal(again.call("proof.prove", byTelephone(code)))).toBe("code-used-up");
  });

  test("a sixth code in an hour of one account, and an eleventh in a day of one person, is not sent", async () => {
    const one = await bound();
    for (let i = 0; i < 5; i++) await one.call("proof.send-code");
    expect(await refusal(one.call("proof.send-code"))).toBe("paused");
    const second = await made.signIn(one.person);
    for (let i = 0; i < 5; i++) await second.call("proof.send-code");
    const third = await made.signIn(one.person);
    expect(await refusal(third.call("proof.send-code"))).toBe("paused");
    expect(made.textsTo(one.telephone)).toHaveLength(10);
  });

  test("without a telephone on record there is the counter", async () => {
    const one = await bound({ telephone: null });
    expect((await one.call("proof.ways")).ways.telephone).toBeNull();
    expect(await refusal(one.call("proof.send-code"))).toBe("no-telephone-on-record");
    expect(await refusal(one.call("proof.prove", byTelephone("123456")))).toBe("no-telephone-on-record");
    expect(await refusal(one.call("proof.contact"))).toBe("no-telephone-on-record");
  });

  test("proven stays through a renewal, and ends with signing out", async () => {
    const one = await proven();
    const renewed = await made.anyone("sign-in.refresh", { body: { refreshToken: one.refreshToken } });
    const call = made.as(renewed.accessToken);
    expect(await isProven(call)).toBe(true);
    await call("sign-in.sign-out");
    expect(await refusal(call("proof.ways"))).toBe("not-signed-in");
    const signedInBy = aTelephone();
    const first = await made.signIn(one.person, signedInBy);
    await made.prove(first.call, one.person);
    const second = await made.signIn(one.person, signedInBy);
    expect([await isProven(first.call), await isProven(second.call)]).toEqual([true, false]);
  });

  test("an unbound account proves nothing", async () => {
    const { call } = await made.signIn(null);
    expect(await refusal(call("proof.ways"))).toBe("not-bound");
    expect(await refusal(call("proof.send-code"))).toBe("not-bound");
    expect(await refusal(call("proof.prove", byCounter("12345678")))).toBe("not-bound");
    expect((await call("residents.me")).contact).toBeNull();
  });

  test("a person who died since is proved by nobody", async () => {
    const person = await made.enlist({ telephone: aTelephone() });
    const { call } = await made.signIn(person);
    const { code } = await counter("counter.code", at(person));
    await made.enlist({ ...person, diedOn: day("2025-11-19") });
    expect(await refusal(call("proof.send-code"))).toBe("deceased");
    expect(await refusal(call("proof.prove", byCounter(code)))).toBe("deceased");
    expect(await refusal(call("proof.prove", byFace(faceTicket(person.identityNumber))))).toBe("deceased");
    expect(await refusal(counter("counter.code", at(person)))).toBe("deceased");
    expect(
      await refusal(counter("counter.telephone", { ...at(person), body: { ...seen, telephone: aTelephone() } })),
    ).toBe("deceased");
    expect((await counter("counter.recover", at(person))).accounts).toBe(1);
  });
});

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
    await later(29, one.refreshToken, async (call) => {
      expect(await refusal(call("proof.prove", byCounter(other(code))))).toBe("counter-code-wrong");
    });
    const two = await made.signIn(one.person);
    await later(30.1, two.refreshToken, async (call) => {
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

describe("a second proof by a face", () => {
  test("the verifier's ticket proves whose face it saw", async () => {
    const one = await bound();
    expect((await one.call("proof.prove", byFace(faceTicket(one.person.identityNumber)))).by).toBe("face");
    expect(await isProven(one.call)).toBe(true);
  });

  test("a ticket of another face, an old one, one that was changed, and none", async () => {
    const [one, two] = [await bound(), await bound()];
    const ticket = faceTicket(one.person.identityNumber);
    for (const bad of [
      faceTicket(two.person.identityNumber),
      faceTicket(one.person.identityNumber, Date.now() - 1),
      ticket.replace(/\.\d+\./, `.${Date.now() + 86_400_000}.`),
      `${ticket}x`,
      "ticket",
    ]) {
      expect(await refusal(one.call("proof.prove", byFace(bad)))).toBe("face-not-matched");
    }
    expect(await isProven(one.call)).toBe(false);
  });

  test("a ticket used twice, also in the same moment, proves one session", async () => {
    const person = await made.enlist();
    const phones = await Promise.all([made.signIn(person), made.signIn(person)]);
    const ticket = faceTicket(person.identityNumber);
    const told = await Promise.all(phones.map(({ call }) => refusal(call("proof.prove", byFace(ticket)))));
    expect(count(told, "")).toBe(1);
    const third = await made.signIn(person);
    expect(await refusal(third.call("proof.prove", byFace(ticket)))).toBe("face-not-matched");
  });

  test("where no verifier is configured the way is not offered, and asking for it is refused", async () => {
    const one = await bound();
    vi.stubEnv("FACE_ENDPOINT", "");
    try {
      expect((await one.call("proof.ways")).ways.face).toBe(false);
      expect(await refusal(one.call("proof.prove", byFace("ticket")))).toBe("way-not-offered");
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("a verifier that is away, says nonsense, or says yes without signing it proves nobody", async () => {
    const one = await bound();
    let answer = "nonsense";
    const impostor = createServer((_, response) => response.end(answer));
    await new Promise<void>((resolve) => impostor.listen(0, "127.0.0.1", resolve));
    vi.stubEnv("FACE_ENDPOINT", `http://127.0.0.1:${(impostor.address() as AddressInfo).port}/`);
    const tried = () => refusal(one.call("proof.prove", byFace(faceTicket(one.person.identityNumber))));
    try {
      expect(await tried()).toBe("face-unreachable");
      answer = JSON.stringify({ matched: true, signature: "x".repeat(43) });
      expect(await tried()).toBe("face-unreachable");
      await new Promise((resolve) => impostor.close(resolve));
      impostor.closeAllConnections();
      expect(await tried()).toBe("face-unreachable");
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await isProven(one.call)).toBe(false);
  });

  test("an eleventh face in an hour", async () => {
    const one = await bound();
    for (let i = 0; i < 10; i++)
      expect(await refusal(one.call("proof.prove", byFace("ticket")))).toBe("face-not-matched");
    expect(await refusal(one.call("proof.prove", byFace(faceTicket(one.person.identityNumber))))).toBe("paused");
  });
});

describe("another telephone", () => {
  /** Asks for the code to a new number. */
  async function newCode(call: Call, telephone: string): Promise<string> {
    await call("proof.telephone-code", { body: { telephone } });
    return made.codeSentTo(telephone);
  }

  test("a proven person changes it; both numbers are told, the day is kept, and proofs go to the new number", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const code = await newCode(one.call, telephone);
    made.turn("2025-11-21");
    const changed = await one.call("proof.telephone", { body: { telephone, code } });
    made.turn("2025-11-20");
    const [before, now] = [one.telephone, telephone].map((number) => `${number.slice(0, 3)}****${number.slice(-4)}`);
    expect(changed).toEqual({ telephone: now, confirmedOn: "2025-11-21", told: { before: true, now: true } });
    for (const number of [one.telephone, telephone]) {
      expect(made.textsTo(number)[0]).toContain(`更换为${now}`);
      expect(made.textsTo(number)[0]).not.toContain(telephone);
    }
    expect(await onRecord(one.person)).toBe(telephone);
    expect(await historyOf(one.person)).toMatchObject([
      { what: "telephone-changed", on: "2025-11-21", before, telephone: now },
    ]);
    const second = await made.signIn(one.person);
    await made.prove(second.call, { ...one.person, telephone });
    expect(await isProven(second.call)).toBe(true);
  });

  test("a proof code that went to the number before is worth nothing after the change", async () => {
    const one = await proven();
    const second = await made.signIn(one.person);
    await second.call("proof.send-code");
    const old = made.codeSentTo(one.telephone);
    const telephone = aTelephone();
    await one.call("proof.telephone", { body: { telephone, code: await newCode(one.call, telephone) } });
    expect(await refusal(second.call("proof.prove", byTelephone(old)))).toBe("code-used-up");
  });

  test("only a proven session; not to the number on record; not with a code for another number or another person", async () => {
    const [one, two] = [await proven(), await proven()];
    const [telephone, another] = [aTelephone(), aTelephone()];
    const unproven = await made.signIn(one.person);
    const body = { telephone, code: "123456" };
    expect(await refusal(unproven.call("proof.telephone-code", { body: { telephone } }))).toBe("proof-needed");
    expect(await refusal(unproven.call("proof.telephone", { body }))).toBe("proof-needed");
    expect(await refusal(one.call("proof.telephone-code", { body: { telephone: one.telephone } }))).toBe(
      "same-telephone",
    );
    const code = await newCode(one.call, telephone);
    expect(await refusal(one.call("proof.telephone", { body: { telephone: another, code } }))).toBe("code-used-up");
    expect(await refusal(two.call("proof.telephone", { body: { telephone, code } }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
  });

  test("wrong code five times changes nothing", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const code = await newCode(one.call, telephone);
    for (let i = 0; i < 5; i++)
      expect(await refusal(one.call("proof.telephone", { body: { telephone, code: other(code) } }))).toBe("code-wrong");
    expect(await refusal(one.call("proof.telephone", { body: { telephone, code } }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
    expect(await historyOf(one.person)).toEqual([]);
  });

  test("the same change again is answered and changes nothing", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const body = { telephone, code: await newCode(one.call, telephone) };
    const { confirmedOn } = await one.call("proof.telephone", { body });
    expect(await one.call("proof.telephone", { body })).toMatchObject({ confirmedOn, told: { now: false } });
    expect(await historyOf(one.person)).toHaveLength(1);
  });

  test("a code changes the telephone once: after a change back it is used up", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const body = { telephone, code: await newCode(one.call, telephone) };
    await one.call("proof.telephone", { body });
    await counter("counter.telephone", { ...at(one.person), body: { ...seen, telephone: one.telephone } });
    expect(await refusal(one.call("proof.telephone", { body }))).toBe("code-used-up");
    expect(await onRecord(one.person)).toBe(one.telephone);
  });

  test("changes in the same moment follow each other or are refused; the history tells what is on record", async () => {
    const one = await proven();
    const telephones = [aTelephone(), aTelephone(), aTelephone()];
    const bodies = await Promise.all(
      telephones.map(async (telephone) => ({ telephone, code: await newCode(one.call, telephone) })),
    );
    const told = await Promise.all(bodies.map((body) => refusal(one.call("proof.telephone", { body }))));
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    const changes = await historyOf(one.person);
    expect(changes).toHaveLength(count(told, ""));
    const masked = new Set(changes.map((change) => change.telephone));
    expect(changes.filter(({ before }) => !masked.has(before))).toHaveLength(1);
    expect(telephones).toContain(await onRecord(one.person));
    // Whoever was refused may try again with the same code.
    const again = bodies.find((_, i) => told[i] === "try-again");
    if (again) expect((await one.call("proof.telephone", { body: again })).confirmedOn).toBe("2025-11-20");
  });

  test("nobody learns whether a telephone is somebody's", async () => {
    const one = await proven();
    const known = aTelephone();
    await made.signIn(null, known);
    const answers = [known, aTelephone()].map((telephone) => one.call("proof.telephone-code", { body: { telephone } }));
    const [ofKnown, ofNew] = await Promise.all(answers);
    expect(ofKnown).toEqual(ofNew);
  });

  test("a sixth code to new numbers in an hour, and a sixth to one number whoever asks", async () => {
    const one = await proven();
    for (let i = 0; i < 5; i++) await one.call("proof.telephone-code", { body: { telephone: aTelephone() } });
    expect(await refusal(one.call("proof.telephone-code", { body: { telephone: aTelephone() } }))).toBe("paused");
    const telephone = aTelephone();
    for (let i = 0; i < 5; i++) await made.anyone("sign-in.send-code", { body: { telephone } });
    const two = await proven();
    expect(await refusal(two.call("proof.telephone-code", { body: { telephone } }))).toBe("paused");
  });

  test("where the notice cannot be sent the change stands, and the answer says so", async () => {
    const one = await proven();
    const telephone = aTelephone();
    const code = await newCode(one.call, telephone);
    vi.stubEnv("SMS_TELEPHONE_TEMPLATE", "");
    try {
      const { told } = await one.call("proof.telephone", { body: { telephone, code } });
      expect(told).toEqual({ before: false, now: false });
    } finally {
      vi.unstubAllEnvs();
    }
    expect(await onRecord(one.person)).toBe(telephone);
  });
});

describe("is this still your number?", () => {
  test.each([
    [null, null, true, "none on record"],
    ["137****0001", null, true, "never confirmed"],
    ["137****0001", "2025-11-20", false, "confirmed today"],
    ["137****0001", "2024-11-20", false, "confirmed 365 days ago"],
    ["137****0001", "2024-11-19", true, "confirmed 366 days ago"],
  ] as const)("%s, %s: %s, %s", (telephone, confirmedOn, ask, _) => {
    expect(contactGoodForDays).toBe(365);
    expect(mustAskContact(telephone, confirmedOn && day(confirmedOn), day("2025-11-20"))).toBe(ask);
  });

  test("a yes is kept with its day; a second one on that day changes nothing; a year later it is asked again", async () => {
    const one = await bound();
    expect((await one.call("residents.me")).contact).toMatchObject({ confirmedOn: null, ask: true });
    const [first] = await Promise.all([one.call("proof.contact"), refusal(one.call("proof.contact"))]);
    expect(await one.call("proof.contact")).toEqual(first);
    expect((await one.call("residents.me")).contact).toMatchObject({ confirmedOn: "2025-11-20", ask: false });
    made.turn("2026-11-21");
    expect((await one.call("residents.me")).contact).toMatchObject({ ask: true });
    made.turn("2025-11-20");
    const kept = await historyOf(one.person);
    expect(kept[0]).toMatchObject({ what: "telephone-confirmed", on: "2025-11-20" });
  });
});

describe("at the counter", () => {
  test("an officer finds who stands before him: masked, with the bound accounts and how they were proven, and it is recorded", async () => {
    const one = await proven();
    await made.signIn(one.person);
    const { personNo, name } = one.person;
    const found = await counter("counter.find", paper(one.person));
    expect(found).toMatchObject({ personNo, name, unitName: "烟台市 福山区 东河镇 杏林村", deceased: false });
    expect(found.identityNumber).toMatch(/^\d{6}\*{8}/);
    expect(found.telephone).toMatch(/^\d{3}\*{4}\d{4}$/);
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

  test("officer outside the area, officer without the role, and a resident: nothing happens and nothing is recorded", async () => {
    const one = await bound();
    const abroad = await made.officer("counter-abroad", "370682", ["counter"]);
    const visitor = await made.officer("no-counter", "370611001", ["progress", "visits", "targets", "finance"]);
    for (const ask of everything(abroad, one.person)) expect(await refusal(ask())).toBe("outside-area");
    for (const ask of everything(visitor, one.person)) expect(await refusal(ask())).toBe("role-missing");
    for (const ask of everything(one.call, one.person)) expect(await refusal(ask())).toBe("not-signed-in");
    expect(await auditOf(one.person)).toEqual([]);
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
    expect(await set(first)).toEqual({ telephone: `137****${first.slice(-4)}`, confirmedOn: "2025-11-20" });
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

describe("a lost phone", () => {
  test("recovery ends every session at once and unbinds every account; the new phone can bind, the lost one is nobody", async () => {
    const lost = await proven();
    const tablet = await made.signIn(lost.person);
    const bystander = await proven();
    const { code } = await counter("counter.code", at(lost.person));
    const told = await counter("counter.recover", at(lost.person));
    expect(told).toEqual({ accounts: 2, telephone: `137****${lost.telephone.slice(-4)}` });

    for (const { call } of [lost, tablet]) expect(await refusal(call("residents.me"))).toBe("not-signed-in");
    for (const { refreshToken } of [lost, tablet])
      expect(await refusal(made.anyone("sign-in.refresh", { body: { refreshToken } }))).toBe("not-signed-in");
    expect(await isProven(bystander.call)).toBe(true);
    expect(await accountsOf(lost.person.personNo)).toEqual([]);
    expect((await counter("counter.find", paper(lost.person))).accounts).toEqual([]);

    const fresh = await made.signIn(lost.person);
    expect(await isProven(fresh.call)).toBe(false);
    expect(await refusal(fresh.call("proof.prove", byCounter(code)))).toBe("code-used-up");
    const handed = await counter("counter.code", at(lost.person));
    await fresh.call("proof.prove", byCounter(handed.code));
    for (const { call } of [lost, tablet]) expect(await refusal(call("proof.ways"))).toBe("not-signed-in");

    expect(await historyOf(lost.person)).toMatchObject([
      { what: "counter-code" },
      { what: "accounts-unbound", accounts: 2, officerNo: "counter", ...seen },
      { what: "counter-code" },
    ]);
    const calls = (await auditOf(lost.person)).map((one) => one.call);
    expect(count(calls.map(String), "counter.recover")).toBe(1);
  });

  test("an account that was unbound binds again, to anybody, and has to prove anew", async () => {
    const one = await bound();
    const telephone = aTelephone();
    const mine = await made.signIn(one.person, telephone);
    await made.prove(mine.call, one.person);
    await counter("counter.recover", at(one.person));
    const another = await made.enlist({ telephone: aTelephone() });
    const again = await made.signIn(another, telephone);
    expect((await again.call("residents.me")).person?.name).toBe(another.name);
    expect(await isProven(again.call)).toBe(false);
    expect(await refusal(mine.call("proof.ways"))).toBe("not-signed-in");
    expect(await refusal(again.call("residents.bind", paper(one.person)))).toBe("bound-to-another");
  });

  test("a second recovery finds nothing and says so", async () => {
    const one = await bound();
    const told = await Promise.all([1, 2, 3].map(() => refusal(counter("counter.recover", at(one.person)))));
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    expect(await counter("counter.recover", at(one.person))).toMatchObject({ accounts: 0 });
    const unbound = (await historyOf(one.person)).filter(({ what }) => what === "accounts-unbound");
    expect(unbound).toHaveLength(1);
  });

  test("a proof that was on its way when the phone was given up proves nothing and binds nothing", async () => {
    const one = await bound();
    const resident = (await residentOf(one.token)) as Bound;
    await counter("counter.recover", at(one.person));
    const proving = proveSession(resident, "face", await ticketOnce("on its way"), { spent: usedUp("proof") });
    await expect(proving).rejects.toMatchObject({ code: "not-signed-in" });
    expect(await accountsOf(one.person.personNo)).toEqual([]);
  });

  test("a proof, a binding and a recovery in the same moment leave no session proven and nothing bound that is not listed", async () => {
    for (let round = 0; round < 8; round++) {
      const one = await bound();
      const code = await proofCode(one);
      const late = await made.signIn(null);
      await Promise.all([
        refusal(one.call("proof.prove", byTelephone(code))),
        refusal(late.call("residents.bind", paper(one.person))),
        refusal(counter("counter.recover", at(one.person))),
      ]);
      await counter("counter.recover", at(one.person));
      expect(await refusal(one.call("proof.ways"))).toBe("not-signed-in");
      expect(["not-signed-in", "not-bound"]).toContain(await refusal(late.call("proof.ways")));
      expect(await accountsOf(one.person.personNo)).toEqual([]);
    }
  });

  test("binding the same person twice, also in the same moment, is one binding", async () => {
    const person = await made.enlist();
    const { call } = await made.signIn(null);
    const bind = () => refusal(call("residents.bind", paper(person)));
    const told = await Promise.all([bind(), bind(), bind()]);
    expect(told.every((code) => code === "" || code === "try-again")).toBe(true);
    expect(await bind()).toBe("");
    expect(await accountsOf(person.personNo)).toHaveLength(1);
  });

  test("more accounts than one transaction takes are all unbound", async () => {
    const person = await made.enlist();
    const opened = await Promise.all(Array.from({ length: 45 }, (_, i) => accountOfWeChat(`o-many-${i}`)));
    for (const accountNo of opened) await bindAccount(await accountOf(accountNo), person.personNo);
    expect((await counter("counter.recover", at(person))).accounts).toBe(45);
    const after = await Promise.all(opened.map(accountOf));
    expect(after.map(({ personNo, generation }) => [personNo, generation])).toEqual(opened.map(() => [null, 1]));
  });
});
