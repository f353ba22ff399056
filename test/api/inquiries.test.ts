import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key, partition } from "../../functions/key.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { documents } from "../../shared/areas/documents.ts";
import { addDays, day } from "../../shared/day.ts";
import { inquiryDays, isVerifySuggested, mostCalls, verifyFrom } from "../../shared/inquiry/inquiry.ts";
import { yuan } from "../../shared/money.ts";
import { made, opens } from "../world/opening.ts";
import { refusal, someone } from "../world/world.ts";
import { care, hospital } from "./claims.ts";
import { type Asking, asking, away, bothCities, found, nanchong, outside, phoned } from "./inquiry-steps.ts";

const today = day("2025-11-20");

let person: Resident;
let city: Call;
let county: Call;
let otherCounty: Call;
let there: Call;
let thereToo: Call;
opens();
beforeAll(async () => {
  await bothCities();
  city = await made.officer("刘处长", "370600", ["filings"]);
  county = await made.officer("陈主任", "370611", ["filings"]);
  otherCounty = await made.officer("何主任", "370682", ["filings"]);
  there = await made.officer("蒲科长", nanchong, ["filings"]);
  thereToo = await made.officer("杜科员", nanchong, ["filings"]);
});
beforeEach(async () => {
  made.turn(today);
  person = await made.enlist({ name: "王秀英", telephone: "13900001111" });
});

const ask = (facts: Partial<Asking> = {}, by = county) => by("inquiries.ask", { body: asking(person.personNo, facts) });
const toOutside = { asked: outside, provider: away };
const of = ({ inquiryNo }: { inquiryNo: string }) => ({ params: { inquiryNo } });
const answering = (facts: Partial<typeof found> = {}) => ({ body: { ...found, ...facts } });

/** An inquiry that an officer of the other city has taken. */
async function taken() {
  const inquiry = await ask();
  await there("inquiries.take", of(inquiry));
  return of(inquiry);
}
async function listed(by: Call, side: "sent" | "received", is: "open" | "over") {
  const told = await by("inquiries.list", { query: { side } });
  return told[is].map(({ inquiryNo }) => inquiryNo);
}
async function stored({ inquiryNo }: { inquiryNo: string }) {
  const Key = key.inquiry(inquiryNo);
  const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key, ConsistentRead: true }));
  return Item!;
}
async function recordedOf({ personNo }: { personNo: string }) {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.auditTable(),
      KeyConditionExpression: "pk = :pk",
      ExpressionAttributeValues: { ":pk": partition.person(personNo) },
    }),
  );
  return Items.map(({ officerNo, call, reason }) => ({ officerNo, call, reason }));
}

describe("between two cities", () => {
  test("asked, taken, answered: each side finds it, sees who did what, and what was found", async () => {
    const asked = await ask();
    expect(asked).toMatchObject({
      side: "sent",
      state: "asked",
      askingName: "烟台市 福山区",
      amount: "23456.78",
      overdue: false,
      asked: { kind: "unit", unit: nanchong, name: "南充市" },
      provider: { place: { code: nanchong, name: "南充市" } },
      dueOn: addDays(today, inquiryDays),
      askedBy: { name: "陈主任", own: true },
      may: ["withdraw"],
    });
    const { inquiryNo } = asked;
    for (const by of [county, city]) expect(await listed(by, "sent", "open")).toContain(inquiryNo);
    expect(await listed(there, "received", "open")).toContain(inquiryNo);
    expect(await there("inquiries.take", of(asked))).toMatchObject({
      side: "received",
      state: "taken",
      owner: { own: true },
      may: ["hand-back", "call", "answer"],
    });
    await there("inquiries.log-call", { ...of(asked), body: phoned() });
    const answered = await there("inquiries.answer", { ...of(asked), ...answering() });
    expect(answered).toMatchObject({ state: "answered", may: [], finding: "confirmed" });
    const read = await county("inquiries.one", of(asked));
    expect(read.answer).toEqual({ ...found, on: today, by: { name: "蒲科长", own: false } });
    expect(read.calls).toMatchObject([{ whom: "医院医保办 赵老师", outcome: "reached", by: { name: "蒲科长" } }]);
    expect(read.history.map(({ event }) => event)).toEqual(["take", "call", "answer"]);
    for (const [by, side] of [[county, "sent"] as const, [there, "received"] as const]) {
      expect(await listed(by, side, "open")).not.toContain(inquiryNo);
      expect((await listed(by, side, "over"))[0]).toBe(inquiryNo);
    }
  });
  test("the agency that is asked sees what the inquiry says and nothing else of the person", async () => {
    const { inquiryNo } = await ask();
    const read = await there("inquiries.one", { params: { inquiryNo } });
    expect(read.person).toEqual({
      personNo: null,
      name: "王*英",
      identityNumber: `${"*".repeat(16)}${person.identityNumber.slice(-2)}`,
    });
    const said = JSON.stringify([read, await there("inquiries.list", { query: { side: "received" } })]);
    for (const secret of [person.personNo, person.name, person.identityNumber, "13900001111", person.village])
      expect(said).not.toContain(secret);
    expect((await county("inquiries.one", { params: { inquiryNo } })).person.personNo).toBe(person.personNo);
  });
  test("who looked is kept with the person, of either side; a list under the person's village", async () => {
    const inquiry = await ask();
    await there("inquiries.one", of(inquiry));
    expect(await recordedOf(person)).toEqual([
      { officerNo: "陈主任", call: "inquiries.ask", reason: "金额较大、票据或材料有疑问" },
      { officerNo: "蒲科长", call: "inquiries.one", reason: `协查${inquiry.inquiryNo}` },
    ]);
    const at = partition.village(person.village);
    const counted = async () => {
      const { Count } = await db.send(
        new QueryCommand({
          TableName: config.auditTable(),
          KeyConditionExpression: "pk = :pk",
          ExpressionAttributeValues: { ":pk": at },
        }),
      );
      return Count ?? 0;
    };
    const before = await counted();
    await there("inquiries.list", { query: { side: "received" } });
    expect(await counted()).toBe(before + 1);
  });
  test("nobody else finds it: another county, another city, an officer of the city asked without the role", async () => {
    const inquiry = await ask();
    const elsewhere = await made.officer("李科长", "331000", ["filings"]);
    const clerk = await made.officer("南充窗口", nanchong, ["claims", "counter"]);
    for (const by of [otherCounty, elsewhere]) {
      expect(await refusal(by("inquiries.one", of(inquiry)))).toBe("not-found");
      expect(await refusal(by("inquiries.take", of(inquiry)))).toBe("not-found");
    }
    expect(await listed(otherCounty, "sent", "open")).not.toContain(inquiry.inquiryNo);
    expect(await refusal(clerk("inquiries.one", of(inquiry)))).toBe("role-missing");
  });
  test("the soonest due first; after its last day it is overdue, and can still be answered", async () => {
    const late = await ask();
    made.turn("2025-11-22");
    const early = await ask();
    expect(await listed(county, "sent", "open")).toEqual(expect.arrayContaining([late.inquiryNo, early.inquiryNo]));
    const { open } = await there("inquiries.list", { query: { side: "received" } });
    expect(open.map(({ dueOn }) => dueOn)).toEqual(open.map(({ dueOn }) => dueOn).toSorted());
    made.turn(late.dueOn);
    expect((await county("inquiries.one", of(late))).overdue).toBe(false);
    made.turn(addDays(late.dueOn, 1));
    expect(await there("inquiries.take", of(late))).toMatchObject({ overdue: true, state: "taken" });
    expect(await there("inquiries.answer", { ...of(late), ...answering() })).toMatchObject({ overdue: false });
  });
  test("handed back by who has it, and once its day has passed by anybody of that city", async () => {
    const params = await taken();
    expect(await refusal(thereToo("inquiries.hand-back", params))).toBe("inquiry-not-yours");
    expect(await there("inquiries.hand-back", params)).toMatchObject({ state: "asked", owner: null });
    await there("inquiries.take", params);
    made.turn(addDays(today, inquiryDays + 1));
    expect(await thereToo("inquiries.hand-back", params)).toMatchObject({ state: "asked", owner: null });
    expect(await thereToo("inquiries.take", params)).toMatchObject({ owner: { own: true } });
  });
  test("withdrawn by the side that asked, whoever has it; nothing can be done to it any more", async () => {
    const params = await taken();
    const why = { body: { reason: "居民已经补来原始票据" } };
    expect(await refusal(there("inquiries.withdraw", { ...params, ...why }))).toBe("inquiry-side");
    const gone = await city("inquiries.withdraw", { ...params, ...why });
    expect(gone).toMatchObject({ state: "withdrawn", withdrawnFor: why.body.reason, may: [] });
    expect(await refusal(there("inquiries.answer", { ...params, ...answering() }))).toBe("inquiry-over");
    expect(await listed(there, "received", "over")).toContain(gone.inquiryNo);
  });
});

describe("an agency outside the system", () => {
  test("the side that asks telephones, logs each call and writes what was found", async () => {
    const asked = await ask(toOutside);
    expect(asked).toMatchObject({ state: "calling", asked: outside, may: ["call", "answer", "withdraw"] });
    expect(await listed(there, "received", "open")).not.toContain(asked.inquiryNo);
    await county("inquiries.log-call", { ...of(asked), body: phoned("unreached") });
    expect(await refusal(county("inquiries.answer", { ...of(asked), ...answering() }))).toBe("inquiry-no-call");
    await city("inquiries.log-call", { ...of(asked), body: phoned("reached") });
    const { calls, state } = await county("inquiries.answer", { ...of(asked), ...answering({ finding: "confirmed" }) });
    expect(state).toBe("answered");
    expect(calls.map(({ outcome, by }) => [outcome, by.name])).toEqual([
      ["unreached", "陈主任"],
      ["reached", "刘处长"],
    ]);
  });
  test("a refusal to cooperate is an outcome, once a call says so", async () => {
    const asked = await ask(toOutside);
    const refused = { body: { finding: "hospital-refused" as const, answers: ["", ""], words: "三次去电都拒绝核实" } };
    await county("inquiries.log-call", { ...of(asked), body: phoned("reached") });
    expect(await refusal(county("inquiries.answer", { ...of(asked), ...refused }))).toBe("inquiry-no-call");
    await county("inquiries.log-call", { ...of(asked), body: phoned("refused") });
    expect(await county("inquiries.answer", { ...of(asked), ...refused })).toMatchObject({
      finding: "hospital-refused",
    });
  });
  test("there is nobody to take it", async () => {
    const asked = await ask(toOutside);
    expect(await refusal(county("inquiries.take", of(asked)))).toBe("inquiry-outside");
    expect(await refusal(county("inquiries.hand-back", of(asked)))).toBe("inquiry-outside");
  });
  test("a call lies between the asking and today, and there are only so many", async () => {
    const asked = await ask(toOutside);
    for (const on of [addDays(today, -1), addDays(today, 1)]) {
      const body = { ...phoned(), on };
      expect(await refusal(county("inquiries.log-call", { ...of(asked), body }))).toBe("inquiry-call-day");
    }
    for (let i = 0; i < mostCalls; i++) await county("inquiries.log-call", { ...of(asked), body: phoned() });
    expect(await refusal(county("inquiries.log-call", { ...of(asked), body: phoned() }))).toBe("inquiry-calls-full");
  });
});

describe("refused well", () => {
  test("the answerer cannot be the asker, also where he has moved to the city that he asked", async () => {
    const mover = await made.officer("调动的人", "370611", ["filings"]);
    const inquiry = await ask({}, mover);
    const moved = await made.officer("调动的人", nanchong, ["filings"]);
    expect(await refusal(moved("inquiries.take", of(inquiry)))).toBe("inquiry-same-hand");
  });
  test("the side that asks does not check, and what nobody has taken is not answered", async () => {
    const inquiry = await ask();
    expect(await refusal(county("inquiries.take", of(inquiry)))).toBe("inquiry-side");
    expect(await refusal(there("inquiries.answer", { ...of(inquiry), ...answering() }))).toBe("inquiry-not-taken");
    await there("inquiries.take", of(inquiry));
    expect(await refusal(thereToo("inquiries.answer", { ...of(inquiry), ...answering() }))).toBe("inquiry-not-yours");
    expect((await stored(inquiry)).version).toBe(2);
  });
  test("every question has its answer where there was such a stay", async () => {
    const params = await taken();
    const told = (answers: string[], finding: "differs" | "no-such-stay" = "differs") =>
      refusal(there("inquiries.answer", { ...params, body: { finding, answers, words: "病案室没有这份病历" } }));
    expect(await told(["是本人"])).toBe("inquiry-answers");
    expect(await told(["是本人", "  "])).toBe("inquiry-answers");
    expect(await told(["", "", ""], "no-such-stay")).toBe("inquiry-answers");
    expect(await told(["", ""], "no-such-stay")).toBe("");
  });
  test("destination inside the area, an agency that is not of the place of care, a place that there is not", async () => {
    const at = (place: string) => ({ provider: { code: "", name: "某医院", place } });
    expect(await refusal(ask(at("370600")))).toBe("inquiry-own-area");
    expect(await refusal(ask({ ...at("370600"), asked: outside }))).toBe("inquiry-own-area");
    expect(await refusal(ask(at("331000")))).toBe("inquiry-asked");
    expect(await refusal(ask({ ...at("511300"), asked: { kind: "unit", unit: "511302" } }))).toBe("inquiry-asked");
    expect(await refusal(ask(at("999900")))).toBe("destination-unknown");
    expect(await refusal(ask({ ...at("640500"), asked: { kind: "unit", unit: "640522" } }))).toBe("");
  });
  test("the agencies to choose from are those of the other pooling areas", async () => {
    const codes = (await county("inquiries.agencies")).agencies.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining([nanchong, "640522"]));
    expect(codes).not.toContain("370600");
  });
  test("dates backwards or in the future", async () => {
    expect(await refusal(ask({ until: day("2025-11-01") }))).toBe("day-out-of-order");
    expect(await refusal(ask({ until: addDays(today, 1) }))).toBe("day-out-of-order");
    expect(await refusal(ask({ from: today, until: today }))).toBe("");
  });
  test("another person's: somebody of another area, a claim or a filing that is not his", async () => {
    const stranger = await made.enlist({ village: "370682001201" });
    expect(await refusal(ask({ person: { personNo: stranger.personNo } }))).toBe("person-not-found");
    expect(await refusal(ask({ person: { personNo: "nobody" } }))).toBe("person-not-found");
    const other = await made.enlist();
    const claim = await care(other, { provider: await hospital(), lines: [["床位费", "A", 800]] });
    expect(await refusal(ask({ claimNo: claim.claimNo }))).toBe("not-found");
    expect(await refusal(ask({ claimNo: claim.claimNo, person: { personNo: other.personNo } }))).toBe("");
    expect(await refusal(ask({ filingNo: "20251120ABCDEFGHJKMNPQRS" }))).toBe("not-found");
  });
  test("by name and identity number, which must be of one person", async () => {
    const { name, identityNumber } = person;
    expect((await ask({ person: { name, identityNumber } })).person).toMatchObject({ name: "王*英" });
    expect(await refusal(ask({ person: { name: "王秀", identityNumber } }))).toBe("name-mismatch");
    expect(await refusal(ask({ person: { name, identityNumber: someone().identityNumber } }))).toBe("person-not-found");
  });
  test("submitting twice: one inquiry, one call, one answer; the same number for something else is refused", async () => {
    const body = asking(person.personNo);
    const twice = await Promise.all([1, 2, 3].map(() => county("inquiries.ask", { body })));
    expect(new Set(twice.map(({ inquiryNo }) => inquiryNo)).size).toBe(1);
    const params = of(twice[0]!);
    expect(await refusal(county("inquiries.ask", { body: { ...body, amount: "1.00" } }))).toBe("request-reused");
    for (const _ of [1, 2]) await there("inquiries.take", params);
    const call = { ...params, body: phoned() };
    await there("inquiries.log-call", call);
    expect((await there("inquiries.log-call", call)).calls).toHaveLength(1);
    const other = { ...call, body: { ...call.body, words: "别的话" } };
    expect(await refusal(there("inquiries.log-call", other))).toBe("request-reused");
    for (const _ of [1, 2]) await there("inquiries.answer", { ...params, ...answering() });
    expect((await stored(twice[0]!)).history).toHaveLength(3);
    const changed = answering({ words: "其实不是这样的" });
    expect(await refusal(there("inquiries.answer", { ...params, ...changed }))).toBe("inquiry-over");
  });
  test("two officers at once: one has it, the other is told so; an answer and a withdrawal do not both stand", async () => {
    const inquiry = await ask();
    const codes = await Promise.all([there, thereToo].map((by) => refusal(by("inquiries.take", of(inquiry)))));
    expect(codes.toSorted()).toEqual(["", "inquiry-taken"]);
    const owner = codes[0] === "" ? there : thereToo;
    const ended = await Promise.all([
      refusal(owner("inquiries.answer", { ...of(inquiry), ...answering() })),
      refusal(county("inquiries.withdraw", { ...of(inquiry), body: { reason: "不用查了" } })),
    ]);
    expect(ended.toSorted()).toEqual(["", "inquiry-over"]);
    const { state, answer, withdrawnFor } = await stored(inquiry);
    expect([answer !== null, withdrawnFor !== null]).toEqual([state === "answered", state === "withdrawn"]);
  });
  test("an officer asks only so often a day", async () => {
    const eager = await made.officer("心急的人", "370611", ["filings"]);
    for (let i = 0; i < 60; i++) await ask({}, eager);
    expect(await refusal(ask({}, eager))).toBe("paused");
  });
});

test("a bill is suggested for a call from ¥10,000 on, and the register knows whose words that is", () => {
  expect([yuan("9999.99"), yuan("10000"), yuan("10000.01")].map(isVerifySuggested)).toEqual([false, true, true]);
  expect(documents[verifyFrom.cite].title).toContain("石嘴山");
});
