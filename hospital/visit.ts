import { addDays, type Day } from "../shared/day.ts";
import type { Moment } from "../shared/gateway/field.ts";
import type { Output } from "../shared/gateway/wire.ts";
import type { Service } from "../shared/provider/provider.ts";
import type { Random } from "../shared/random.ts";
import {
  type Answered,
  differences,
  faultsOfLines,
  faultsOfSums,
  type Line,
  returnTotal,
  sumsOf,
} from "./arithmetic.ts";
import * as asks from "./asks.ts";
import type { Sender } from "./client.ts";
import type { Talk } from "./talk.ts";

/** A provider's system, and which services its agreement opened. */
export interface Hospital extends Sender {
  readonly services: readonly Service[];
}
/** Somebody who comes with an identity card. */
export interface Patient {
  readonly identityNumber: string;
}
/** What a hospital sells, at its own price in millionths of a yuan. */
export interface Sold {
  readonly code: string;
  readonly price: number;
}

/** "code,12.50" as what is sold. */
export function soldOf(line: string): Sold {
  const [code = "", yuan = ""] = line.split(",");
  if (!code || !/^\d+(\.\d{1,6})?$/.test(yuan)) throw new Error(`应为“编码,单价” · not "code,yuan": ${line}`);
  const [int = "0", part = ""] = yuan.split(".");
  return { code, price: Number(int) * 1_000_000 + Number(part.padEnd(6, "0")) };
}

export interface Disease {
  readonly code: string;
  readonly name: string;
}

/** 一笔结算 · a claim as it was made and answered: enough to compute it again without asking anybody. */
export interface Claimed {
  readonly claimNo: string;
  readonly encounterNo: string;
  readonly providerCode: string;
  readonly inpatient: boolean;
  readonly careCode: string;
  readonly disease: Disease;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  /** In the middle of a stay. */
  readonly interim: boolean;
  /** The provider that sent the person here. */
  readonly referredFrom: string | null;
  /** Charges and returns, in the order in which they were sent. */
  readonly lines: readonly Line[];
  readonly amounts: Answered;
  readonly payments: Output<"2207">["payments"];
  /** Its place among all settlements and reversals of the run; of one person they never overlap. */
  readonly order: number;
  /** The place of its reversal, null where it stands. */
  reversed: number | null;
}

/** 一次就诊 · how it ended; `failed` is not clean. */
export interface Visit {
  readonly no: number;
  readonly personNo: string | null;
  readonly providerCode: string;
  readonly end: "settled" | "reversed" | "cancelled" | "not-covered" | "failed";
  readonly claims: readonly Claimed[];
  /** What went wrong, a sentence each. */
  readonly faults: readonly string[];
}

/** What one visit is played with. */
export interface Stage {
  readonly dice: Random;
  readonly items: readonly Sold[];
  readonly diseases: readonly Disease[];
  readonly talk: Talk;
  readonly hospital: Hospital;
  readonly patient: Patient;
  readonly today: Day;
  /** Unique in the run: the hospital's own numbers begin with it. */
  readonly localNo: string;
  readonly nextOrder: () => number;
  /** Another hospital that takes in-patients, and a talk with it. */
  readonly next: () => Promise<{ hospital: Hospital; talk: Talk } | null>;
}

/** 一次就诊的账 · what was charged so far, what was settled, what went wrong. */
export interface Bill {
  readonly stage: Stage;
  readonly who: asks.Shown;
  readonly claims: Claimed[];
  readonly faults: string[];
  serial: number;
}

const unknownItem = "X-NOT-IN-ANY-CATALOGUE";
const lostCover = ["not-enrolled", "in-waiting", "cover-not-begun", "covered-as-employee", "deceased"];

/** Identifies the person and asks whether care that begins then is covered; null where it is not. */
export async function comeIn(stage: Stage, careCode: string, beganAt: Moment): Promise<Bill | null> {
  const { talk, patient, hospital } = stage;
  const { person } = await talk.ask("1101", asks.identify(patient.identityNumber));
  const bill: Bill = {
    stage,
    who: { personNo: person.personNo, identityNumber: patient.identityNumber },
    claims: [],
    faults: [],
    serial: 0,
  };
  if (person.certificateNo !== patient.identityNumber) bill.faults.push("1101答的不是这个人");
  const check = asks.check(person.personNo, hospital.providerCode, careCode, beganAt);
  const { benefits } = await talk.ask("2001", check);
  return benefits[0]?.entitledFlag === "1" ? bill : null;
}

/** Somebody who is not covered is refused where a hospital tries all the same. */
export async function turnedAway({ talk, patient, localNo }: Stage, beganAt: Moment): Promise<string | undefined> {
  const { person } = await talk.ask("1101", asks.identify(patient.identityNumber));
  const who = { personNo: person.personNo, identityNumber: patient.identityNumber };
  return talk.provoke("2201", asks.register(who, beganAt, localNo), lostCover);
}

/** A charge of something that the hospital sells, at its price or a little beside it. */
export function someCharge(bill: Bill, day: Day): asks.Charge {
  const { dice, items, localNo } = bill.stage;
  const item = dice.pick(items);
  // A price to the fen, or now and then to the ten-thousandth: 散装药 is sold by the gram.
  const grain = dice.chance(0.05) ? 100 : 10_000;
  const price = Math.max(grain, Math.round((item.price * dice.int(80, 125)) / 100 / grain) * grain);
  const quantity = dice.chance(0.1) ? dice.int(1, 40) * 2_500 : dice.int(1, 5) * 10_000;
  bill.serial += 1;
  return {
    serial: `${localNo}-${bill.serial}`,
    itemCode: item.code,
    price,
    quantity,
    total: asks.lineTotal(price, quantity),
    ...(dice.chance(0.03) && { approved: "2" as const }),
    at: `${day} ${String(dice.int(8, 17)).padStart(2, "0")}:${String(dice.int(0, 59)).padStart(2, "0")}:00` as Moment,
  };
}

/** A return of some of a line that was charged. */
export function someReturn(bill: Bill, line: Line, left: number, all: boolean): asks.Charge {
  const back = all ? left : Math.max(2_500, Math.floor(left / 2 / 2_500) * 2_500);
  const quantity = -Math.min(left, back);
  bill.serial += 1;
  return {
    serial: `${bill.stage.localNo}-${bill.serial}`,
    itemCode: line.itemCode,
    price: line.price,
    quantity,
    total: returnTotal(line.price, left, -quantity) as asks.Charge["total"],
    at: line.chargedAt as Moment,
    original: line.serial,
  };
}

type Split = Output<"2204">["lines"][number] | Output<"2301">["lines"][number];

/** Puts the answer to an upload beside what was sent; an answer that leaves a line out is a fault. */
export function linesOf(bill: Bill, charges: readonly asks.Charge[], answered: readonly Split[]): Line[] {
  if (answered.length !== charges.length) bill.faults.push(`上传${charges.length}条明细，答了${answered.length}条`);
  return charges.flatMap((charge, i): Line[] => {
    const split = answered.find((one) => one.lineNo === charge.serial) ?? answered[i];
    if (!split) return [];
    const { total, classCode, priceCap } = split;
    return [
      {
        serial: charge.serial,
        itemCode: charge.itemCode,
        price: charge.price,
        quantity: charge.quantity,
        total,
        classCode,
        priceCap,
        upfrontShare: split.upfrontShare ?? 0,
        outsideCatalogue: split.outsideCatalogue ?? 0,
        overPriceCap: split.overPriceCap ?? 0,
        upfront: split.upfront ?? 0,
        inScope: split.inScope ?? 0,
        chargedAt: charge.at,
        original: charge.original ?? null,
        ownPay: charge.approved === "2",
      },
    ];
  });
}

/** An upload with an item that no catalogue has is refused whole; nothing of it is charged. */
export const withStranger = (charges: readonly asks.Charge[]): asks.Charge[] =>
  charges.map((one, i) => (i === 0 ? { ...one, itemCode: unknownItem } : one));

/** What a settlement asks of the lines: their sums, as they were answered. */
export const sums = (lines: readonly Line[]): asks.Sums => sumsOf(lines) as unknown as asks.Sums;

type Said = Output<"2207"> | Output<"2304">;

/** Keeps a settlement that was answered, and whatever does not fit: the lines, the preview before it, the identities. */
export function keep(
  bill: Bill,
  { settlement, payments }: Said,
  preview: Answered,
  facts: Omit<Claimed, "claimNo" | "amounts" | "payments" | "order" | "reversed" | "providerCode">,
): Claimed {
  bill.faults.push(
    ...faultsOfLines(facts.lines),
    ...faultsOfSums(settlement, payments, facts.lines),
    ...differences(settlement, preview).map((one) => `结算与预结算 ${one}`),
  );
  const { hospital, nextOrder } = bill.stage;
  const claim: Claimed = {
    ...facts,
    claimNo: settlement.claimNo,
    providerCode: hospital.providerCode,
    amounts: settlement,
    payments,
    order: nextOrder(),
    reversed: null,
  };
  bill.claims.push(claim);
  return claim;
}

/** Takes a claim back; the answer must be the same with the signs turned. */
export async function takeBack(bill: Bill, claim: Claimed): Promise<void> {
  const { talk, nextOrder } = bill.stage;
  const { personNo } = bill.who;
  const asked = asks.reverse(personNo, claim.encounterNo, claim.claimNo);
  const { settlement } = claim.inpatient ? await talk.tell("2305", asked) : await talk.tell("2208", asked);
  bill.faults.push(...differences(settlement, claim.amounts, -1).map((one) => `撤销与结算 ${one}`));
  claim.reversed = nextOrder();
}

/** What 5203 says of a claim must be what its settlement said. */
export async function lookUp(bill: Bill, claim: Claimed): Promise<void> {
  const { talk } = bill.stage;
  const { settlement } = await talk.ask("5203", {
    request: { personNo: bill.who.personNo, claimNo: claim.claimNo },
  });
  bill.faults.push(...differences(settlement, claim.amounts).map((one) => `5203与结算 ${one}`));
}

/** How a bill ended: every claim taken back is a reversal, and nothing but what was meant. */
export const endOf = ({ claims, faults }: Bill, wanted: Visit["end"]): Visit["end"] => {
  if (faults.length > 0) return "failed";
  if (wanted !== "settled") return wanted;
  return claims.some((one) => one.reversed === null) ? "settled" : "failed";
};

/** A day with a time. */
export const moment = (on: Day, time: string): Moment => `${on} ${time}` as Moment;
/** Some days before a day, but not in the year before it, which other rules and another cover may govern. */
export const earlier = (on: Day, days: number): Day => {
  const found = addDays(on, -days);
  return found.slice(0, 4) === on.slice(0, 4) ? found : (`${on.slice(0, 4)}-01-01` as Day);
};
