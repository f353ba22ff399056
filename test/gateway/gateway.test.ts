import { describe, expect, test } from "vitest";
import * as ask from "../../hospital/asks.ts";
import { send, signed, written } from "../../hospital/client.ts";
import { wholeYear } from "../../local/county/people.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { direct, senderOf } from "../world/hospitals.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import {
  at,
  charge,
  city,
  codeOf,
  county,
  disease,
  done,
  items,
  next,
  settleStay,
  settleVisit,
  stay,
  sumsOf,
  visit,
  yearOfPerson,
} from "./desk.ts";

opensHospitals();

describe("handled, or refused with a reason", () => {
  test("malformed envelope", async () => {
    const codes = async (spoil: (body: string) => string) =>
      codeOf(await send(county, "9001", ask.signIn(), { spoil }));
    expect(await codes(() => "{")).toBe("malformed");
    expect(await codes(() => "[]")).toBe("malformed");
    expect(await codes((body) => body.replace('"9001"', "9001"))).toBe("malformed");
    expect(await codes((body) => body.replace(/"input":.*}$/, '"input":"x"}'))).toBe("malformed");
    expect(await codes((body) => body.replace(/"msgid":"[^"]*"/, '"msgid":"H37061100002"'))).toBe("malformed");
    expect(await codes((body) => body.replace(/"msgid":"H37061100002/, '"msgid":"H37061100001'))).toBe(
      "sender-differs",
    );
    expect(codeOf(await send(county, "9001", ask.signIn(), { signInNo: "20251120NOBODY" }))).toBe("sign-in-unknown");
    expect((await direct("x".repeat(200_001), {})).status).toBe(413);
  });

  test("unknown transaction", async () => {
    for (const number of ["5205", "9999", "__proto_"]) {
      const spoil = (body: string) => body.replace('"9001"', `"${number.slice(0, 6)}"`);
      expect(codeOf(await send(county, "9001", ask.signIn(), { spoil }))).toBe("unknown-transaction");
    }
  });

  test("wrong signature", async () => {
    const forged = async (forge: (headers: Record<string, string>) => Record<string, string>) =>
      codeOf(await send(county, "9001", ask.signIn(), { forge }));
    expect(await forged((headers) => ({ ...headers, "x-signature": "0".repeat(64) }))).toBe("signature-wrong");
    expect(await forged((headers) => ({ ...headers, "x-signature": "" }))).toBe("signature-wrong");
    expect(await forged((headers) => ({ ...headers, "x-signature-key": "H37061100001.DEMO00000001" }))).toBe(
      "signature-wrong",
    );
    expect(await forged((headers) => ({ ...headers, "x-signature-key": "H99999999999.DEMO00000001" }))).toBe(
      "signature-wrong",
    );
    expect(await forged((headers) => ({ ...headers, "x-signature-nonce": "A".repeat(24) }))).toBe("signature-wrong");
    expect(await forged(() => ({}))).toBe("signature-wrong");
    const late = { ...county, now: () => Date.now() - 6 * 60_000 };
    expect(codeOf(await send(late, "9001", ask.signIn()))).toBe("clock-off");
    const suspended = senderOf("H37061100004");
    expect(codeOf(await send(suspended, "9001", ask.signIn()))).toBe("signature-wrong");
  });

  test("replay", async () => {
    const { body } = written(county, "9001", ask.signIn());
    const headers = signed(county, body);
    const [first, second] = [await direct(body, headers), await direct(body, headers)];
    expect(JSON.parse(first.body)).toMatchObject({ infcode: 0 });
    expect(JSON.parse(second.body)).toMatchObject({ infcode: -1, err_msg: expect.stringContaining("[replayed]") });
    // The same message, signed anew, is a retry: it is answered, and answered alike.
    const retried = await direct(body, signed(county, body));
    expect(JSON.parse(retried.body).output).toEqual(JSON.parse(first.body).output);
  });

  test("the same number with another content", async () => {
    const who = await made.enlist();
    const { messageNo } = await send(county, "2201", ask.register(who, at(today), "SAME-1"));
    expect(codeOf(await send(county, "2201", ask.register(who, at(today), "SAME-2"), { messageNo }))).toBe(
      "message-reused",
    );
    expect(codeOf(await send(county, "9001", ask.signIn(), { messageNo }))).toBe("message-reused");
  });

  test("wrong area", async () => {
    const who = await made.enlist();
    const elsewhere = { ...county, careArea: "370682" };
    expect(codeOf(await send(elsewhere, "9001", ask.signIn()))).toBe("wrong-area");
    expect(codeOf(await send(county, "2201", ask.register(who, at(today), "WA"), { insuredArea: "511300" }))).toBe(
      "wrong-area",
    );
    expect(codeOf(await send(county, "1101", ask.identify(who.identityNumber), { insuredArea: "110100" }))).toBe(
      "wrong-area",
    );
  });

  test("sums that do not match the lines", async () => {
    const who = await made.enlist();
    const one = await visit(county, who, today, [charge(items.atorvastatin, 7, 2, today)]);
    const sums = { ...one.sums, upfront: yuan("0") };
    expect(codeOf(await settleVisit(county, who, { ...one, sums }))).toBe("sums-differ");
    expect(codeOf(await settleVisit(county, who, { ...one, sums: { ...one.sums, total: yuan("14.01") } }))).toBe(
      "sums-differ",
    );
    const wrong = charge(items.amoxicillin, 8, 1, today, { total: yuan("8.01") });
    expect(codeOf(await send(county, "2204", ask.chargeOutpatient(who.personNo, one.encounterNo, "B1", [wrong])))).toBe(
      "line-sum",
    );
    done(await settleVisit(county, who, one));
  });

  test("item not in the catalogue that day", async () => {
    const who = await made.enlist();
    const { encounter } = done(await send(county, "2201", ask.register(who, at(today), next("OP"))));
    for (const code of ["NOBODY-KNOWS-IT", items.gone]) {
      const said = await send(
        county,
        "2204",
        ask.chargeOutpatient(who.personNo, encounter.encounterNo, "B1", [charge(code, 1, 1, today)]),
      );
      expect(said).toMatchObject({
        kind: "refused",
        code: "item-not-in-catalogue",
        sentence: expect.stringContaining(code),
      });
    }
    // A diagnosis is no charge.
    const said = await send(
      county,
      "2204",
      ask.chargeOutpatient(who.personNo, encounter.encounterNo, "B1", [charge("I10.x00", 1, 1, today)]),
    );
    expect(codeOf(said)).toBe("item-not-in-catalogue");
  });

  test("settling twice", async () => {
    const who = await made.enlist();
    const one = await visit(county, who, today, [charge(items.amoxicillin, 8, 1, today)]);
    const first = await settleVisit(county, who, one);
    expect(codeOf(await settleVisit(county, who, one))).toBe("settled-already");
    const again = await settleVisit(county, who, one, { messageNo: first.messageNo });
    expect(done(again)).toEqual(done(first));
    const more = [charge(items.amoxicillin, 8, 1, today)];
    expect(codeOf(await send(county, "2204", ask.chargeOutpatient(who.personNo, one.encounterNo, "B1", more)))).toBe(
      "settled-already",
    );
    expect((await yearOfPerson(who)).claims).toHaveLength(1);
  });

  test("reversing out of order", async () => {
    const who = await made.enlist();
    const first = await stay(county, who, { from: "2025-10-01", until: "2025-10-08" }, [
      charge(items.amoxicillin, 8, 500, "2025-10-02"),
    ]);
    const a = done(await settleStay(county, who, first)).settlement.claimNo;
    const second = await stay(city, who, { from: "2025-11-01", until: today }, [
      charge(items.amoxicillin, 8, 500, "2025-11-02"),
    ]);
    const b = done(await settleStay(city, who, second)).settlement.claimNo;
    expect(codeOf(await send(county, "2305", ask.reverse(who.personNo, first.encounterNo, a)))).toBe("reversal-order");
    // What another hospital settled is nothing to this one.
    expect(codeOf(await send(county, "2305", ask.reverse(who.personNo, second.encounterNo, b)))).toBe("not-found");
    // An out-patient visit in between has accumulators of its own and stands in nobody's way.
    const between = await visit(county, who, today, [charge(items.amoxicillin, 8, 1, today)]);
    done(await settleVisit(county, who, between));
    done(await send(city, "2305", ask.reverse(who.personNo, second.encounterNo, b)));
    done(await send(county, "2305", ask.reverse(who.personNo, first.encounterNo, a)));
    expect(codeOf(await send(county, "2305", ask.reverse(who.personNo, first.encounterNo, a)))).toBe("not-settled");
    expect((await yearOfPerson(who)).year?.year).toMatchObject({ stays: 0, pooled: 0, outpatient: yuan("4") });
  });

  test("two hospitals at once", async () => {
    const who = await made.enlist();
    const [a, b] = await Promise.all(
      [city, county].map((sender) => send(sender, "2401", ask.admit(who, "21", at(today), next("IP"), disease))),
    );
    expect([codeOf(a!), codeOf(b!)].sort()).toEqual(["already-admitted", "done"]);
    // Two settlements of one person at the same moment: each sees the other.
    const other = await made.enlist();
    const visits = await Promise.all(
      [city, county].map((one) => visit(one, other, today, [charge(items.amoxicillin, 8, 75, today)])),
    );
    const settled = await Promise.all([city, county].map((one, i) => settleVisit(one, other, visits[i]!)));
    // 300 each of 600 in scope, and 400 a year: 300 and 100.
    expect(settled.map((one) => done(one).settlement.pooled).sort()).toEqual([yuan("100"), yuan("300")]);
  });

  test("a stay across New Year", async () => {
    const enrolled = {
      coverBefore: [{ benefitYear: 2025, coverFrom: day("2025-01-01"), coverUntil: day("2025-12-31") }],
    };
    const both = {
      coverBefore: [
        ...enrolled.coverBefore,
        { benefitYear: 2026, coverFrom: day("2026-01-01"), coverUntil: day("2026-12-31") },
      ],
    };
    made.turn("2026-01-05");
    const [covered, lapsed] = [await made.enlist(both), await made.enlist(enrolled)];
    const dates = { from: "2025-12-28", until: "2026-01-05" };
    const one = await stay(county, covered, dates, [
      charge(items.amoxicillin, 8, 200, "2025-12-29"),
      charge(items.amoxicillin, 8, 100, "2026-01-02"),
    ]);
    const { settlement } = done(await settleStay(county, covered, one));
    // One deductible, in the year of discharge: (2,400 − 500) × 58 %.
    expect(settlement.pooled).toBe(yuan("1102"));
    expect((await yearOfPerson(covered, 2026)).year?.year.stays).toBe(1);
    expect((await yearOfPerson(covered, 2025)).year).toBeNull();

    const { encounter } = done(
      await send(county, "2401", ask.admit(lapsed, "21", at("2025-12-28"), next("IP"), disease)),
    );
    const old = done(
      await send(
        county,
        "2301",
        ask.chargeStay(lapsed.personNo, encounter.encounterNo, "21", [charge(items.amoxicillin, 8, 200, "2025-12-29")]),
      ),
    );
    const sums = sumsOf(old.lines);
    const late = done(
      await send(
        county,
        "2301",
        ask.chargeStay(lapsed.personNo, encounter.encounterNo, "21", [charge(items.amoxicillin, 8, 100, "2026-01-02")]),
      ),
    );
    const whole = await send(
      county,
      "2303",
      ask.settleStay(lapsed, encounter.encounterNo, sumsOf([...old.lines, ...late.lines])),
    );
    expect(whole).toMatchObject({ code: "cover-ended", sentence: expect.stringContaining("2025年12月31日") });
    done(await send(county, "2302", ask.withdrawLine(lapsed.personNo, encounter.encounterNo, late.lines[0]!.lineNo!)));
    const part = done(await send(county, "2304", ask.settleStay(lapsed, encounter.encounterNo, sums, "2025-12-31")));
    expect(part.settlement.pooled).toBe(yuan("638"));
    expect((await yearOfPerson(lapsed, 2025)).year?.year.stays).toBe(1);
    made.turn(today);
  });

  test("a person who died in the stay", async () => {
    const who = await made.enlist();
    const one = await stay(county, who, { from: "2025-11-10", until: "2025-11-15", dead: true }, [
      charge(items.amoxicillin, 8, 200, "2025-11-12"),
    ]);
    const { settlement } = done(await settleStay(county, who, one));
    expect(settlement.pooled).toBe(yuan("638"));
    // The register knows the day by the time of settling, or of the next admission.
    const gone = await made.enlist({ diedOn: day("2025-11-15") });
    const known = await stay(county, gone, { from: "2025-11-10", until: "2025-11-15", dead: true }, [
      charge(items.amoxicillin, 8, 200, "2025-11-12"),
    ]);
    done(await settleStay(county, gone, known));
    expect(codeOf(await send(county, "2401", ask.admit(gone, "21", at("2025-11-16"), next("IP"), disease)))).toBe(
      "deceased",
    );
    const late = await made.enlist({ diedOn: day("2025-11-12") });
    const { encounter } = done(
      await send(county, "2401", ask.admit(late, "21", at("2025-11-10"), next("IP"), disease)),
    );
    const { lines } = done(
      await send(
        county,
        "2301",
        ask.chargeStay(late.personNo, encounter.encounterNo, "21", [charge(items.amoxicillin, 8, 200, "2025-11-14")]),
      ),
    );
    done(await send(county, "2402", ask.discharge(late.personNo, encounter.encounterNo, at("2025-11-15"))));
    expect(codeOf(await settleStay(county, late, { encounterNo: encounter.encounterNo, sums: sumsOf(lines) }))).toBe(
      "after-discharge",
    );
  });

  test("10,000 fee lines", async () => {
    const who = await made.enlist();
    const { encounter } = done(await send(city, "2401", ask.admit(who, "21", at("2025-11-01"), next("IP"), disease)));
    let sums = ask.nothing;
    for (let from = 0; from < 10_000; from += 100) {
      const charges = Array.from({ length: Math.min(100, 10_000 - from) }, () =>
        charge(items.atorvastatin, 7, 1, "2025-11-02"),
      );
      const { lines } = done(
        await send(city, "2301", ask.chargeStay(who.personNo, encounter.encounterNo, "21", charges)),
      );
      sums = sumsOf([sums, ...lines]);
    }
    // Each line: 7.00, 0.60 over the cap, 0.32 up front.
    expect(sums).toEqual({
      total: yuan("70000"),
      outsideCatalogue: 0,
      overPriceCap: yuan("6000"),
      upfront: yuan("3200"),
    });
    done(await send(city, "2402", ask.discharge(who.personNo, encounter.encounterNo, at(today))));
    const { settlement } = done(await settleStay(city, who, { encounterNo: encounter.encounterNo, sums }));
    // (60,800 − 800) × 45 % = 27,000; (33,800 − 14,000) × 60 % = 11,880
    expect([settlement.pooled, settlement.criticalIllness]).toEqual([yuan("27000"), yuan("11880")]);
    const many = Array.from({ length: 101 }, () => charge(items.atorvastatin, 7, 1, today));
    const other = await made.enlist();
    const one = await visit(county, other, today, [many[0]!]);
    expect(codeOf(await send(county, "2204", ask.chargeOutpatient(other.personNo, one.encounterNo, "B2", many)))).toBe(
      "too-many-lines",
    );
  });

  test("not enrolled, in waiting", async () => {
    const none = await made.enlist({ coverBefore: [] });
    expect(codeOf(await send(county, "2201", ask.register(none, at(today), next("OP"))))).toBe("not-enrolled");
    const employee = await made.enlist({ coverBefore: [], employeeCovered: true });
    expect(codeOf(await send(county, "2201", ask.register(employee, at(today), next("OP"))))).toBe(
      "covered-as-employee",
    );
    const { benefits } = done(
      await send(county, "2001", ask.check(none.personNo, county.providerCode, "11", at(today))),
    );
    expect(benefits).toMatchObject([{ entitledFlag: "0", reason: "这一年没有参保" }]);
    // Paid in the window after two years without: four months of waiting.
    const waiting = await made.enlist({ coverBefore: [2021, 2022, 2023].map(wholeYear) });
    const payer = await made.signIn(waiting);
    const order = await payer.call("contributions.order", {
      body: { requestNo: "waiting-1234", lines: [{ whom: { who: "self" }, benefitYear: 2026 }], expected: "400.00" },
    });
    await made.tell(made.notice(order.orderNo, "400.00"));
    made.turn("2026-01-02");
    const said = await send(county, "2201", ask.register(waiting, at("2026-01-02"), next("OP")));
    made.turn(today);
    expect(said).toMatchObject({ code: "in-waiting", sentence: expect.stringContaining("2026-05-01") });
  });

  test("a provider whose agreement is suspended, a service that it has not opened, a day that cannot be", async () => {
    const who = await made.enlist();
    const clinic = senderOf("H37061100301");
    expect(codeOf(await send(clinic, "2401", ask.admit(who, "21", at(today), next("IP"), disease)))).toBe(
      "service-not-opened",
    );
    expect(codeOf(await send(county, "2201", ask.register(who, at("2025-11-21"), next("OP"))))).toBe(
      "day-out-of-order",
    );
    expect(codeOf(await send(county, "2201", ask.register(who, at("2023-06-01"), next("OP"))))).toBe(
      "agreement-not-in-force",
    );
    const stranger = await made.enlist();
    const mixed = { ...ask.register(who, at(today), next("OP")).request, credentialNo: stranger.identityNumber };
    expect(codeOf(await send(county, "2201", { request: mixed }))).toBe("certificate-mismatch");
  });
});
