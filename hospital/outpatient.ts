import { faultsOfSums, type Line } from "./arithmetic.ts";
import * as asks from "./asks.ts";
import {
  type Bill,
  type Claimed,
  comeIn,
  endOf,
  keep,
  linesOf,
  lookUp,
  moment,
  type Stage,
  someCharge,
  sums,
  takeBack,
  turnedAway,
  type Visit,
  withStranger,
} from "./visit.ts";

type Ended = Pick<Visit, "end" | "claims" | "faults" | "personNo">;
const batchNo = "B1";

/** 门诊一次 · 1101, 2001, 2201, 2203, 2204 in some messages, 2206, 2207, and sometimes 2208 and again. */
export async function playOutpatient(stage: Stage, careCode: string): Promise<Ended> {
  const { dice, today, talk, localNo } = stage;
  const beganAt = moment(today, "08:10:00");
  const bill = await comeIn(stage, careCode, beganAt);
  if (!bill) {
    const fault = dice.chance(0.3) ? await turnedAway(stage, beganAt) : undefined;
    return { personNo: null, end: fault ? "failed" : "not-covered", claims: [], faults: fault ? [fault] : [] };
  }
  const { who, claims, faults } = bill;
  const ended = (wanted: Visit["end"]): Ended => ({
    personNo: who.personNo,
    end: endOf(bill, wanted),
    claims,
    faults,
  });
  const { encounter } = await talk.tell("2201", asks.register(who, beganAt, localNo), { undoable: who.personNo });
  const { encounterNo } = encounter;
  if (dice.chance(0.03)) {
    await talk.tell("2202", asks.unregister(who.personNo, encounterNo, localNo));
    return ended("cancelled");
  }
  const disease = dice.pick(stage.diseases);
  await talk.tell("2203", asks.see(who.personNo, encounterNo, careCode, beganAt, disease));
  const lines = await charge(bill, encounterNo);
  const facts = {
    encounterNo,
    careCode,
    disease,
    lines,
    admittedOn: today,
    dischargedOn: today,
    inpatient: false,
    interim: false,
    referredFrom: null,
  };
  await settle(bill, facts);
  if (dice.chance(0.03)) {
    const again = asks.settleOutpatient(who, encounterNo, batchNo, careCode, sums(lines));
    const fault = await talk.provoke("2207", again, ["settled-already"]);
    if (fault) faults.push(fault);
  }
  if (!dice.chance(0.08)) return ended("settled");
  await takeBack(bill, claims.at(-1)!);
  if (!dice.chance(0.6)) return ended("reversed");
  await settle(bill, facts);
  return ended("settled");
}

/** Some lines in some messages; now and then one with an unknown item first, or all of them withdrawn and charged again. */
async function charge(bill: Bill, encounterNo: string): Promise<Line[]> {
  const { dice, talk, today } = bill.stage;
  const { personNo } = bill.who;
  const upload = (charges: readonly asks.Charge[]) => asks.chargeOutpatient(personNo, encounterNo, batchNo, charges);
  const sent: Line[] = [];
  const all = Array.from({ length: dice.int(1, 9) }, () => someCharge(bill, today));
  if (dice.chance(0.04)) {
    const fault = await talk.provoke("2204", upload(withStranger(all)), ["item-not-in-catalogue"]);
    if (fault) bill.faults.push(fault);
  }
  const size = dice.chance(0.3) ? dice.int(1, 4) : all.length;
  for (let at = 0; at < all.length; at += size) {
    const charges = all.slice(at, at + size);
    const { lines } = await talk.tell("2204", upload(charges), { undoable: personNo });
    sent.push(...linesOf(bill, charges, lines));
  }
  if (!dice.chance(0.04)) return sent;
  await talk.tell("2205", asks.withdrawBatch(personNo, encounterNo, dice.chance(0.5) ? batchNo : "0000"));
  const { lines } = await talk.tell("2204", upload(all), { undoable: personNo });
  return linesOf(bill, all, lines);
}

/** 2206 and 2207; sometimes the sums are said wrong first. */
async function settle(
  bill: Bill,
  facts: Omit<Claimed, "claimNo" | "amounts" | "payments" | "order" | "reversed" | "providerCode">,
): Promise<void> {
  const { talk, dice } = bill.stage;
  const { who, faults } = bill;
  const { encounterNo, careCode, lines } = facts;
  const said = sums(lines);
  const preview = await talk.ask("2206", asks.previewOutpatient(who, encounterNo, batchNo, careCode, said.total));
  faults.push(...faultsOfSums(preview.settlement, preview.payments, lines));
  if (dice.chance(0.03)) {
    const wrong = { ...said, total: (said.total + 1) as typeof said.total };
    const asked = asks.settleOutpatient(who, encounterNo, batchNo, careCode, wrong);
    const fault = await talk.provoke("2207", asked, ["sums-differ"]);
    if (fault) faults.push(fault);
  }
  const asked = asks.settleOutpatient(who, encounterNo, batchNo, careCode, said);
  const settled = await talk.tell("2207", asked, { undoable: who.personNo });
  const claim = keep(bill, settled, preview.settlement, facts);
  if (dice.chance(0.05)) await lookUp(bill, claim);
}
