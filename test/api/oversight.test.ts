import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Claim, claimOf, listClaims } from "../../functions/claims/store.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key, partition } from "../../functions/key.ts";
import { personYearOf } from "../../functions/people/year.ts";
import type { Provider } from "../../functions/providers/store.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import { agreedBy } from "../world/hands.ts";
import { made, opens, places } from "../world/opening.ts";
import { refusal, someone } from "../world/world.ts";
import { type BillLine, care, hospital, takeBack } from "./claims.ts";
import { answer, recorded, recordedOf } from "./oversight-steps.ts";

const village = "370611001201";
const otherVillage = "370682001201";
const reason = "居民来电核对费用";
const stay: readonly BillLine[] = [
  ["床位费", "A", 50, 10],
  ["头孢注射液", "B", 200, 20],
  ["一次性耗材", "C", 300],
];

let provider: Provider;
let officer: Call;
let second: Call;
let elsewhere: Call;
let auditor: Call;
let serial = 0;
opens(places);
beforeAll(async () => {
  provider = await hospital();
  officer = await made.officer("陈主任", "370611", ["claims"]);
  second = await made.officer("孙科员", "370611", ["claims"]);
  elsewhere = await made.officer("何主任", "370682", ["claims"]);
  auditor = await made.officer("于审计员", "370600", ["audit"]);
});
beforeEach(() => made.turn("2025-11-20"));

/** A resident with a claim that stands on the hospital's list of the day. */
async function patient(facts: Partial<Resident> = {}) {
  const person = await made.enlist({ telephone: `1370${String(++serial).padStart(7, "0")}`, ...facts });
  return { person, claim: await settled(person) };
}
async function settled(person: Resident, careType: "inpatient" | "outpatient" = "inpatient") {
  const claim = await care(person, { provider, lines: stay, careType });
  const { claimNo, personNo, settledOn: on } = claim;
  await listClaims([{ kind: "claim", claimNo, personNo, providerCode: provider.code, on }]);
  return claim;
}
/** The same, and they say that it is not theirs. */
async function disputed(kind: "not-mine" | "amount" = "not-mine") {
  const { person, claim } = await patient();
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  const body = { requestNo: `oversight-${++serial}`, kind, words: "那几天我没有看过病" };
  const { disputeNo } = await call("claims.dispute", { params: { claimNo: claim.claimNo }, query: {}, body });
  return { person, claim, call, of: { params: { disputeNo } }, disputeNo };
}
const opened = ({ personNo, claimNo }: Claim) => ({ params: { personNo, claimNo } });
const byPerson = ({ identityNumber }: Resident, why = reason) => ({
  body: { by: "person" as const, identityNumber, reason: why },
});
describe("looking for claims", () => {
  test("a person's claims, the newest first, with who asked and why on record", async () => {
    const { person, claim } = await patient();
    const later = await settled(person, "outpatient");
    const found = await officer("claims-agency.claims", byPerson(person));
    expect(found).toMatchObject({ more: false, person: { name: "张三", unitName: "烟台市 福山区 东河镇 杏林村" } });
    expect(found.claims.map((one) => one.claimNo)).toEqual([later.claimNo, claim.claimNo]);
    expect(found.claims[1]).toMatchObject({ total: "4800.00", providerCode: provider.code, disputed: false });
    expect(found.person?.identityNumber).toMatch(/^\*{16}[\dX]{2}$/);
    expect(await recordedOf(person)).toMatchObject([
      { officerNo: "陈主任", name: "陈主任", unit: "370611", call: "claims-agency.claims", reason },
    ]);
  });
  test("a person without claims is told as such, and that was a look too", async () => {
    const person = await made.enlist();
    expect(await officer("claims-agency.claims", byPerson(person))).toMatchObject({
      person: { name: "张三" },
      claims: [],
    });
    expect(await recordedOf(person)).toHaveLength(1);
  });
  test("somebody of another area is told exactly like somebody who does not exist", async () => {
    const { person } = await patient();
    const said = (call: Promise<unknown>) =>
      call.then(
        () => null,
        ({ code, message }: Error & { code: string }) => ({ code, message }),
      );
    const told = await said(elsewhere("claims-agency.claims", byPerson(person)));
    expect(told?.code).toBe("person-not-found");
    expect(await said(elsewhere("claims-agency.claims", byPerson(someone())))).toEqual(told);
    expect(await recordedOf(person)).toEqual([]);
  });
  test("who moved away: his old area sees what was settled there and no more, his new one sees all", async () => {
    const { person, claim } = await patient();
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.person(person.personNo),
        UpdateExpression: "SET village = :there",
        ExpressionAttributeValues: { ":there": otherVillage },
      }),
    );
    const later = await settled(person, "outpatient");
    const numbers = async (call: Call) =>
      (await call("claims-agency.claims", byPerson(person))).claims.map((one) => one.claimNo);
    expect(await numbers(officer)).toEqual([claim.claimNo]);
    expect(await numbers(elsewhere)).toEqual([later.claimNo, claim.claimNo]);
    expect(await refusal(officer("claims-agency.claim", opened(later)))).toBe("not-found");
  });
  test("a claim by its number, with its provider or its person; the number alone says nothing", async () => {
    const { person, claim } = await patient();
    const by = (of: string, claimNo = claim.claimNo) => ({ body: { by: "claim" as const, claimNo, of, reason } });
    for (const of of [provider.code, person.personNo]) {
      const { claims } = await officer("claims-agency.claims", by(of));
      expect(claims.map((one) => one.claimNo)).toEqual([claim.claimNo]);
    }
    expect(await refusal(officer("claims-agency.claims", by("H37061199999")))).toBe("not-found");
    expect(await refusal(officer("claims-agency.claims", by("nobody")))).toBe("not-found");
    expect(await refusal(elsewhere("claims-agency.claims", by(provider.code)))).toBe("not-found");
  });
  test("what a provider settled on a day, of the officer's own people only; recorded under their villages", async () => {
    made.turn("2025-10-09");
    const [one, two] = [await patient(), await patient({ village: otherVillage })];
    await takeBack(one.claim);
    const body = { by: "provider" as const, providerCode: provider.code, on: day("2025-10-09"), reason };
    const { claims, more } = await officer("claims-agency.claims", { body });
    expect(more).toBe(false);
    expect(claims.map(({ claimNo, state }) => [claimNo, state])).toEqual([[one.claim.claimNo, "reversed"]]);
    expect((await elsewhere("claims-agency.claims", { body })).claims.map((row) => row.claimNo)).toEqual([
      two.claim.claimNo,
    ]);
    expect((await recorded(partition.village(village))).at(-1)).toMatchObject({
      call: "claims-agency.claims",
      people: 1,
    });
    expect(await officer("claims-agency.claims", { body: { ...body, on: day("2025-10-10") } })).toMatchObject({
      claims: [],
    });
  });
  test("without a reason, with a wrong number, without the role, too often", async () => {
    const { person } = await patient();
    expect(await refusal(officer("claims-agency.claims", byPerson(person, "看看")))).toBe("malformed");
    const wrong = { body: { by: "person" as const, identityNumber: "379901199001010000", reason } };
    expect(await refusal(officer("claims-agency.claims", wrong))).toBe("identity-number");
    const other = await made.officer("没有岗位", "370611", ["refunds", "counter", "progress", "audit"]);
    expect(await refusal(other("claims-agency.claims", byPerson(person)))).toBe("role-missing");
    const eager = await made.officer("手快的人", "370611", ["claims"]);
    for (let i = 0; i < 120; i++) await refusal(eager("claims-agency.claims", wrong));
    expect(await refusal(eager("claims-agency.claims", byPerson(person)))).toBe("paused");
  });
});

describe("one claim", () => {
  test("all that it rests on: facts, why, clauses, the year before and after, recorded", async () => {
    const { person, claim } = await patient();
    const page = await officer("claims-agency.claim", opened(claim));
    expect(page).toMatchObject({
      total: "4800.00",
      lines: 3,
      disease: { name: "肺炎" },
      stays: { before: 0, after: 1 },
      history: [{ what: "settled", by: provider.name, messageNo: claim.messageNo }],
    });
    const pooled = page.year.find(({ name }) => name === "基本医保已支付");
    expect(pooled).toEqual({ name: "基本医保已支付", before: "0.00", after: page.fundsTotal });
    expect(page.sentences.length).toBeGreaterThan(2);
    expect(page.clauses.some(({ cite }) => cite !== "")).toBe(true);
    const { lines } = await officer("claims-agency.lines", { ...opened(claim), query: { q: "头孢" } });
    expect(lines).toMatchObject([{ name: "头孢注射液", total: "4000.00", upfront: "400.00" }]);
    expect((await recordedOf(person)).map(({ call }) => call)).toEqual(["claims-agency.claim", "claims-agency.lines"]);
  });
  test("another area's officer finds neither the claim nor its lines, and leaves no trace of a look", async () => {
    const { person, claim } = await patient();
    expect(await refusal(elsewhere("claims-agency.claim", opened(claim)))).toBe("not-found");
    expect(await refusal(elsewhere("claims-agency.lines", { ...opened(claim), query: {} }))).toBe("not-found");
    const other = await made.enlist();
    expect(await refusal(officer("claims-agency.claim", opened({ ...claim, personNo: other.personNo })))).toBe(
      "not-found",
    );
    expect(await recordedOf(person)).toEqual([]);
  });
  test("taken back by its provider: by whom and with which message", async () => {
    const { claim } = await patient();
    await takeBack(claim);
    const { history } = await officer("claims-agency.claim", opened(claim));
    expect(history[1]).toMatchObject({ what: "reversed", by: provider.name, messageNo: "test", reason: "重复结算" });
  });
});

describe("disputes", () => {
  test("the worklist: the soonest due first, whose it is, of one's own unit; recorded under the village", async () => {
    const amount = await disputed("amount");
    const mine = await disputed();
    const list = async (call = officer, of = "370611") =>
      (await call("claims-agency.disputes", { query: { unit: of } })).disputes;
    const found = (await list()).filter(({ disputeNo }) => [amount.disputeNo, mine.disputeNo].includes(disputeNo));
    expect(found.map(({ disputeNo, dueOn, owner }) => [disputeNo, dueOn, owner])).toEqual([
      [mine.disputeNo, "2025-11-30", null],
      [amount.disputeNo, "2025-12-10", null],
    ]);
    expect(found[0]).toMatchObject({ person: { name: "张三" }, unitName: "烟台市 福山区 东河镇 杏林村" });
    expect((await recorded(partition.village(village))).at(-1)).toMatchObject({ call: "claims-agency.disputes" });
    expect(await list(elsewhere, "370682")).toEqual([]);
    expect(await refusal(elsewhere("claims-agency.disputes", { query: { unit: "370611" } }))).toBe("outside-area");
    expect(await refusal(elsewhere("claims-agency.dispute", mine.of))).toBe("not-found");
    expect(await refusal(elsewhere("claims-agency.take", mine.of))).toBe("not-found");
    expect(await refusal(elsewhere("claims-agency.decide", answer(mine.of, true)))).toBe("not-found");
  });
  test("upheld: the claim is taken back with the dispute, the person is told, and the case says by whom", async () => {
    const { person, claim, of, call } = await disputed();
    expect(await officer("claims-agency.dispute", of)).toMatchObject({
      remedy: "reversed",
      dispute: { state: "filed" },
    });
    expect(await officer("claims-agency.take", of)).toMatchObject({
      state: "taken",
      owner: { name: "陈主任", own: true },
    });
    const waiting = await officer("claims-agency.decide", answer(of, true));
    expect(waiting).toMatchObject({ state: "taken", outcome: null, proposed: { until: "2025-11-27" } });
    expect(await claimOf(person.personNo, claim.claimNo)).toMatchObject({ state: "settled" });
    await agreedBy(second)(waiting.proposed!);
    const decided = (await officer("claims-agency.dispute", of)).dispute;
    expect(decided).toMatchObject({
      state: "upheld",
      outcome: { remedy: "reversed", by: "陈主任", agreedBy: "孙科员" },
    });
    expect(await claimOf(person.personNo, claim.claimNo)).toMatchObject({ state: "reversed" });
    expect(await personYearOf(person.personNo, 2025)).toMatchObject({ year: { pooled: 0, stays: 0 } });
    const { history, state } = await officer("claims-agency.claim", opened(claim));
    expect(state).toBe("reversed");
    expect(history[1]).toMatchObject({ what: "reversed", by: "陈主任", messageNo: null });
    const { disputes } = await call("claims.disputes");
    expect(disputes[0]).toMatchObject({ state: "upheld", outcome: { remedy: "reversed" } });
    const calls = (await recordedOf(person)).flatMap(({ call: one, officerNo }) => (officerNo ? [one] : []));
    expect(calls).toEqual([
      "claims-agency.dispute",
      "claims-agency.take",
      "claims-agency.decide",
      "proposals.answer",
      "claims-agency.dispute",
      "claims-agency.claim",
    ]);
  });
  test("upheld and decided again by the same hand: answered, nothing happens twice", async () => {
    const { person, of } = await disputed();
    await officer("claims-agency.take", of);
    const { proposed } = await officer("claims-agency.decide", answer(of, true));
    expect((await officer("claims-agency.decide", answer(of, true))).proposed).toEqual(proposed);
    await agreedBy(second)(proposed!);
    const [one, two] = [
      await officer("claims-agency.decide", answer(of, true)),
      await officer("claims-agency.decide", answer(of, true)),
    ];
    expect(one).toMatchObject({ state: "upheld", proposed: null });
    expect(two).toEqual(one);
    expect((await personYearOf(person.personNo, 2025))?.version).toBe(2);
    expect(await refusal(officer("claims-agency.decide", answer(of, false)))).toBe("dispute-decided");
  });
  test("upheld once it was cleared: the claim stands, to be recovered", async () => {
    const { person, claim, of } = await disputed();
    await db.send(
      new UpdateCommand({
        TableName: config.mainTable(),
        Key: key.claim(person.personNo, claim.claimNo),
        UpdateExpression: "SET clearedOn = :day",
        ExpressionAttributeValues: { ":day": "2025-11-19" },
      }),
    );
    expect((await officer("claims-agency.dispute", of)).remedy).toBe("recovery");
    await officer("claims-agency.take", of);
    expect(await officer("claims-agency.decide", answer(of, true))).toMatchObject({ outcome: { remedy: "recovery" } });
    expect((await claimOf(person.personNo, claim.claimNo)).state).toBe("settled");
  });
  test("upheld with later claims that were computed on it: the claim stands, to be corrected one by one", async () => {
    const { person, claim, of } = await disputed();
    await settled(person);
    await officer("claims-agency.take", of);
    expect(await officer("claims-agency.decide", answer(of, true))).toMatchObject({
      outcome: { remedy: "correction" },
    });
    expect((await claimOf(person.personNo, claim.claimNo)).state).toBe("settled");
  });
  test("upheld after the provider took the claim back by itself", async () => {
    const { claim, of } = await disputed();
    await takeBack(claim);
    await officer("claims-agency.take", of);
    expect(await officer("claims-agency.decide", answer(of, true))).toMatchObject({ outcome: { remedy: "reversed" } });
  });
  test("wrong amounts upheld: the claim stays, its provider puts it right; rejected: it stays, and may be disputed again", async () => {
    const amount = await disputed("amount");
    expect((await officer("claims-agency.dispute", amount.of)).remedy).toBeNull();
    await officer("claims-agency.take", amount.of);
    expect(await officer("claims-agency.decide", answer(amount.of, true))).toMatchObject({ outcome: { remedy: null } });
    expect((await claimOf(amount.person.personNo, amount.claim.claimNo)).state).toBe("settled");
    const not = await disputed();
    await officer("claims-agency.take", not.of);
    expect(await officer("claims-agency.decide", answer(not.of, false))).toMatchObject({ state: "rejected" });
    expect((await claimOf(not.person.personNo, not.claim.claimNo)).state).toBe("settled");
  });
  test("not taken, somebody else's, decided already, withdrawn meanwhile", async () => {
    const { of, call, disputeNo } = await disputed();
    expect(await refusal(officer("claims-agency.decide", answer(of, true)))).toBe("dispute-not-taken");
    await officer("claims-agency.take", of);
    expect(await refusal(second("claims-agency.take", of))).toBe("dispute-taken");
    expect(await refusal(second("claims-agency.decide", answer(of, false)))).toBe("dispute-not-yours");
    expect(await refusal(second("claims-agency.hand-back", of))).toBe("dispute-not-yours");
    expect(await officer("claims-agency.take", of)).toMatchObject({ owner: { own: true } });
    await call("claims.withdraw", { params: { disputeNo }, query: {} });
    expect(await refusal(officer("claims-agency.decide", answer(of, true)))).toBe("dispute-decided");
    expect(await refusal(second("claims-agency.take", of))).toBe("dispute-decided");
  });
  test("handed back by its owner, and by anybody once its day has passed", async () => {
    const { of } = await disputed();
    await officer("claims-agency.take", of);
    expect(await officer("claims-agency.hand-back", of)).toMatchObject({ state: "filed", owner: null });
    await second("claims-agency.take", of);
    made.turn("2025-12-01");
    expect(await officer("claims-agency.hand-back", of)).toMatchObject({ state: "filed", owner: null });
  });
  test("two officers at once: one takes it; two answers at once: one counts, and the claim is reversed only with it", async () => {
    for (let round = 0; round < 5; round++) {
      const { person, claim, of } = await disputed();
      const took = await Promise.all([officer, second].map((one) => refusal(one("claims-agency.take", of))));
      expect(took.toSorted()).toEqual(["", "dispute-taken"]);
      const owner = took[0] === "" ? officer : second;
      const { proposed } = await owner("claims-agency.decide", answer(of, true));
      const other = owner === officer ? second : officer;
      const ended = await Promise.all([
        refusal(agreedBy(other)(proposed!)),
        refusal(owner("claims-agency.decide", answer(of, false))),
      ]);
      expect(ended).toContain("");
      expect(ended.some((no) => no === "dispute-decided" || no === "dispute-not-yours")).toBe(true);
      const { state } = await claimOf(person.personNo, claim.claimNo);
      expect(state).toBe(ended[0] === "" ? "reversed" : "settled");
    }
  });
});

describe("who looked", () => {
  test("officers, guardians and providers, the newest first, with why; reading it is recorded too", async () => {
    const { person, claim } = await patient();
    await officer("claims-agency.claims", byPerson(person));
    await officer("claims-agency.claim", opened(claim));
    const why = "接到举报后核查";
    const asked = { body: { by: "identity-number" as const, identityNumber: person.identityNumber, reason: why } };
    const { looks, before, person: whom } = await auditor("claims-agency.access", asked);
    expect(whom).toMatchObject({ personNo: person.personNo });
    expect(before).toBeNull();
    expect(looks.map(({ title, name, reason: said }) => [title, name, said])).toEqual([
      ["查阅记录", "于审计员", why],
      ["查看一笔费用", "陈主任", null],
      ["查询费用", "陈主任", reason],
    ]);
    expect(looks[1]).toMatchObject({ who: "officer", unitName: "烟台市 福山区", on: "2025-11-20" });
    const again = await auditor("claims-agency.access", {
      body: { by: "person", personNo: person.personNo, reason: why },
    });
    expect(again.looks).toHaveLength(4);
  });
  test("lists of a village, page by page", async () => {
    const ask = (before?: string) =>
      auditor("claims-agency.access", {
        body: { by: "unit", unit: village, reason: "季度抽查", ...(before !== undefined && { before }) },
      });
    for (let i = 0; i < 3; i++) await officer("claims-agency.disputes", { query: { unit: "370611" } });
    const first = await ask();
    expect(first.unit).toEqual({ code: village, name: "烟台市 福山区 东河镇 杏林村" });
    expect(first.looks[1]).toMatchObject({ title: "争议待办", name: "陈主任" });
    for (let i = 0; i < 200; i++) await ask();
    const page = await ask();
    expect(page.looks).toHaveLength(200);
    const rest = await ask(page.before!);
    expect(rest.looks[0]!.at).toBeLessThanOrEqual(page.looks.at(-1)!.at);
    expect(rest.looks.length).toBeGreaterThan(3);
    expect(rest.before).toBeNull();
  });
  test("not without the role, not of another area, not without a reason", async () => {
    const { person } = await patient();
    const asked = (why = "季度抽查") => ({
      body: { by: "identity-number" as const, identityNumber: person.identityNumber, reason: why },
    });
    expect(await refusal(officer("claims-agency.access", asked()))).toBe("role-missing");
    const other = await made.officer("莱阳审计", "370682", ["audit"]);
    expect(await refusal(other("claims-agency.access", asked()))).toBe("person-not-found");
    const list = { body: { by: "unit" as const, unit: village, reason: "季度抽查" } };
    expect(await refusal(other("claims-agency.access", list))).toBe("outside-area");
    expect(await refusal(auditor("claims-agency.access", asked("")))).toBe("malformed");
    expect(await refusal(auditor("claims-agency.claims", byPerson(person)))).toBe("role-missing");
  });
});
