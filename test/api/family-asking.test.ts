import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { prefix } from "../../shared/api/endpoint.ts";
import { type EndpointName, endpoints } from "../../shared/api/endpoints.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { raw, refusal } from "../world/world.ts";
import { ask, childOf, childWish, guardian, held, number, telephone, wish } from "./family-steps.ts";

opens(places);
turnsBack();

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

describe("codes", () => {
  test("nobody is sent more than ten requests a day, whoever asks; a request too many changes nothing", async () => {
    const mother = await made.enlist({ telephone: telephone() });
    for (let i = 0; i < 10; i++) await ask((await guardian()).call, mother);
    const { person, call } = await guardian();
    expect(await refusal(ask(call, mother))).toBe("paused");
    expect(await held(person)).toBe(0);
    expect(made.textsTo(mother.telephone ?? "")).toHaveLength(10);
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
    expect(await refusal(elsewhere("family-agency.consent", consent))).toBe("not-found");
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
