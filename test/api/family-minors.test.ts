import { describe, expect, test } from "vitest";
import { day } from "../../shared/day.ts";
import { isMinor, type Relationship, readBirthCertificate, relationships } from "../../shared/family/family.ts";
import { made, opens, places, turnsBack } from "../world/opening.ts";
import { refusal } from "../world/world.ts";
import { ask, childOf, childWish, guardian, number, requestNo } from "./family-steps.ts";

opens(places);
turnsBack();

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
    expect(shown?.birthCertificate).toBe("********30");
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
