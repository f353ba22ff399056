import { sm2 } from "sm-crypto-v2";
import { describe, expect, test } from "vitest";
import * as ask from "../../hospital/asks.ts";
import { type Sender, send } from "../../hospital/client.ts";
import { day } from "../../shared/day.ts";
import { yuan } from "../../shared/money.ts";
import { booksAgree, debitOf, entriesFor } from "../world/books.ts";
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
  shows,
  stay,
  sumsOf,
  township,
  visit,
  yearOfPerson,
} from "./desk.ts";

opensHospitals();

describe("settling", () => {
  test("an out-patient visit at a county hospital: half of what is in scope, by the lines of the day", async () => {
    const who = await made.enlist();
    // 10 × 8.00 in scope; 2 × 7.00 of class B: 1.20 over the cap of 6.40, 5 % of 12.80 up front.
    const lines = [charge(items.amoxicillin, 8, 10, today), charge(items.atorvastatin, 7, 2, today)];
    const one = await visit(county, who, today, lines);
    expect(one.sums).toEqual({ total: 9400, outsideCatalogue: 0, overPriceCap: 120, upfront: 64 });
    const before = done(
      await send(county, "2206", ask.previewOutpatient(who, one.encounterNo, "B1", "11", one.sums.total)),
    );
    const { settlement, payments } = done(await settleVisit(county, who, one));
    // (94.00 − 1.20 − 0.64) × 50 %, no deductible.
    expect(settlement).toMatchObject({
      total: 9400,
      inScope: 9216,
      pooled: 4608,
      fundsTotal: 4608,
      patientTotal: 4792,
      cash: 4792,
    });
    expect({ ...before.settlement, claimNo: null, messageNo: null, settledAt: null }).toEqual({
      ...settlement,
      claimNo: null,
      messageNo: null,
      settledAt: null,
    });
    expect(payments).toMatchObject([{ fundCode: "390100", paid: 4608, payableLimit: 40000 }]);
    // Nobody published what 烟台 pays out-patients: the hospital is told so.
    expect(payments[0]!.process).toContain("假定");
  });

  test("a stay of somebody on the minimum-living list: basic, 大病, 救助 and 再救助 on one bill", async () => {
    const who = await made.enlist({ identities: [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] });
    const one = await stay(city, who, { from: "2025-11-01", until: today }, [
      charge(items.amoxicillin, 8, 15_000, "2025-11-02"),
    ]);
    const { settlement, payments } = done(await settleStay(city, who, one));
    // (120,000 − 800) × 45 % = 53,640; (66,360 − 7,000) × 65 % = 38,584; 27,776 × 80 % = 22,220.80; (5,555.20 − 5,000) × 70 % = 388.64
    expect(settlement).toMatchObject({
      total: yuan("120000"),
      deductiblePaid: yuan("800"),
      pooled: yuan("53640"),
      criticalIllness: yuan("38584"),
      medicalAid: yuan("22609.44"),
      fundsTotal: yuan("114833.44"),
      patientTotal: yuan("5166.56"),
    });
    expect(payments.map(({ fundCode, paid }) => [fundCode, paid])).toEqual([
      ["390100", yuan("53640")],
      ["390200", yuan("38584")],
      ["610100", yuan("22220.80")],
      ["610102", yuan("388.64")],
    ]);
    const entries = await entriesFor("370600", [settlement.claimNo]);
    expect(debitOf(entries, "resident-basic.benefit-expenditure")).toBe(yuan("53640"));
    expect(debitOf(entries, "critical-illness.benefit-expenditure")).toBe(yuan("38584"));
    expect(debitOf(entries, "medical-aid.aid-expenditure")).toBe(yuan("22609.44"));
    await booksAgree("370600");
  });

  test("a returned quantity takes back what it was charged, to the fen", async () => {
    const who = await made.enlist();
    const line = charge(items.atorvastatin, 7.77, 3, "2025-11-19");
    const one = await stay(county, who, { from: "2025-11-18" }, [line]);
    const back = charge(items.atorvastatin, 7.77, -2, "2025-11-20", { original: line.serial });
    const { lines } = done(await send(county, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", [back])));
    const left = sumsOf([{ ...one.sums }, ...lines]);
    // 7.77 − 6.40 over the cap; 5 % of 6.40 up front: as one line of one would split.
    expect(left).toEqual({ total: 777, outsideCatalogue: 0, overPriceCap: 137, upfront: 32 });
    const more = charge(items.atorvastatin, 7.77, -2, "2025-11-20", { original: line.serial });
    expect(codeOf(await send(county, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", [more])))).toBe(
      "return-too-much",
    );
    done(await send(county, "2303", ask.settleStay(who, one.encounterNo, left)));
  });

  test("preview writes nothing", async () => {
    const who = await made.enlist();
    const one = await visit(county, who, today, [charge(items.amoxicillin, 8, 1, today)]);
    for (let i = 0; i < 3; i++)
      done(await send(county, "2206", ask.previewOutpatient(who, one.encounterNo, "B1", "11", one.sums.total)));
    expect(await yearOfPerson(who)).toEqual({ claims: [], year: null });
  });

  test("settle then reverse is nothing: the year, the books and the batch are as they were, and it settles again alike", async () => {
    const who = await made.enlist();
    const first = await visit(county, who, today, [charge(items.amoxicillin, 8, 5, today)]);
    done(await settleVisit(county, who, first));
    const before = await yearOfPerson(who);
    const second = await stay(county, who, { from: "2025-11-10", until: today }, [
      charge(items.amoxicillin, 8, 500, "2025-11-11"),
    ]);
    const { settlement } = done(await settleStay(county, who, second));
    const { settlement: back } = done(
      await send(county, "2305", ask.reverse(who.personNo, second.encounterNo, settlement.claimNo)),
    );
    expect([back.total, back.pooled, back.fundsTotal]).toEqual([
      -settlement.total,
      -settlement.pooled,
      -settlement.fundsTotal,
    ]);
    const after = await yearOfPerson(who);
    expect(after.year?.year).toEqual(before.year?.year);
    expect(after.year?.last).toEqual(before.year?.last);
    const { settlement: again } = done(await settleStay(county, who, second));
    expect({ ...again, claimNo: "", messageNo: "", settledAt: "" }).toEqual({
      ...settlement,
      claimNo: "",
      messageNo: "",
      settledAt: "",
    });
    await booksAgree("370600");
  });

  test("in the middle of a stay: what was charged so far is settled, the rest after discharge, with a second deductible", async () => {
    const who = await made.enlist();
    const one = await stay(county, who, { from: "2025-11-01" }, [charge(items.amoxicillin, 8, 200, "2025-11-05")]);
    const part = done(await send(county, "2304", ask.settleStay(who, one.encounterNo, one.sums, "2025-11-10")));
    // (1,600 − 500) × 58 %
    expect(part.settlement.pooled).toBe(yuan("638"));
    const late = [charge(items.amoxicillin, 8, 100, "2025-11-12")];
    const { lines } = done(await send(county, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", late)));
    done(await send(county, "2402", ask.discharge(who.personNo, one.encounterNo, at(today))));
    const { settlement } = done(await settleStay(county, who, { encounterNo: one.encounterNo, sums: sumsOf(lines) }));
    // (800 − 500) × 58 %
    expect(settlement.pooled).toBe(yuan("174"));
    expect(
      codeOf(await send(county, "2305", ask.reverse(who.personNo, one.encounterNo, part.settlement.claimNo))),
    ).toBe("reversal-order");
  });

  test("no deposit is asked of somebody on the minimum-living list whom a township hospital sends to the county (YT-24)", async () => {
    const identities = [{ kind: "minimum-living", from: day("2022-11-03"), until: null }] as const;
    const admitted = async (referred: boolean, poor: boolean) => {
      const who = await made.enlist(poor ? { identities } : {});
      const to = { code: county.providerCode, name: county.providerName, area: "370611" };
      if (referred) await shows(township, who);
      if (referred) done(await send(township, "2501", ask.refer(who.personNo, to, today, disease)));
      const { encounter } = done(await send(county, "2401", ask.admit(who, "21", at(today), next("IP"), disease)));
      return JSON.parse(JSON.parse(Object.values(encounter.kept)[0]!)) as { depositWaived: boolean; rule: string };
    };
    expect(await admitted(true, true)).toEqual({ depositWaived: true, rule: "烟政办发〔2022〕25号 四(十)" });
    expect((await admitted(false, true)).depositWaived).toBe(false);
    expect((await admitted(true, false)).depositWaived).toBe(false);
  });

  test("SM2 signs as well as HMAC-SM3, with a key of the provider's own", async () => {
    const { publicKey, privateKey } = sm2.generateKeyPairHex();
    const officer = await made.officer("keys", "370600", ["providers"]);
    const { version } = await officer("providers.one", { params: { code: county.providerCode } });
    const { keyNo } = await officer("providers.key", {
      params: { code: county.providerCode },
      body: { algorithm: "SM2", publicKey, overlapDays: 7, reason: "换用国密证书", version },
    });
    const own: Sender = { ...county, keyNo, algorithm: "SM2", secret: privateKey };
    done(await send(own, "9001", ask.signIn()));
    expect(codeOf(await send({ ...own, secret: sm2.generateKeyPairHex().privateKey }, "9001", ask.signIn()))).toBe(
      "signature-wrong",
    );
  });
});
