import { describe, expect, test } from "vitest";
import { factsOf } from "../../functions/people/facts.ts";
import { figuresOf, villagers } from "../../functions/progress/store.ts";
import { day } from "../../shared/day.ts";
import { made, opens, turnsBack } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import {
  bornOn,
  child,
  childrenOf,
  enrolments,
  enrolmentsOf,
  fold,
  listedChild,
  next,
  numberOf,
  order,
  parent,
  pay,
  payFor,
  registered,
  reviewed,
  yearsOf,
} from "./newborn-steps.ts";

opens({ "370600": "烟台市" });
turnsBack();

describe("a newborn without an identity number", () => {
  test("is written down by birth certificate, held once an officer has seen it, and covered from birth once paid for", async () => {
    const { call } = await parent({ name: "孙晓燕" });
    const body = child("y370 102 030");
    const waiting = await call("family.newborn", { body });
    expect(waiting).toMatchObject({ state: "review", until: "2041-11-01", decidedBy: null });
    const tie = await registered(call, body);
    expect(tie).toMatchObject({ name: "于子轩", identityNumber: "********30", relationship: "child", state: "agreed" });
    expect(tie).toMatchObject({ temporary: true, minor: true, until: "2041-11-01", decidedBy: "counter" });
    await pay(call, tie.tieNo, 2025);
    const owed = call("contributions.owed", { body: { whom: { who: "member", tieNo: tie.tieNo }, benefitYear: 2025 } });
    expect(await refusal(owed)).toBe("already-enrolled");
    const [enrolment] = await enrolmentsOf("Y370102030");
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
    expect(await childrenOf(body.birthCertificate)).toHaveLength(1);
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
    expect((await third.call("family.newborn", fresh({ bornOn: day("2024-11-20") }))).state).toBe("review");
  });

  test("counts as one to be insured in the village: this year, and the next once its window has begun", async () => {
    const village = "370611001401";
    made.turn("2025-06-01");
    const { call } = await parent({ village });
    await registered(call, { ...child(), bornOn: day("2025-05-20") });
    made.turn("2025-11-20");
    await registered(call, child());
    await fold();
    expect([(await figuresOf(2025, village)).should, (await figuresOf(2026, village)).should]).toEqual([2, 1]);
  });
});

describe("a newborn that was invented", () => {
  test("a newborn that was invented", async () => {
    const village = "370611001402";
    const [{ call, person }, officer] = [
      await parent({ village }),
      await made.officer("any-desk", "370600", ["counter"]),
    ];
    const body = { ...child("Z987654321"), name: "赵小宝" };
    const { tieNo, state } = await call("family.newborn", { body });
    expect(state).toBe("review");
    const [invented] = await childrenOf("Z987654321");
    const personNo = String(invented?.personNo);

    // Nobody is on the register: not in the village's list, not counted, not to be treated, not paid for by anybody.
    const shut = async () => {
      await fold();
      const { should } = await figuresOf(2025, village);
      expect([should, (await villagers(village, 2025)).map(({ profile }) => profile.personNo)]).toEqual([
        0,
        [person.personNo],
      ]);
      await expect(factsOf(personNo, [2025])).rejects.toMatchObject({ code: "person-not-found" });
      const whom = { who: "member" as const, tieNo };
      expect(await refusal(call("contributions.owed", { body: { whom, benefitYear: 2025 } }))).toBe(
        "member-not-agreed",
      );
      const cash = { requestNo: `cash-${next()}`, seen: "household-book" as const, expected: "400.00" };
      const order = { ...cash, lines: [{ personNo, benefitYear: 2025 }] };
      expect(await refusal(officer("counter.order", { body: order }))).toBe("newborn-unconfirmed");
      const asked = { params: { personNo }, body: { benefitYear: 2025 } };
      expect(await refusal(officer("counter.owed", asked))).toBe("newborn-unconfirmed");
      expect(await refusal(call("claims.mine", { query: { tie: tieNo } }))).toBe("member-not-agreed");
      const give = { name: "赵小宝", identityNumber: numberOf() };
      expect(await refusal(call("family.identity-number", { params: { tieNo }, body: give }))).toBe(
        "member-not-agreed",
      );
      const seen = { ...give, seen: "household-book" as const };
      expect(await refusal(officer("family-agency.identity-number", { params: { tieNo }, body: seen }))).toBe(
        "newborn-unconfirmed",
      );
    };
    await shut();
    // The same certificate with other facts is for the counter, while somebody still says that it is theirs.
    const mother = await parent();
    const real = { ...child("Z987654321"), name: "钱真真" };
    expect(await refusal(mother.call("family.newborn", { body: real }))).toBe("newborn-differs");
    await reviewed(tieNo, false);
    await shut();
    expect(await registered(mother.call, real)).toMatchObject({ name: "钱真真", state: "agreed" });
  });

  test("of two parents one is refused: the other's child is confirmed all the same, and stays the certificate's only one", async () => {
    const [mother, father, third] = [await parent(), await parent(), await parent()];
    const body = child();
    const his = await father.call("family.newborn", { body: { ...body, requestNo: `newborn-${next()}` } });
    const { tieNo } = await mother.call("family.newborn", { body });
    await reviewed(his.tieNo, false);
    await reviewed(tieNo);
    await reviewed(tieNo);
    expect((await mother.call("family.members")).dependants).toMatchObject([{ state: "agreed" }]);
    const other = { ...body, name: "于子涵", requestNo: `newborn-${next()}` };
    expect(await refusal(third.call("family.newborn", { body: other }))).toBe("newborn-differs");
    expect(await childrenOf(body.birthCertificate)).toHaveLength(1);
  });
});

describe("the identity number comes later", () => {
  test("not yet on the register: the same person gets it, what was paid stays, and saying it again changes nothing", async () => {
    const { call } = await parent();
    const tie = await registered(call, child());
    await pay(call, tie.tieNo, 2025);
    const number = numberOf();
    const give = { params: { tieNo: tie.tieNo }, body: { name: "于梓轩", identityNumber: number } };
    expect(await refusal(call("family.identity-number", give))).toBe("number-at-counter");
    const officer = await made.officer("newborn-desk", "370600", ["counter"]);
    await officer("family-agency.identity-number", { ...give, body: { ...give.body, seen: "household-book" } });
    const known = await call("family.identity-number", give);
    expect(known).toMatchObject({ tieNo: tie.tieNo, name: "于梓轩", temporary: false, state: "agreed" });
    expect(known.identityNumber).toBe(`${"*".repeat(16)}${number.slice(-2)}`);
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
    const { tieNo } = await registered(call, child());
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
    const tie = await registered(mother.call, body);
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
    const { tieNo } = await registered(call, child());
    const give = { params: { tieNo }, body: { name: listed.name, identityNumber: listed.identityNumber } };
    for (let i = 0; i < 2; i++) expect((await call("family.identity-number", give)).tieNo).toBe(held.tieNo);
    const { dependants } = await call("family.members");
    expect(dependants.filter((one) => one.state === "agreed").map((one) => one.tieNo)).toEqual([held.tieNo]);
  });

  test("who made up a newborn does not come to hold somebody else's child: that is for the counter", async () => {
    const [{ person, call }, other] = [await parent(), await made.enlist()];
    const victim = await listedChild(other);
    const { tieNo } = await registered(call, child());
    const give = { params: { tieNo }, body: { name: victim.name, identityNumber: victim.identityNumber } };
    expect(await refusal(call("family.identity-number", give))).toBe("merge-at-counter");
    const wrong = { ...give, body: { ...give.body, name: "于大轩" } };
    expect(await refusal(call("family.identity-number", wrong))).toBe("name-mismatch");
    const seen = { ...give, body: { ...give.body, seen: "household-book" as const } };
    const elsewhere = await made.officer(`elsewhere-${next()}`, "370682", ["counter"]);
    expect(await refusal(elsewhere("family-agency.identity-number", seen))).toBe("not-found");
    const officer = await made.officer(`counter-${next()}`, person.village.slice(0, 9), ["counter"]);
    const merged = await officer("family-agency.identity-number", seen);
    expect(merged).toMatchObject({ state: "agreed", dependant: { name: victim.name } });
  });

  test("an order that was open when the two became one enrols the one that stays", async () => {
    const { person, call } = await parent();
    const { tieNo } = await registered(call, child());
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
