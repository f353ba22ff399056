import { describe, expect, onTestFinished, test } from "vitest";
import { db } from "../../functions/db.ts";
import { day } from "../../shared/day.ts";
import { injectFaults } from "../world/faults.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { refusal, someone } from "../world/world.ts";
import { ask, childOf, childWish, guardian, held, requestNo, wish } from "./family-steps.ts";

opens(places);
turnsBack();

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
    // So many that five and the tries that the storm costs stay below a guardian's day of codes.
    const people = await Promise.all(Array.from({ length: 7 }, () => made.enlist()));
    const bodies = people.map((one) => wish(one));
    const weather = injectFaults(db, { conflict: 0.3, lostReply: 0.3, duplicate: 0.1, reorder: 0.3 }, "family");
    onTestFinished(() => void weather.stop());
    await Promise.all(bodies.map((body) => call("family.ask", { body }).catch(() => null)));
    weather.stop();
    const codes = [];
    for (const body of bodies) codes.push(await refusal(call("family.ask", { body })));
    expect(codes.filter((code) => code === "")).toHaveLength(5);
    expect(codes.filter((code) => code === "family-full")).toHaveLength(2);
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
