import { addDays, type Day, daysBetween } from "../shared/day.ts";
import { readProviderCode } from "../shared/provider/provider.ts";
import { faultsOfSums, type Line } from "./arithmetic.ts";
import * as asks from "./asks.ts";
import {
  type Bill,
  type Claimed,
  comeIn,
  type Disease,
  earlier,
  endOf,
  keep,
  linesOf,
  lookUp,
  moment,
  type Stage,
  someCharge,
  someReturn,
  sums,
  takeBack,
  type Visit,
  withStranger,
} from "./visit.ts";

type Ended = Pick<Visit, "end" | "claims" | "faults" | "personNo">;

/** One stay: where, since when, for what, and what was charged in the batch that is open. */
interface Stay {
  readonly encounterNo: string;
  readonly localNo: string;
  readonly careCode: string;
  readonly disease: Disease;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly referredFrom: string | null;
  lines: Line[];
}

const careCodes = ["21", "21", "21", "22", "24"] as const;

/** 住院一次 · 2401, 2301 in some messages with returns, 2303, 2402, 2304, and what else happens in a stay; now and then a second one. */
export async function playStay(stage: Stage): Promise<Ended> {
  const { dice, today } = stage;
  const dischargedOn = earlier(today, dice.int(0, 3));
  const admittedOn = earlier(dischargedOn, dice.int(1, 12));
  const bill = await comeIn(stage, "21", moment(admittedOn, "09:00:00"));
  if (!bill) return { personNo: null, end: "not-covered", claims: [], faults: [] };
  const disease = dice.pick(stage.diseases);
  const where = { admittedOn, dischargedOn, disease, referredFrom: null, localNo: stage.localNo };
  const wanted = await playOne(bill, where);
  const ended = { personNo: bill.who.personNo, claims: bill.claims, faults: bill.faults };
  if (wanted !== "settled" || !dice.chance(0.06)) return { ...ended, end: endOf(bill, wanted) };
  const next = await stage.next();
  if (next) await moveOn(bill, next, where);
  return { ...ended, end: endOf(bill, wanted) };
}

interface Where {
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly disease: Disease;
  readonly referredFrom: string | null;
  readonly localNo: string;
}

/** 2501, and the stay at the hospital that the person was sent to. */
async function moveOn(bill: Bill, next: Pick<Stage, "hospital" | "talk">, where: Where): Promise<void> {
  const { hospital, talk, today } = bill.stage;
  const { personNo } = bill.who;
  const { providerCode: code, providerName: name } = next.hospital;
  const area = readProviderCode(code)?.county ?? next.hospital.careArea;
  await talk.tell("2501", asks.refer(personNo, { code, name, area }, where.dischargedOn, where.disease), {
    undoable: personNo,
  });
  const there: Bill = { ...bill, stage: { ...bill.stage, ...next } };
  await playOne(there, {
    admittedOn: where.dischargedOn,
    dischargedOn: today,
    disease: where.disease,
    referredFrom: hospital.providerCode,
    localNo: `${where.localNo}T`,
  });
}

async function playOne(bill: Bill, where: Where): Promise<Visit["end"]> {
  const { dice, talk } = bill.stage;
  const { personNo } = bill.who;
  const careCode = dice.pick(careCodes);
  const asked = asks.admit(bill.who, careCode, moment(where.admittedOn, "09:00:00"), where.localNo, where.disease);
  const { encounter } = await talk.tell("2401", asked, { undoable: personNo });
  const stay: Stay = { ...where, careCode, encounterNo: encounter.encounterNo, lines: [] };
  const named = asks.named(personNo, stay.encounterNo);
  if (where.referredFrom === null && dice.chance(0.03)) {
    await talk.tell("2404", named);
    return "cancelled";
  }
  const days = daysBetween(stay.admittedOn, stay.dischargedOn);
  if (days >= 4 && dice.chance(0.08)) {
    const middle = addDays(stay.admittedOn, Math.floor(days / 2));
    await charge(bill, stay, stay.admittedOn, middle);
    await settle(bill, stay, middle);
    stay.lines = [];
    await charge(bill, stay, middle, stay.dischargedOn);
  } else {
    await charge(bill, stay, stay.admittedOn, stay.dischargedOn);
  }
  await preview(bill, stay, null);
  if (dice.chance(0.03)) await mustRefuse(bill, stay, "not-discharged");
  await leave(bill, stay);
  if (dice.chance(0.03)) await mustRefuse(bill, stay, "sums-differ");
  await settle(bill, stay, null);
  return dice.chance(0.1) ? changeMind(bill, stay) : "settled";
}

const leave = async ({ stage: { talk, dice }, who: { personNo } }: Bill, stay: Stay) => {
  const endedAt = moment(stay.dischargedOn, "23:30:00");
  const asked = asks.discharge(personNo, stay.encounterNo, endedAt, { dead: dice.chance(0.005) });
  await talk.tell("2402", asked, { undoable: personNo });
};

/** 2305, and then: settled again, back into bed for more, or left at that with whatever was settled before it. */
async function changeMind(bill: Bill, stay: Stay): Promise<Visit["end"]> {
  const { dice, talk } = bill.stage;
  const own = bill.claims.filter((one) => one.encounterNo === stay.encounterNo);
  await takeBack(bill, own.at(-1)!);
  const then = dice.next();
  if (then < 0.5) {
    await settle(bill, stay, null);
    return "settled";
  }
  if (then < 0.8) {
    await talk.tell("2405", asks.named(bill.who.personNo, stay.encounterNo));
    await upload(bill, stay, [someCharge(bill, stay.dischargedOn)]);
    await leave(bill, stay);
    await settle(bill, stay, null);
    return "settled";
  }
  for (const claim of own.slice(0, -1).reverse()) await takeBack(bill, claim);
  return bill.claims.some((one) => one.reversed === null) ? "settled" : "reversed";
}

/** The charges of some days, in some messages; some of them taken back in part, wholly, or withdrawn. */
async function charge(bill: Bill, stay: Stay, from: Day, until: Day): Promise<void> {
  const { dice, talk } = bill.stage;
  const { personNo } = bill.who;
  const days = daysBetween(from, until);
  const count = dice.chance(0.02) ? dice.int(90, 260) : dice.int(4, 36);
  const all = Array.from({ length: count }, () => someCharge(bill, addDays(from, dice.int(0, days))));
  if (dice.chance(0.04)) {
    const asked = asks.chargeStay(personNo, stay.encounterNo, stay.careCode, withStranger(all.slice(0, 5)));
    const fault = await talk.provoke("2301", asked, ["item-not-in-catalogue"]);
    if (fault) bill.faults.push(fault);
  }
  const size = dice.int(8, 100);
  for (let at = 0; at < all.length; at += size) await upload(bill, stay, all.slice(at, at + size));
  if (dice.chance(0.3)) await giveBack(bill, stay);
  if (dice.chance(0.06)) await withdraw(bill, stay);
}

async function upload(bill: Bill, stay: Stay, charges: readonly asks.Charge[]): Promise<void> {
  const { talk } = bill.stage;
  const { personNo } = bill.who;
  const asked = asks.chargeStay(personNo, stay.encounterNo, stay.careCode, charges);
  // What takes a line back can only be taken back with all the others: 2302, not 2601.
  const how = charges.some((one) => one.original) ? {} : { undoable: personNo };
  const { lines } = await talk.tell("2301", asked, how);
  stay.lines.push(...linesOf(bill, charges, lines));
}

/** 退费 · part of a line, the rest of it in another message, and then nothing is left to give back. */
async function giveBack(bill: Bill, stay: Stay): Promise<void> {
  const { dice, talk } = bill.stage;
  const { personNo } = bill.who;
  const line = dice.pick(stay.lines.filter((one) => one.original === null));
  const part = someReturn(bill, line, line.quantity, false);
  await upload(bill, stay, [part]);
  const left = line.quantity + part.quantity;
  if (left > 0 && dice.chance(0.4)) await upload(bill, stay, [someReturn(bill, line, left, true)]);
  else if (dice.chance(0.1)) {
    const tooMuch = {
      ...someReturn(bill, line, left + 10_000, true),
      total: asks.lineTotal(line.price, -left - 10_000),
    };
    const asked = asks.chargeStay(personNo, stay.encounterNo, stay.careCode, [tooMuch]);
    const fault = await talk.provoke("2301", asked, ["return-too-much"]);
    if (fault) bill.faults.push(fault);
  }
}

/** 2302 · one line that nothing was given back of, or all of them, which are then charged again. */
async function withdraw(bill: Bill, stay: Stay): Promise<void> {
  const { dice, talk } = bill.stage;
  const { personNo } = bill.who;
  const touched = new Set(stay.lines.map((one) => one.original));
  const free = stay.lines.filter((one) => one.original === null && !touched.has(one.serial));
  if (free.length > 1 && dice.chance(0.7)) {
    const line = dice.pick(free);
    await talk.tell("2302", asks.withdrawLine(personNo, stay.encounterNo, line.serial));
    stay.lines = stay.lines.filter((one) => one !== line);
    return;
  }
  const days = [...new Set(stay.lines.map((one) => one.chargedAt.slice(0, 10) as Day))];
  await talk.tell("2302", asks.withdrawLine(personNo, stay.encounterNo, "0000"));
  stay.lines = [];
  await upload(
    bill,
    stay,
    days.map((on) => someCharge(bill, on)),
  );
}

async function preview(bill: Bill, stay: Stay, until: Day | null) {
  const asked = asks.settleStay(bill.who, stay.encounterNo, sums(stay.lines), until);
  const { settlement, payments } = await bill.stage.talk.ask("2303", asked);
  bill.faults.push(...faultsOfSums(settlement, payments, stay.lines));
  return settlement;
}

/** 2303 and 2304: after the discharge, or of what was charged until a day in the middle of the stay. */
async function settle(bill: Bill, stay: Stay, until: Day | null): Promise<void> {
  const { talk, dice } = bill.stage;
  const before = await preview(bill, stay, until);
  const asked = asks.settleStay(bill.who, stay.encounterNo, sums(stay.lines), until);
  const settled = await talk.tell("2304", asked, { undoable: bill.who.personNo });
  const { encounterNo, careCode, disease, admittedOn, dischargedOn, referredFrom, lines } = stay;
  const facts: Omit<Claimed, "claimNo" | "amounts" | "payments" | "order" | "reversed" | "providerCode"> = {
    encounterNo,
    careCode,
    disease,
    admittedOn,
    referredFrom,
    inpatient: true,
    interim: until !== null,
    dischargedOn: until ?? dischargedOn,
    lines: [...lines],
  };
  const claim = keep(bill, settled, before, facts);
  if (dice.chance(0.05)) await lookUp(bill, claim);
}

async function mustRefuse(bill: Bill, stay: Stay, code: "not-discharged" | "sums-differ"): Promise<void> {
  const right = sums(stay.lines);
  const said = code === "sums-differ" ? { ...right, total: (right.total + 1) as typeof right.total } : right;
  const asked = asks.settleStay(bill.who, stay.encounterNo, said);
  const fault = await bill.stage.talk.provoke("2304", asked, [code]);
  if (fault) bill.faults.push(fault);
}
