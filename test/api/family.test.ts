import { QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { prefix } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { day } from "../../shared/day.ts";
import { isMinor, type Relationship, readBirthCertificate, relationships } from "../../shared/family/family.ts";
import { injectFaults } from "../world/faults.ts";
import { raw, refusal, someone, unit, type World, world } from "../world/world.ts";

let made: World;
let cleanUp: (() => unknown)[] = [];
beforeAll(async () => {
  made = await world();
  await Promise.all([
    unit("370600", "烟台市"),
    unit("370611", "福山区"),
    unit("370611001", "东河镇"),
    unit("370611001201", "杏林村"),
  ]);
});
afterEach(() => {
  for (const undo of cleanUp) undo();
  cleanUp = [];
  made.turn("2025-11-20");
});

let counter = 0;
const number = () => String(++counter).padStart(6, "0");
const requestNo = () => `family-${number()}`;
const telephone = () => `13700${number()}`;

/** Somebody on the register with a telephone, signed in and proven. */
async function guardian(facts: Partial<Resident> = {}): Promise<{ person: Resident; call: Call }> {
  const person = await made.enlist({ telephone: telephone(), ...facts });
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  return { person, call };
}

const wish = (person: Resident, relationship: Relationship = "parent") => ({
  requestNo: requestNo(),
  name: person.name,
  identityNumber: person.identityNumber,
  relationship,
});

/** Asks an adult, without a consent yet. */
const ask = (call: Call, person: Resident) => call("family.ask", { body: wish(person) });

/** A household's own child: held at once. */
async function childOf({ household }: Resident, bornOn = "2015-03-02"): Promise<Resident> {
  return made.enlist({ name: "李小宝", bornOn: day(bornOn), household, coverBefore: [] });
}
const childWish = (child: Resident) => ({
  ...wish(child, "child"),
  proof: { kind: "household" as const },
  commitment: true,
});

describe("the law", () => {
  test.each([
    ["2009-11-21", "2025-11-20", true],
    ["2009-11-21", "2025-11-21", false],
    ["2012-02-29", "2028-02-28", true],
    ["2012-02-29", "2028-02-29", false],
    // 2100 has no 29 February: a year older on 1 March.
    ["2084-02-29", "2100-02-28", true],
    ["2084-02-29", "2100-03-01", false],
  ])("born on %s, on %s under 16: %s", (born, on, minor) => {
    expect(isMinor(day(born), day(on))).toBe(minor);
  });

  test("what one is to the other is the inverse of what the other is to the one", () => {
    for (const kind of Object.keys(relationships) as Relationship[])
      expect(relationships[relationships[kind].inverse].inverse).toBe(kind);
  });

  test.each([
    ["Y370102030", "Y370102030"],
    [" y370 102 030 ", "Y370102030"],
    ["370102030", null],
    ["Y3701020301", null],
    ["YY70102030", null],
  ])("a birth certificate's number as typed: %s", (typed, read) => {
    expect(readBirthCertificate(typed)).toBe(read);
  });
});

describe("asking an adult", () => {
  test("the dependant's telephone on record gets a code; read out, it makes the tie", async () => {
    const { person, call } = await guardian({ name: "孙晓燕" });
    const mother = await made.enlist({ name: "王秀英", telephone: telephone() });
    const tie = await ask(call, mother);
    expect(tie).toMatchObject({
      name: "王秀英",
      state: "asked",
      relationship: "parent",
      minor: false,
      until: "2025-11-27",
    });
    const [text] = made.textsTo(mother.telephone ?? "");
    expect(text).toContain("孙*燕想把您加为医保亲情账户成员");
    expect(text).not.toContain(person.name);
    const code = made.codeSentTo(mother.telephone ?? "");
    const agreed = await call("family.consent", { params: { tieNo: tie.tieNo }, body: { code } });
    expect(agreed).toMatchObject({ state: "agreed", until: null, decidedBy: "code" });
    const { dependants, most } = await call("family.members");
    expect(dependants).toMatchObject([{ tieNo: tie.tieNo, name: "王秀英", state: "agreed" }]);
    expect(most).toBe(5);
  });

  test("both sides see it: the dependant answers in his own session and sees who holds him", async () => {
    const { person, call } = await guardian({ name: "赵建军" });
    const father = await guardian({ name: "赵守义" });
    const { tieNo } = await ask(call, father.person);
    const before = await father.call("family.members");
    expect(before.guardians).toMatchObject([{ tieNo, name: person.name, relationship: "child", state: "asked" }]);
    const answer = { params: { tieNo }, body: { agree: true } };
    expect(await father.call("family.answer", answer)).toMatchObject({ state: "agreed", decidedBy: "dependant" });
    expect(await father.call("family.answer", answer)).toMatchObject({ state: "agreed" });
    const no = { params: { tieNo }, body: { agree: false } };
    expect(await refusal(father.call("family.answer", no))).toBe("family-request-closed");
    expect((await call("family.members")).dependants).toMatchObject([{ tieNo, state: "agreed" }]);
  });

  test("a no closes the request, frees the place, and both sides see it for a month", async () => {
    const { call } = await guardian();
    const father = await guardian();
    const { tieNo } = await ask(call, father.person);
    await father.call("family.answer", { params: { tieNo }, body: { agree: false } });
    expect((await call("family.members")).dependants).toMatchObject([{ state: "refused", decidedBy: "dependant" }]);
    expect((await ask(call, father.person)).state).toBe("asked");
    const again = await guardian();
    await father.call("family.answer", {
      params: { tieNo: (await ask(again.call, father.person)).tieNo },
      body: { agree: false },
    });
    made.turn("2025-12-20");
    expect((await again.call("family.members")).dependants).toHaveLength(1);
    made.turn("2025-12-21");
    expect((await again.call("family.members")).dependants).toHaveLength(0);
  });

  test("a request that nobody answers lapses after seven days and then takes no place", async () => {
    const { person, call } = await guardian();
    const father = await guardian();
    const { tieNo } = await ask(call, father.person);
    made.turn("2025-11-27");
    expect((await call("family.members")).dependants).toMatchObject([{ state: "asked" }]);
    made.turn("2025-11-28");
    expect((await call("family.members")).dependants).toMatchObject([{ state: "lapsed" }]);
    const yes = { params: { tieNo }, body: { agree: true } };
    expect(await refusal(father.call("family.answer", yes))).toBe("family-request-closed");
    expect((await ask(call, father.person)).state).toBe("asked");
    expect(await held(person)).toBe(1);
  });

  test("the same request again is answered with the same tie, another body is refused, and no second code goes out", async () => {
    const { call } = await guardian();
    const mother = await made.enlist({ telephone: telephone() });
    const body = wish(mother);
    const [a, b] = [await call("family.ask", { body }), await call("family.ask", { body })];
    expect(b.tieNo).toBe(a.tieNo);
    expect(made.textsTo(mother.telephone ?? "")).toHaveLength(1);
    const other = { ...body, relationship: "other" as const };
    expect(await refusal(call("family.ask", { body: other }))).toBe("request-reused");
    expect(await refusal(ask(call, mother))).toBe("already-held");
  });

  test("whether a telephone is on record is not told: the answers are alike", async () => {
    const { call } = await guardian();
    const [with_, without] = [await made.enlist({ telephone: telephone() }), await made.enlist()];
    const answers = [await ask(call, with_), await ask(call, without)];
    const shape = answers.map(({ tieNo: _, identityNumber: __, ...rest }) => rest);
    expect(shape[0]).toEqual(shape[1]);
    const codes = await Promise.all(answers.map(({ tieNo }) => call("family.code", { params: { tieNo } })));
    expect(codes).toEqual([{ validMinutes: 5 }, { validMinutes: 5 }]);
    const guess = (tieNo: string) => refusal(call("family.consent", { params: { tieNo }, body: { code: "000000" } }));
    expect(await guess(answers[1]!.tieNo)).toBe("code-used-up");
  });
});

describe("consent", () => {
  test("a consent used twice", async () => {
    const { call } = await guardian();
    const [mother, father] = [
      await made.enlist({ telephone: telephone() }),
      await made.enlist({ telephone: telephone() }),
    ];
    const [a, b] = [await ask(call, mother), await ask(call, father)];
    const code = made.codeSentTo(mother.telephone ?? "");
    const consent = (tieNo: string) => refusal(call("family.consent", { params: { tieNo }, body: { code } }));
    // Another tie's code, unless chance gave both the same.
    if (made.codeSentTo(father.telephone ?? "") !== code) expect(await consent(b.tieNo)).toBe("code-wrong");
    expect(await consent(a.tieNo)).toBe("");
    expect(await consent(a.tieNo)).toBe("family-request-closed");
    // Ended and asked again: the old code opens nothing.
    await call("family.end", { params: { tieNo: a.tieNo } });
    const again = await ask(call, mother);
    if (made.codeSentTo(mother.telephone ?? "") !== code) expect(await consent(again.tieNo)).toBe("code-wrong");
  });

  test("the same code twice in the same moment makes one tie", async () => {
    const { person, call } = await guardian();
    const mother = await made.enlist({ telephone: telephone() });
    const { tieNo } = await ask(call, mother);
    const body = { code: made.codeSentTo(mother.telephone ?? "") };
    const both = await Promise.all([1, 2].map(() => refusal(call("family.consent", { params: { tieNo }, body }))));
    expect(both.filter((code) => code === "")).toHaveLength(1);
    expect(await held(person)).toBe(1);
  });

  test("wrong code five times ends the code; a new one is sent on request, five an hour", async () => {
    const { call } = await guardian();
    const mother = await made.enlist({ telephone: telephone() });
    const { tieNo } = await ask(call, mother);
    const right = made.codeSentTo(mother.telephone ?? "");
    const wrong = right === "000000" ? "111111" : "000000";
    const consent = (code: string) => refusal(call("family.consent", { params: { tieNo }, body: { code } }));
    for (let i = 0; i < 5; i++) expect(await consent(wrong)).toBe("code-wrong");
    expect(await consent(right)).toBe("code-used-up");
    for (let i = 0; i < 4; i++) await call("family.code", { params: { tieNo } });
    expect(await refusal(call("family.code", { params: { tieNo } }))).toBe("paused");
    expect(await consent(made.codeSentTo(mother.telephone ?? ""))).toBe("");
    expect(await refusal(call("family.code", { params: { tieNo } }))).toBe("family-request-closed");
  });

  test("only the guardian brings the code, only the dependant answers, and strangers see nothing", async () => {
    const [{ call }, stranger] = [await guardian(), await guardian()];
    const mother = await guardian();
    const { tieNo } = await ask(call, mother.person);
    const params = { tieNo };
    const code = made.codeSentTo(mother.person.telephone ?? "");
    for (const other of [stranger, mother])
      expect(await refusal(other.call("family.consent", { params, body: { code } }))).toBe("not-found");
    expect(await refusal(call("family.answer", { params, body: { agree: true } }))).toBe("family-not-yours");
    expect(await refusal(stranger.call("family.answer", { params, body: { agree: true } }))).toBe("not-found");
    expect(await refusal(stranger.call("family.end", { params }))).toBe("not-found");
    expect(await refusal(stranger.call("family.code", { params }))).toBe("not-found");
    expect((await stranger.call("family.members")).guardians).toEqual([]);
  });

  test("a session without a second proof is asked for one, whatever it wants of the family", async () => {
    const person = await made.enlist();
    const { token } = await made.signIn(person);
    const names = (Object.keys(endpoints) as EndpointName[]).filter(
      (name) => name.startsWith("family.") && endpoints[name].caller.audience === "resident",
    );
    expect(names).toHaveLength(8);
    for (const name of names) {
      const { method, path } = endpoints[name];
      const reply = await raw(method, `${prefix}${path.replace("{tieNo}", "0".repeat(20))}`, { body: "{}", token });
      expect([name, reply.body.code]).toEqual([name, "proof-needed"]);
    }
  });
});

describe("who may be held", () => {
  test("a sixth dependant", async () => {
    const { person, call } = await guardian();
    const people = await Promise.all(Array.from({ length: 6 }, () => made.enlist()));
    for (const one of people.slice(0, 5)) await ask(call, one);
    expect(await refusal(ask(call, people[5]!))).toBe("family-full");
    const [first] = (await call("family.members")).dependants;
    await call("family.end", { params: { tieNo: first!.tieNo } });
    expect((await ask(call, people[5]!)).state).toBe("asked");
    expect(await held(person)).toBe(5);
  });

  test("two asks at once when four are held: one wins", async () => {
    const { person, call } = await guardian();
    const people = await Promise.all(Array.from({ length: 10 }, () => made.enlist()));
    for (const one of people.slice(0, 4)) await ask(call, one);
    const codes = await Promise.all(people.slice(4).map((one) => refusal(ask(call, one))));
    expect(codes.filter((code) => code === "")).toHaveLength(1);
    expect(codes.filter((code) => code === "family-full")).toHaveLength(5);
    expect(await held(person)).toBe(5);
    expect((await call("family.members")).dependants).toHaveLength(5);
  });

  test("in a storm of conflicts and lost replies the count is still what lives, and a retry finds its tie", async () => {
    const { person, call } = await guardian();
    const people = await Promise.all(Array.from({ length: 8 }, () => made.enlist()));
    const bodies = people.map((one) => wish(one));
    const weather = injectFaults(db, { conflict: 0.3, lostReply: 0.3, duplicate: 0.1, reorder: 0.3 }, "family");
    cleanUp.push(weather.stop);
    await Promise.all(bodies.map((body) => call("family.ask", { body }).catch(() => null)));
    weather.stop();
    const codes = [];
    for (const body of bodies) codes.push(await refusal(call("family.ask", { body })));
    expect(codes.filter((code) => code === "")).toHaveLength(5);
    expect(codes.filter((code) => code === "family-full")).toHaveLength(3);
    expect(await held(person)).toBe(5);
    // The weather was real.
    expect(weather.made.conflict + weather.made.lostReply).toBeGreaterThan(4);
  });

  test("a person may be held by several, and the count of five is the guardian's alone", async () => {
    const mother = await guardian();
    for (let i = 0; i < 5; i++) await ask((await guardian()).call, mother.person);
    expect((await mother.call("family.members")).guardians).toHaveLength(5);
    expect((await ask(mother.call, await made.enlist())).state).toBe("asked");
  });

  test("not oneself, not the dead, not whom one knows wrongly, not as what cannot be", async () => {
    const { person, call } = await guardian();
    expect(await refusal(ask(call, person))).toBe("family-self");
    const dead = await made.enlist({ diedOn: day("2025-01-01") });
    expect(await refusal(ask(call, dead))).toBe("deceased");
    const stranger = await made.enlist({ name: "李四" });
    expect(await refusal(ask(call, { ...stranger, name: "李五" }))).toBe("name-mismatch");
    expect(await refusal(ask(call, someone()))).toBe("name-mismatch");
    const wrong = `${person.identityNumber.slice(0, 17)}${person.identityNumber.endsWith("1") ? "2" : "1"}`;
    expect(await refusal(ask(call, { ...person, identityNumber: wrong }))).toBe("identity-number");
    const child = await childOf(person);
    for (const relationship of ["parent", "spouse", "grandparent"] as const)
      expect(await refusal(call("family.ask", { body: { ...childWish(child), relationship } }))).toBe(
        "family-relationship",
      );
    expect(await held(person)).toBe(0);
  });

  test("who guesses at names and numbers is stopped", async () => {
    const { call } = await guardian();
    const nobody = { ...someone(), name: "不知道" };
    for (let i = 0; i < 30; i++) expect(await refusal(ask(call, nobody))).toBe("name-mismatch");
    expect(await refusal(ask(call, nobody))).toBe("paused");
  });

  test("somebody under 16 holds nobody", async () => {
    const { call } = await guardian({ bornOn: day("2009-11-21"), coverBefore: [] });
    expect(await refusal(ask(call, await made.enlist()))).toBe("guardian-too-young");
    made.turn("2025-11-21");
    expect((await ask(call, await made.enlist())).state).toBe("asked");
  });
});

describe("somebody under 16", () => {
  test("of the same household in the register: held at once on a commitment, until the day before 16", async () => {
    const { person, call } = await guardian();
    const child = await childOf(person, "2009-12-01");
    const body = childWish(child);
    expect(await refusal(call("family.ask", { body: { ...body, commitment: false } }))).toBe("commitment-needed");
    expect(await refusal(call("family.ask", { body: { ...body, proof: null } }))).toBe("relationship-proof-needed");
    const tie = await call("family.ask", { body: { ...body, requestNo: requestNo() } });
    expect(tie).toMatchObject({ state: "agreed", minor: true, until: "2025-11-30", decidedBy: "household" });
    made.turn("2025-12-01");
    expect((await call("family.members")).dependants).toMatchObject([{ tieNo: tie.tieNo, state: "lapsed" }]);
    expect(await ask(call, child)).toMatchObject({ state: "asked", minor: false });
  });

  test("of another household: a household book is looked at by an officer, who agrees or says why not", async () => {
    const { call } = await guardian();
    const [child, second] = [await childOf(await made.enlist()), await childOf(await made.enlist())];
    expect(await refusal(call("family.ask", { body: childWish(child) }))).toBe("household-differs");
    const book = { kind: "household-book" as const };
    const tie = await call("family.ask", { body: { ...childWish(child), proof: book } });
    const other = await call("family.ask", { body: { ...childWish(second), proof: book } });
    expect(tie).toMatchObject({ state: "review", minor: true });
    const officer = await made.officer(`reviewer-${number()}`, "370611001", ["counter"]);
    const waiting = (await officer("family-agency.reviews")).ties.map((one) => one.tieNo);
    expect(waiting).toEqual(expect.arrayContaining([tie.tieNo, other.tieNo]));
    const review = { params: { tieNo: tie.tieNo }, body: { agree: true, reason: "户口簿上是父女" } };
    expect(await officer("family-agency.review", review)).toMatchObject({ state: "agreed", decidedBy: "counter" });
    expect(await officer("family-agency.review", review)).toMatchObject({ state: "agreed" });
    const no = { params: { tieNo: other.tieNo }, body: { agree: false, reason: "户口簿上没有这个孩子" } };
    expect(await officer("family-agency.review", no)).toMatchObject({ state: "refused" });
    expect((await call("family.members")).dependants).toMatchObject([
      { tieNo: tie.tieNo, state: "agreed", until: "2031-03-01" },
      { tieNo: other.tieNo, state: "refused", reason: "户口簿上没有这个孩子" },
    ]);
    const left = (await officer("family-agency.reviews")).ties.map((one) => one.tieNo);
    expect(left).not.toContain(tie.tieNo);
    expect(left).not.toContain(other.tieNo);
  });

  test("a birth certificate that our records do not know is looked at too; what is no number of one is refused", async () => {
    const { call } = await guardian();
    const child = await childOf(await made.enlist());
    const body = { ...childWish(child), proof: { kind: "birth-certificate" as const, number: "q37 0102030" } };
    expect(await refusal(call("family.ask", { body: { ...body, proof: { ...body.proof, number: "12345" } } }))).toBe(
      "birth-certificate",
    );
    const sibling = { ...body, relationship: "sibling" as const };
    expect(await refusal(call("family.ask", { body: sibling }))).toBe("relationship-proof-needed");
    const well = { ...body, proof: { ...body.proof, number: "q370 102 030" } };
    expect(await call("family.ask", { body: { ...well, requestNo: requestNo() } })).toMatchObject({ state: "review" });
    const officer = await made.officer(`reviewer-${number()}`, "370600", ["counter"]);
    const shown = (await officer("family-agency.reviews")).ties.find(
      (one) => one.dependant.name === child.name && one.birthCertificate,
    );
    expect(shown?.birthCertificate).toBe("Q3****2030");
  });

  test("only the guardian ends the tie of a child; from 16 on either does", async () => {
    const { person, call } = await guardian();
    const child = await guardian({ bornOn: day("2010-05-01"), household: person.household, coverBefore: [] });
    const { tieNo } = await call("family.ask", { body: childWish(child.person) });
    expect(await refusal(child.call("family.end", { params: { tieNo } }))).toBe("minor-held");
    expect(await refusal(child.call("family.answer", { params: { tieNo }, body: { agree: false } }))).toBe(
      "family-not-yours",
    );
    expect(await call("family.end", { params: { tieNo } })).toMatchObject({ state: "ended", decidedBy: "guardian" });
  });
});

describe("the end", () => {
  test("either side ends it at once, and ending again changes nothing", async () => {
    const { person, call } = await guardian();
    const father = await guardian();
    const { tieNo } = await ask(call, father.person);
    const params = { tieNo };
    await father.call("family.answer", { params, body: { agree: true } });
    const owed = () =>
      refusal(call("contributions.owed", { body: { whom: { who: "member", tieNo }, benefitYear: 2026 } }));
    expect(await owed()).toBe("");
    expect(await father.call("family.end", { params })).toMatchObject({ state: "ended", decidedBy: "dependant" });
    expect(await call("family.end", { params })).toMatchObject({ state: "ended" });
    expect(await owed()).toBe("member-not-agreed");
    expect(await held(person)).toBe(0);
  });

  test("both end it, and the dependant agrees, in the same moment: it is over, and counted down once", async () => {
    const { person, call } = await guardian();
    const father = await guardian();
    for (let i = 0; i < 5; i++) {
      const { tieNo } = await ask(call, father.person);
      const params = { tieNo };
      await Promise.all([
        refusal(call("family.end", { params })),
        refusal(father.call("family.end", { params })),
        refusal(father.call("family.answer", { params, body: { agree: true } })),
      ]);
      expect((await call("family.members")).dependants.find((one) => one.tieNo === tieNo)?.state).toBe("ended");
      expect(await held(person)).toBe(0);
    }
  });
});

describe("paying for a member", () => {
  test("without name and number, shown by the whole name, in one order with oneself", async () => {
    const { call } = await guardian();
    const father = await guardian({ name: "赵守义" });
    const { tieNo } = await ask(call, father.person);
    const whom = { who: "member" as const, tieNo };
    const wanted = { whom, benefitYear: 2026 };
    expect(await refusal(call("contributions.owed", { body: wanted }))).toBe("member-not-agreed");
    await father.call("family.answer", { params: { tieNo }, body: { agree: true } });
    expect((await call("contributions.owed", { body: wanted })).name).toBe("赵守义");
    const lines = [{ whom: { who: "self" as const }, benefitYear: 2026 }, wanted];
    const order = await call("contributions.order", { body: { requestNo: requestNo(), lines, expected: "800.00" } });
    expect(order.lines[1]).toMatchObject({ name: "赵守义", self: false });
    await made.tell(made.notice(order.orderNo, "800.00"));
    const paid = await call("contributions.order-state", { params: { orderNo: order.orderNo } });
    expect(paid.lines.map((line) => line.outcome)).toEqual(["enrolled", "enrolled"]);
    expect((await father.call("residents.me")).person?.cover[1]?.state).toBe("starts-later");
  });

  test("another guardian's tie is nobody's", async () => {
    const [{ person, call }, stranger] = [await guardian(), await guardian()];
    const { tieNo } = await call("family.ask", { body: childWish(await childOf(person)) });
    const whom = { who: "member" as const, tieNo };
    expect(await refusal(stranger.call("contributions.owed", { body: { whom, benefitYear: 2026 } }))).toBe("not-found");
    const body = { requestNo: requestNo(), lines: [{ whom, benefitYear: 2026 }], expected: "400.00" };
    expect(await refusal(stranger.call("contributions.order", { body }))).toBe("not-found");
  });
});

describe("codes", () => {
  test("nobody is sent more than five requests an hour, whoever asks; a request too many changes nothing", async () => {
    const mother = await made.enlist({ telephone: telephone() });
    for (let i = 0; i < 5; i++) await ask((await guardian()).call, mother);
    const { person, call } = await guardian();
    expect(await refusal(ask(call, mother))).toBe("paused");
    expect(await held(person)).toBe(0);
    expect(made.textsTo(mother.telephone ?? "")).toHaveLength(5);
  });
});

describe("the counter", () => {
  test("the dependant stands there: an officer of the area writes the consent down, and the audit keeps it", async () => {
    const { call } = await guardian();
    const father = await made.enlist();
    const { tieNo } = await ask(call, father);
    const subject = `counter-${number()}`;
    const officer = await made.officer(subject, "370611001", ["counter"]);
    const consent = { params: { tieNo }, body: { seen: "identity-card" as const } };
    expect(await officer("family-agency.consent", consent)).toMatchObject({ state: "agreed", decidedBy: "counter" });
    expect(await officer("family-agency.consent", consent)).toMatchObject({ state: "agreed" });
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: config.auditTable(),
        KeyConditionExpression: "pk = :pk",
        ExpressionAttributeValues: { ":pk": key.person(father.personNo).pk },
      }),
    );
    expect(Items[0]).toMatchObject({ officerNo: subject, call: "family-agency.consent", reason: "identity-card" });
  });

  test("an officer of elsewhere, or without the role, or who takes the one for the other, is refused", async () => {
    const { person, call } = await guardian();
    const { tieNo } = await ask(call, await made.enlist());
    const book = { kind: "household-book" as const };
    const review = await call("family.ask", { body: { ...childWish(await childOf(person)), proof: book } });
    const consent = { params: { tieNo }, body: { seen: "household-book" as const } };
    const elsewhere = await made.officer(`elsewhere-${number()}`, "370682", ["counter"]);
    expect(await refusal(elsewhere("family-agency.consent", consent))).toBe("outside-area");
    const seen = (await elsewhere("family-agency.reviews")).ties;
    expect(seen).toEqual([]);
    const visitor = await made.officer(`visitor-${number()}`, "370611001", ["visits", "progress"]);
    expect(await refusal(visitor("family-agency.consent", consent))).toBe("role-missing");
    const officer = await made.officer(`counter-${number()}`, "370611", ["counter"]);
    const yes = { agree: true, reason: "看过户口簿" };
    expect(await refusal(officer("family-agency.review", { params: { tieNo }, body: yes }))).toBe("family-not-yours");
    const wrong = { ...consent, params: { tieNo: review.tieNo } };
    expect(await refusal(officer("family-agency.consent", wrong))).toBe("family-not-yours");
    const unknown = { params: { tieNo: "0".repeat(20) }, body: yes };
    expect(await refusal(officer("family-agency.review", unknown))).toBe("not-found");
  });
});

/** How many ties count for a guardian, as the table keeps it; it must be what the ties themselves say. */
async function held({ personNo }: Resident): Promise<number> {
  const { Items = [] } = await db.send(
    new ScanCommand({
      TableName: config.mainTable(),
      FilterExpression: "pk = :pk OR guardianNo = :person",
      ExpressionAttributeValues: { ":pk": key.person(personNo).pk, ":person": personNo },
      ConsistentRead: true,
    }),
  );
  const count = Number(Items.find((item) => item.sk === "FAMILY")?.held ?? 0);
  const living = Items.filter((item) => ["asked", "review", "agreed"].includes(String(item.state)));
  const pointing = Items.filter((item) => String(item.sk).startsWith("MEMBER#") && item.live === true);
  expect([living.length, pointing.length]).toEqual([count, count]);
  return count;
}
