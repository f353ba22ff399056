import { describe, expect, test } from "vitest";
import { encountersOf } from "../../functions/claims/encounters.ts";
import { claimsOf } from "../../functions/claims/store.ts";
import * as ask from "../../hospital/asks.ts";
import { send } from "../../hospital/client.ts";
import type { Resident } from "../../local/county/people.ts";
import { describeFields } from "../../shared/gateway/fields.ts";
import type { TransactionNo } from "../../shared/gateway/wire.ts";
import { mustBeServed, standingIn, standings } from "../../shared/gateway/wire-standing.ts";
import { yuan } from "../../shared/money.ts";
import { made, opensHospitals, today } from "../world/opening.ts";
import { at, charge, city, codeOf, county, disease, done, items, next, settleStay, stay, sumsOf } from "./desk.ts";

opensHospitals();

const sent = describeFields().filter((one) => one.direction === "in" && /^\d/.test(one.transaction));

/** The body of a message with a field of every node that may have it set to something. */
const saying = (field: string, value: string) => (body: string) => {
  const message = JSON.parse(body) as { infno: string; input: Record<string, object | object[]> };
  const nodes = new Set(
    sent.filter((one) => one.transaction === message.infno && one.field === field).map((one) => one.node),
  );
  const set = (node: object) => ({ ...node, [field]: value });
  const input = Object.entries(message.input).map(([name, node]) => [
    name,
    !nodes.has(name) ? node : Array.isArray(node) ? node.map(set) : set(node),
  ]);
  return JSON.stringify({ ...message, input: Object.fromEntries(input) });
};

type Said = (transaction: TransactionNo) => { spoil?: (body: string) => string };

/** What a visit and a stay of two lines come to, of somebody new, where some transaction says something else: amounts, or a refusal. */
async function outcome(what: Said): Promise<string> {
  const who = await made.enlist();
  return `${await visited(who, what)} ${await stayed(await made.enlist(), what)}`;
}

async function visited(who: Resident, what: Said): Promise<string> {
  const localNo = next("FO");
  const lines = [charge(items.amoxicillin, 8, 10, today), charge(items.atorvastatin, 7, 2, today)];
  const registered = await send(county, "2201", ask.register(who, at(today), localNo), what("2201"));
  if (registered.kind !== "done") return codeOf(registered);
  const { encounterNo } = registered.output.encounter;
  const seen = await send(
    county,
    "2203",
    ask.see(who.personNo, encounterNo, "11", at(today), { code: "I10", name: "高血压" }),
    what("2203"),
  );
  if (seen.kind !== "done") return codeOf(seen);
  const charged = await send(
    county,
    "2204",
    ask.chargeOutpatient(who.personNo, encounterNo, "B1", lines),
    what("2204"),
  );
  if (charged.kind !== "done") return codeOf(charged);
  const sums = sumsOf(charged.output.lines);
  const before = await send(
    county,
    "2206",
    ask.previewOutpatient(who, encounterNo, "B1", "11", sums.total),
    what("2206"),
  );
  if (before.kind !== "done") return codeOf(before);
  const settled = await send(county, "2207", ask.settleOutpatient(who, encounterNo, "B1", "11", sums), what("2207"));
  return settled.kind === "done" ? standsOf(who) : codeOf(settled);
}

async function stayed(who: Resident, what: Said): Promise<string> {
  const lines = [charge(items.amoxicillin, 8, 200, "2025-11-12"), charge(items.atorvastatin, 7, 2, "2025-11-12")];
  const { personNo } = who;
  const admitted = await send(
    county,
    "2401",
    ask.admit(who, "21", at("2025-11-10"), next("FI"), disease),
    what("2401"),
  );
  if (admitted.kind !== "done") return codeOf(admitted);
  const { encounterNo } = admitted.output.encounter;
  const charged = await send(county, "2301", ask.chargeStay(personNo, encounterNo, "21", lines), what("2301"));
  if (charged.kind !== "done") return codeOf(charged);
  const sums = sumsOf(charged.output.lines);
  const before = await send(county, "2303", ask.settleStay(who, encounterNo, sums), what("2303"));
  if (before.kind !== "done") return codeOf(before);
  const { diagnoses } = ask.admit(who, "21", at(today), "", disease);
  const leaving = {
    ...ask.discharge(personNo, encounterNo, at(today)),
    diagnoses: what("2402").spoil ? diagnoses : [],
  };
  const left = await send(county, "2402", leaving, what("2402"));
  if (left.kind !== "done") return codeOf(left);
  const settled = await send(county, "2304", ask.settleStay(who, encounterNo, sums), what("2304"));
  return settled.kind === "done" ? standsOf(who) : codeOf(settled);
}

const standsOf = async ({ personNo }: Resident) =>
  JSON.stringify([
    (await encountersOf(personNo)).map((one) => one.state),
    (await claimsOf(personNo, 2025)).map(({ amounts, disease: { code }, admittedOn, dischargedOn, careCode }) => [
      amounts,
      code,
      admittedOn,
      dischargedOn,
      careCode,
    ]),
  ]);

describe("the table of what becomes of each field", () => {
  test("it has every field of every transaction's input, once, and no other", () => {
    const fields = new Set(sent.map((one) => one.field));
    const pairs = new Set(sent.map((one) => `${one.transaction} ${one.field}`));
    const named = Object.keys(standings);
    expect([...fields].sort()).toEqual(named.filter((one) => !one.includes(" ")).sort());
    expect(named.filter((one) => one.includes(" ") && !pairs.has(one))).toEqual([]);
  });

  test("each field with values that are served refuses every other one by its name, in every transaction that has it", () => {
    let tried = 0;
    for (const { transaction, node, list, field, label } of sent) {
      const { served } = standingIn(transaction, field)!;
      if (!served) continue;
      const saying = (value: string) => ({ [node]: list ? [{}, { [field]: value }] : { [field]: value } });
      for (const value of ["7", "0201", "是", "02", "-1"]) {
        const words = `${label} ${field}：${value}`;
        expect(() => mustBeServed(transaction as TransactionNo, saying(value)), words).toThrow(
          expect.objectContaining({ code: "value-not-served", detail: expect.stringContaining(words) }),
        );
        tried += 1;
      }
      for (const value of [...served, "", " "]) mustBeServed(transaction as TransactionNo, saying(value));
    }
    expect(tried).toBeGreaterThan(100);
  });

  test("each kept field is tried: whatever it says, what is settled is the same", async () => {
    const plain = await outcome(() => ({}));
    expect(plain).toContain("2025-11-20");
    // By type: numbers and moments as they must be, anything else as nobody expects it.
    const trialOf = ({ type, field, transaction }: (typeof sent)[number]) =>
      standingIn(transaction, field)!.served?.at(-1) ??
      (type.startsWith("数值")
        ? "7"
        : /time$/.test(field)
          ? "2025-11-19 01:02:03"
          : type.startsWith("日期")
            ? "2025-11-19"
            : "3");
    const kept = sent.filter((one) => standingIn(one.transaction, one.field)!.standing === "kept");
    expect(kept.length).toBeGreaterThan(60);
    const all = await outcome((no) => ({
      spoil: (body) =>
        kept.reduce((now, one) => (one.transaction === no ? saying(one.field, trialOf(one))(now) : now), body),
    }));
    expect(all).toBe(plain);
  }, 60_000);

  test("each obeyed field of care and money is tried: something else follows, or it is refused", async () => {
    const plain = await outcome(() => ({}));
    const money = ["2201", "2203", "2204", "2207", "2301", "2401", "2402", "2304"];
    const same: string[] = [];
    const trialOf = (field: string, type: string) =>
      ({ hosp_appr_flag: "2", tcmdrug_used_way: "2", maindiag_flag: "", vali_flag: "0", mid_setl_flag: "1" })[field] ??
      (type.startsWith("日期")
        ? /time$/.test(field)
          ? "2025-11-09 01:02:03"
          : "2025-11-09"
        : type.startsWith("数值")
          ? "1.23"
          : "9");
    const pairs = new Map(
      sent
        .filter((one) => money.includes(one.transaction) && standingIn(one.transaction, one.field)!.standing !== "kept")
        .map((one) => [`${one.transaction} ${one.field}`, one]),
    );
    for (const [pair, { transaction, field, type }] of pairs) {
      const value = field === "psn_setlway" ? "0201" : trialOf(field, type);
      const said = await outcome((no) => (no === transaction ? { spoil: saying(field, value) } : {}));
      if (said === plain) same.push(pair);
    }
    expect(same).toEqual(indifferent);
  }, 240_000);
});

/**
 * Obeyed, and without effect here: a hospital's own number must only be new, a disease counts without a diagnosis, the only
 * diagnosis is the main one, what is settled after the discharge is the rest, and a diagnosis that is not valid leaves the one before.
 */
const indifferent = ["2201 ipt_otp_no", "2203 dise_codg", "2203 maindiag_flag", "2304 mid_setl_flag", "2402 vali_flag"];

describe("what a hospital decides itself", () => {
  test("an item whose approval failed (2) is the person's own, whatever the catalogue says, and so are its returns", async () => {
    const who = await made.enlist();
    const own = charge(items.atorvastatin, 7, 100, "2025-11-12", { approved: "2" });
    const lines = [own, charge(items.amoxicillin, 8, 200, "2025-11-12", { approved: "1" })];
    const one = await stay(city, who, { from: "2025-11-10" }, lines);
    // 700.00 wholly own; 1,600 in scope.
    expect(one.sums).toEqual({ total: yuan("2300"), outsideCatalogue: yuan("700"), overPriceCap: 0, upfront: 0 });
    const back = charge(items.atorvastatin, 7, -40, "2025-11-12", { original: own.serial });
    const { lines: returned } = done(
      await send(city, "2301", ask.chargeStay(who.personNo, one.encounterNo, "21", [back])),
    );
    const sums = sumsOf([one.sums, ...returned]);
    expect(sums).toEqual({ total: yuan("2020"), outsideCatalogue: yuan("420"), overPriceCap: 0, upfront: 0 });
    done(await send(city, "2402", ask.discharge(who.personNo, one.encounterNo, at(today))));
    const { settlement } = done(await settleStay(city, who, { encounterNo: one.encounterNo, sums }));
    // (1,600 − 800) × 45 %
    expect([settlement.pooled, settlement.patientTotal]).toEqual([yuan("360"), yuan("1660")]);
  });

  test("a herb on its own is taken as own pay only", async () => {
    const who = await made.enlist();
    const one = await stay(county, who, { from: "2025-11-10" }, [charge(items.amoxicillin, 8, 1, "2025-11-12")]);
    const upload = (approved: "1" | "2") =>
      send(
        county,
        "2301",
        ask.chargeStay(who.personNo, one.encounterNo, "21", [
          charge(items.amoxicillin, 8, 1, "2025-11-12", { approved }),
        ]),
        { spoil: saying("tcmdrug_used_way", "2") },
      );
    expect(await upload("1")).toMatchObject({ code: "value-not-served", sentence: expect.stringContaining("单方") });
    expect(done(await upload("2")).lines[0]!.outsideCatalogue).toBe(yuan("8"));
  });

  test("another way of settling than by items is refused by its name, in a preview too", async () => {
    const who = await made.enlist();
    const one = await stay(county, who, { from: "2025-11-10" }, [charge(items.amoxicillin, 8, 200, "2025-11-12")]);
    for (const way of ["02", "0201", "0202", "99"]) {
      const said = await send(county, "2303", ask.settleStay(who, one.encounterNo, one.sums), {
        spoil: saying("psn_setlway", way),
      });
      expect(said).toMatchObject({
        code: "value-not-served",
        sentence: expect.stringContaining(`psn_setlway：${way}`),
      });
    }
  });
});
