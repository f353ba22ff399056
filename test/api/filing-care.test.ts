import { describe, expect, test } from "vitest";
import * as ask from "../../hospital/asks.ts";
import { type Sender, send, signed } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import { readFilingAnswer } from "../../shared/gateway/filing-query.ts";
import { filingsPath } from "../../shared/gateway/signing.ts";
import { text } from "../../shared/money.ts";
import { at, charge, codeOf, disease, done, items, settleStay, shows, stay } from "../gateway/desk.ts";
import { direct, senderOf } from "../world/hospitals.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import {
  beijing,
  chen,
  decide,
  draft,
  end,
  file,
  nanchang,
  nothing,
  opensFilings,
  promise,
  someone,
  submit,
} from "./filing-steps.ts";

opensFilings(opensHospitals);

const hospital = senderOf("H37061100001");
const home = { insuredArea: nanchang };

/** A stay in 烟台 of 8,000.00, all of it in scope. */
const lies = (person: Resident, until?: string, careCode = "21") =>
  stay(
    hospital,
    person,
    { from: "2025-11-17", ...(until && { until }) },
    [charge(items.amoxicillin, 8, 1000, "2025-11-18")],
    {
      ...home,
      careCode,
    },
  );
const preview = async (person: Resident, { encounterNo, sums }: Awaited<ReturnType<typeof stay>>) =>
  done(await send(hospital, "2303", ask.settleStay(person, encounterNo, sums), home)).settlement;

/** Asks as a provider does whether somebody is filed for here. */
async function isFiled(person: Resident, more: object = {}, sender = hospital) {
  const body = JSON.stringify({ personNo: person.personNo, ...more });
  const reply = await direct(body, signed(sender, body, filingsPath), filingsPath);
  expect(reply.status).toBe(200);
  const read = readFilingAnswer(reply.body);
  return "refused" in read ? read.refused : read;
}

// 南昌, tertiary: 600.00 deductible, 60 %. Not filed, 20 % of 8,000.00 up front: (6,400 − 600) × 60 % = 3,480.00; by
// referral 10 %: (7,200 − 600) × 60 % = 3,960.00; long-term nothing: (8,000 − 600) × 60 % = 4,440.00.
const [unfiled, referred, longTerm] = [348_000, 396_000, 444_000];

describe("care away", () => {
  test("a late filing before discharge changes the preview, and the settlement after it", async () => {
    const { person, call } = await someone();
    const one = await lies(person);
    expect(await preview(person, one)).toMatchObject({ upfront: 160_000, pooled: unfiled });
    const filing = await file(call, { from: "2025-11-17" }, promise(person.name));
    expect(filing).toMatchObject({ late: true, from: "2025-11-17" });
    expect(await preview(person, one)).toMatchObject({ upfront: 0, pooled: longTerm, patientTotal: 356_000 });
    done(await send(hospital, "2402", ask.discharge(person.personNo, one.encounterNo, at(today)), home));
    const { settlement } = done(await settleStay(hospital, person, one, home));
    expect(settlement.pooled).toBe(longTerm);
    const told = await call("claims.one", { params: { claimNo: settlement.claimNo! }, query: {} });
    expect(told.fundsTotal).toBe("4440.00");
  });
  test("filed on the day of discharge, for today: a filing made during a stay counts for all of it", async () => {
    const { person, call } = await someone();
    const one = await lies(person, today);
    await file(call, { from: today }, promise(person.name));
    expect((await preview(person, one)).pooled).toBe(longTerm);
  });
  test("a filing for somewhere else, one that waits for an officer, and one that was taken back do not count", async () => {
    const { person, call } = await someone();
    const one = await lies(person);
    await file(call, { kind: "temporary", destination: beijing }, nothing);
    expect(await isFiled(person)).toMatchObject({ filed: false, why: "filed-elsewhere" });
    expect((await preview(person, one)).pooled).toBe(unfiled);
    await draft(call, { kind: "temporary" });
    expect(await isFiled(person)).toMatchObject({ filed: false });
    const filing = await file(call, {}, promise(person.name));
    expect((await preview(person, one)).pooled).toBe(longTerm);
    await decide(chen, person, filing, { what: "revoke", reason: "没有在烟台工作" });
    expect((await preview(person, one)).pooled).toBe(unfiled);
  });
  test("providers ask whether a person is filed for here today, and are told the reason", async () => {
    const { person, call } = await someone();
    await shows(hospital, person, home);
    expect(await isFiled(person)).toEqual({
      filed: false,
      filing: "none",
      filingNo: null,
      why: "not-filed",
      sentence: "没有备案，出院结算前可以补办",
    });
    expect(await isFiled(person, { emergency: true })).toMatchObject({
      filed: true,
      filing: "emergency",
      filingNo: null,
    });
    const filing = await file(call, { from: "2025-12-01" }, promise(person.name));
    expect(await isFiled(person)).toMatchObject({ filed: false, why: "not-yet" });
    made.turn("2025-12-01");
    expect(await isFiled(person)).toEqual({
      filed: true,
      filing: "long-term",
      filingNo: filing.filingNo,
      why: "filed",
      sentence: "已备案：常驻异地工作，2025年12月1日起，到2026年5月19日",
    });
    made.turn(today);
    const local = await made.enlist();
    await shows(hospital, local);
    expect(await isFiled(local)).toMatchObject({ filed: false, why: "home", sentence: "在参保地就医，不用备案" });
    expect(await isFiled({ ...person, personNo: "360100nobody" })).toContain("[not-related]");
    expect(await isFiled(person, { from: "2025-11-21" })).toContain("[day-out-of-order]");
    expect(await isFiled(person, {}, { ...hospital, secret: "00" })).toContain("[signature-wrong]");
    const looks = await made.officer("audit", nanchang, ["audit"]);
    const body = { by: "person" as const, personNo: person.personNo, reason: "核对谁查过" };
    expect((await looks("claims-agency.access", { body })).looks.map(({ call }) => call)).toContain("gateway.filing");
  });
  test("an emergency is treated as filed", async () => {
    const { person } = await someone();
    expect((await preview(person, await lies(person, undefined, "24"))).pooled).toBe(referred);
  });
  test("a referral arrives in a hospital's message and is a filing in force; withdrawn, it ends", async () => {
    const { person, call } = await someone();
    // A hospital of 青岛 sends the person on to 烟台.
    const qingdao = senderOf("H37020200001");
    await shows(qingdao, person, home);
    await shows(hospital, person, home);
    const to = { code: hospital.providerCode, name: hospital.providerName, area: "370611" };
    const refer = await send(qingdao, "2501", ask.refer(person.personNo, to, today, disease), home);
    const { filingNo } = done(refer).filing;
    const { filings } = await call("filings.mine", { query: {} });
    expect(filings[0]).toMatchObject({
      filingNo,
      kind: "referral",
      state: "in-force",
      from: today,
      destination: { code: "370600" },
      history: [{ event: "take-effect", by: "provider", name: "青岛市演示附属医院" }],
    });
    expect(await isFiled(person)).toMatchObject({ filed: true, filing: "referral" });
    const one = await lies(person);
    expect((await preview(person, one)).pooled).toBe(referred);
    const withdraw = { request: { personNo: person.personNo, filingNo } };
    done(await send(qingdao, "2502", withdraw, home));
    expect((await call("filings.mine", { query: {} })).filings[0]!.state).toBe("ended");
    // A stay that began under it keeps it.
    expect((await preview(person, one)).pooled).toBe(referred);
    expect(codeOf(await send(qingdao, "2502", withdraw, home))).toBe("not-found");
    made.turn("2025-11-22");
    expect(await isFiled(person, { from: "2025-11-22" })).toMatchObject({ filed: false });
  });
  test("a referral that was never meant (2601) counts for nothing", async () => {
    const { person, call } = await someone();
    const qingdao = senderOf("H37020200001");
    await shows(qingdao, person, home);
    await shows(hospital, person, home);
    const to = { code: hospital.providerCode, name: hospital.providerName, area: "370611" };
    const said = await send(qingdao, "2501", ask.refer(person.personNo, to, today, disease), home);
    done(await send(qingdao, "2601", ask.undo(person.personNo, said.messageNo, "2501"), home));
    expect((await call("filings.mine", { query: {} })).filings[0]!.state).toBe("ended");
    expect(await isFiled(person)).toMatchObject({ filed: false, why: "not-filed" });
  });
  test("two-way referral: the stay after a transfer bears no second deductible, up and down (齐齐哈尔)", async () => {
    made.turn(today);
    const person = await made.enlist({ poolingArea: "230200", village: "230202001201" });
    const there = { insuredArea: "230200" };
    const [upper, lower] = [senderOf("H37061100001"), senderOf("H37061100002")];
    const lines = (on: string) => [charge(items.amoxicillin, 8, 1000, on)];
    const first = await stay(lower, person, { from: "2025-11-17", until: "2025-11-18" }, lines("2025-11-18"), there);
    const before = done(await settleStay(lower, person, first, there)).settlement;
    expect(before.deductiblePaid).toBeGreaterThan(0);
    const to = { code: upper.providerCode, name: upper.providerName, area: "370611" };
    done(await send(lower, "2501", ask.refer(person.personNo, to, "2025-11-18", disease), there));
    const second = await stay(upper, person, { from: "2025-11-18", until: "2025-11-19" }, lines("2025-11-19"), there);
    expect(done(await settleStay(upper, person, second, there)).settlement.deductiblePaid).toBe(0);
    const back = { code: lower.providerCode, name: lower.providerName, area: "370611" };
    done(await send(upper, "2501", ask.refer(person.personNo, back, "2025-11-19", disease), there));
    const third = await stay(lower, person, { from: "2025-11-19", until: today }, lines(today), there);
    expect(done(await settleStay(lower, person, third, there)).settlement.deductiblePaid).toBe(0);
  });
  test("a deductible is waived once, for the stay that follows, and for none where the referral was never meant", async () => {
    made.turn(today);
    const there = { insuredArea: "230200" };
    const [upper, lower] = [senderOf("H37061100001"), senderOf("H37061100002")];
    const someone230200 = () => made.enlist({ poolingArea: "230200", village: "230202001201" });
    const lines = (on: string) => [charge(items.amoxicillin, 8, 1000, on)];
    const to = { code: upper.providerCode, name: upper.providerName, area: "370611" };
    const settled = async (sender: Sender, who: Resident, from: string, until: string) => {
      const one = await stay(sender, who, { from, until }, lines(from), there);
      return done(await settleStay(sender, who, one, there)).settlement.deductiblePaid;
    };
    const refer = (who: Resident, on: string) => send(lower, "2501", ask.refer(who.personNo, to, on, disease), there);
    // A stay that was over long before is not the one that they are sent on from.
    const old = await someone230200();
    await settled(lower, old, "2025-10-01", "2025-10-03");
    done(await refer(old, "2025-11-18"));
    expect(await settled(upper, old, "2025-11-18", "2025-11-19")).toBeGreaterThan(0);
    const once = await someone230200();
    await settled(lower, once, "2025-11-16", "2025-11-17");
    done(await refer(once, "2025-11-17"));
    expect(await settled(upper, once, "2025-11-17", "2025-11-18")).toBe(0);
    expect(await settled(upper, once, "2025-11-18", "2025-11-19")).toBeGreaterThan(0);
    const undone = await someone230200();
    await settled(lower, undone, "2025-11-16", "2025-11-17");
    const said = await refer(undone, "2025-11-17");
    const next = await stay(upper, undone, { from: "2025-11-17", until: "2025-11-18" }, lines("2025-11-17"), there);
    done(await send(lower, "2601", ask.undo(undone.personNo, said.messageNo, "2501"), there));
    expect(done(await settleStay(upper, undone, next, there)).settlement.deductiblePaid).toBeGreaterThan(0);
  });
  test("a hospital's referral is a filing only as the area's rules let it: for six months, for days that may be filed for", async () => {
    const { person, call } = await someone();
    const qingdao = senderOf("H37020200001");
    await shows(qingdao, person, home);
    await shows(hospital, person, home);
    const to = { code: hospital.providerCode, name: hospital.providerName, area: "370611" };
    const refer = async (more: object) => {
      const asked = ask.refer(person.personNo, to, today, disease);
      return send(qingdao, "2501", { referral: { ...asked.referral, ...more } } as typeof asked, home);
    };
    done(await refer({ from: "2024-01-01", until: "2099-12-31" }));
    expect((await call("filings.mine", { query: {} })).filings).toEqual([]);
    done(await refer({ from: today, until: "2099-12-31" }));
    done(await refer({ from: today, until: "2026-01-31" }));
    const { filings } = await call("filings.mine", { query: {} });
    expect(filings.map(({ from, until }) => [from, until])).toEqual([[today, "2026-05-19"]]);
    const pharmacy = senderOf("P37061100001");
    await shows(pharmacy, person, home);
    expect(codeOf(await send(pharmacy, "2501", ask.refer(person.personNo, to, today, disease), home))).toBe(
      "service-not-opened",
    );
  });
  test("the example is the hospital's own preview of the same bill, after what the year has seen", async () => {
    const { person, call } = await someone();
    for (const until of ["2025-11-18", "2025-11-19"]) {
      const one = await stay(
        hospital,
        person,
        { from: "2025-11-17", until },
        [charge(items.amoxicillin, 8, 4000, "2025-11-17")],
        home,
      );
      done(await settleStay(hospital, person, one, home));
    }
    const now = await stay(hospital, person, { from: today }, [charge(items.amoxicillin, 8, 4000, today)], home);
    const seen = await preview(person, now);
    const body = { destination: "370600", level: "tertiary" as const, total: "32000.00" };
    const { cases } = await call("filings.example", { query: {}, body });
    const none = cases.find(({ filing }) => filing === "none")!;
    expect([none.fundsTotal, none.patientTotal]).toEqual([seen.fundsTotal, seen.patientTotal].map((fen) => text(fen!)));
    // The year's cost has reached 大病 by now, or a fresh year would say the same.
    expect(none.pays.map(({ layer }) => layer)).toContain("criticalIllness");
  });
  test("whoever filed for long is treated at home too, as the area has it (南昌: 10 % up front)", async () => {
    const { person, call } = await someone();
    const example = await call("filings.example", {
      query: {},
      body: { destination: nanchang, level: "tertiary", total: "8000.00" },
    });
    const paid = Object.fromEntries(example.cases.map(({ filing, fundsTotal }) => [filing, fundsTotal]));
    expect(paid).toMatchObject({ none: "4440.00", "long-term": "3960.00" });
    expect(person.poolingArea).toBe(nanchang);
    const trip = await file(call, { kind: "temporary" }, nothing);
    expect((await end(call, trip)).state).toBe("ended");
    expect((await submit(call, await draft(call, { kind: "temporary", from: "2025-11-21" }), nothing)).state).toBe(
      "in-force",
    );
  });
});
