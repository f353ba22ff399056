import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import { type Claim, claimsOf } from "../../functions/claims/store.ts";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import { entriesBetween } from "../../functions/ledger/store.ts";
import { personYearOf } from "../../functions/people/year.ts";
import { toRemove, write } from "../../functions/write.ts";
import { failed, playVisits, type Report } from "../../hospital/play.ts";
import type { Claimed } from "../../hospital/visit.ts";
import { personItems } from "../../local/county/items.ts";
import { households, type Resident } from "../../local/county/people.ts";
import { demonstrationProviders } from "../../local/county/providers.ts";
import { demonstrationItems, servicesOf } from "../../local/hospital/supply.ts";
import { addDays, type Day, day, dayInShanghai } from "../../shared/day.ts";
import { faultOf, trialBalance } from "../../shared/ledger/entry.ts";
import { oracle } from "../law/cases.ts";
import { openHospitals, senderOf } from "../world/hospitals.ts";
import type { World } from "../world/world.ts";

/** The pooling area whose people the demonstration treats. */
const area = "370600";

/** People of the demonstration county: the first so many who live and are of the city. */
export function treatable(most: number): Resident[] {
  const people: Resident[] = [];
  for (const household of households(Math.max(2_000, most * 3))) {
    people.push(...household.people.filter((one) => one.poolingArea === area && !one.diedOn));
    if (people.length >= most) break;
  }
  return people.slice(0, most);
}

/** Opens the demonstration's hospitals and puts people on the register. */
export async function prepared(made: World, chosen: readonly Resident[]): Promise<void> {
  const { sealer } = made;
  await openHospitals(made);
  for (let at = 0; at < chosen.length; at += 12) {
    const items = chosen.slice(at, at + 12).flatMap((one) => [...personItems(one, sealer)]);
    await db.send(
      new BatchWriteCommand({
        RequestItems: { [config.mainTable()]: items.map(({ item }) => ({ PutRequest: { Item: item } })) },
      }),
    );
  }
}

/** Plays so many seeded visits of those people in all hospitals of the demonstration, through the handlers and the database. */
export async function played(
  residents: readonly Resident[],
  { visits, seed, clients = 16 }: { visits: number; seed: number; clients?: number },
  onProgress?: (done: number, of: number) => void,
): Promise<Report> {
  const senders = demonstrationProviders
    .filter(({ state }) => state === "in-force")
    .map(({ code }) => ({ ...senderOf(code), services: servicesOf(code) }));
  const run = { senders, people: residents, items: demonstrationItems(0), visits, seed, clients, timeouts: 0.02 };
  const forgetting: Promise<unknown>[] = [];
  const report = await playVisits({
    ...run,
    onProgress: (done, of) => {
      if (done % visitsADay === 0) forgetting.push(...demonstrationProviders.map(({ code }) => anotherDay(code)));
      onProgress?.(done, of);
    },
  });
  await Promise.all(forgetting);
  return report;
}

/** Months of visits are played within an hour: so many of them make a day of the people that a provider may ask for. */
const visitsADay = 200;
const anotherDay = (code: string) =>
  write(toRemove(key.limit("provider-people", `${code}#${dayInShanghai(Date.now())}`)));

const yuanText = (fen: number) => `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, "0")}`;
const decimalText = (value: number, places: number) => {
  const unit = 10 ** places;
  return `${Math.floor(value / unit)}.${String(value % unit).padStart(places, "0")}`;
};
const classes: Readonly<Record<string, string>> = { "01": "A", "02": "B", "03": "C" };
const careOf = ({ inpatient, careCode }: Claimed) =>
  inpatient ? "inpatient" : careCode === "14" || careCode === "16" ? "chronic-outpatient" : "outpatient";

/** The fee lines of a claim as the kit sent and heard of them, what was returned taken off. */
function feeLines({ lines }: Claimed) {
  return lines
    .filter((line) => line.original === null)
    .map((line) => {
      const back = lines.filter((one) => one.original === line.serial);
      return { line, quantity: back.reduce((left, one) => left + one.quantity, line.quantity) };
    })
    .filter(({ quantity }) => quantity > 0)
    .map(({ line, quantity }) => ({
      code: line.itemCode,
      class: line.ownPay ? "C" : classes[line.classCode],
      price: decimalText(line.price, 6),
      quantity: decimalText(quantity, 4),
      priceCap: line.priceCap === 0 ? null : decimalText(line.priceCap, 6),
      upfrontShare: classes[line.classCode] === "B" && !line.ownPay ? decimalText(line.upfrontShare, 4) : "0",
    }));
}

/** What the oracle is asked: a person's standing claims in the order in which they were settled. */
function caseOf(person: Resident, claims: readonly Claimed[]) {
  let latest = "";
  return {
    id: person.personNo,
    poolingArea: area,
    person: { bornOn: person.bornOn, homeCounty: person.village.slice(0, 6), identities: person.identities },
    claims: claims.map((one) => {
      const { levels } = demonstrationProviders.find(({ code }) => code === one.providerCode)!;
      // The contract asks for claims in the order of discharge; they count in the order of settling. Rules and identities do not
      // change between these days, which `changing` sees to.
      latest = one.dischargedOn > latest ? one.dischargedOn : latest;
      return {
        id: one.claimNo,
        careType: careOf(one),
        admittedOn: one.admittedOn,
        dischargedOn: latest,
        provider: {
          level: levels.deductible,
          county: one.providerCode.slice(1, 7),
          reformed: reformed(one.providerCode),
        },
        diseases: [one.disease.code],
        fees: { lines: feeLines(one) },
      };
    }),
  };
}
const reformed = (code: string) => demonstrationProviders.find((one) => one.code === code)?.reformed ?? false;

/** Whose identities begin or end within the days of the visits: they are computed too, but a clamped day could change them. */
const changing = ({ identities }: Resident): boolean =>
  identities.some(({ from, until }) => from >= "2025-09-01" || (until !== null && until >= "2025-08-01"));

interface Spoken {
  readonly claims: readonly Record<string, string>[];
  readonly error?: unknown;
}
const layers = [
  "total outsideCatalogue overPriceCap upfront inScope deductiblePaid pooled largeExpense criticalIllness specialDrug",
  "medicalAid furtherAid guarantee fixedBenefit fundsTotal patientTotal",
].flatMap((names) => names.split(" ")) as (keyof Claim["amounts"])[];

/** What people were found to be: how many were computed again, claims that stand, what the layers paid, and what differs. */
export interface Found {
  readonly checked: number;
  readonly claims: number;
  readonly spent: Readonly<Record<string, number>>;
  readonly wrong: readonly string[];
}

/** What a run comes to, beside what an independent program says of the same lines: sentences, none where all agree. */
export async function differencesOf(report: Report, residents: readonly Resident[]): Promise<Found> {
  const wrong: string[] = failed(report).map(({ no, faults }) => `visit ${no}: ${faults.join("；")}`);
  const byPerson = new Map<string, Claimed[]>();
  for (const visit of report.visits) {
    if (visit.personNo) byPerson.set(visit.personNo, [...(byPerson.get(visit.personNo) ?? []), ...visit.claims]);
  }
  const asked = residents
    .filter(({ personNo }) => byPerson.has(personNo))
    .map((person) => {
      const all = byPerson.get(person.personNo)!;
      const standing = all.filter((one) => one.reversed === null).sort((a, b) => a.order - b.order);
      return { person, all, standing, isAsked: !changing(person) && standing.length > 0 };
    });
  const questions = asked.filter((one) => one.isAsked);
  const answers = oracle(
    questions.map(({ person, standing }) => JSON.stringify(caseOf(person, standing))),
  ) as unknown as Spoken[];
  const answerOf = new Map(questions.map(({ person }, i) => [person.personNo, answers[i]!]));

  const spent: Record<string, number> = {};
  let claims = 0;
  for (const { person, all, standing } of asked) {
    const { personNo } = person;
    const [stored, year] = await Promise.all([claimsOf(personNo), personYearOf(personNo, 2025)]);
    const own = stored.filter((one) => one.state === "settled").sort((a, b) => a.sequence - b.sequence);
    claims += own.length;
    const numbers = (list: readonly { claimNo: string }[]) =>
      list
        .map((one) => one.claimNo)
        .sort()
        .join();
    // What was taken back by 2601 because its answer was lost, its hospital never heard of.
    const known = new Set(stored.map((one) => one.claimNo));
    if (all.some((one) => !known.has(one.claimNo)))
      wrong.push(`${personNo}: a hospital has a claim that the table has not`);
    if (numbers(own) !== numbers(standing)) wrong.push(`${personNo}: other claims stand than the hospitals think`);
    const answer = answerOf.get(personNo);
    if (answer?.error) wrong.push(`${personNo}: the oracle refuses ${JSON.stringify(answer.error)}`);
    own.forEach((one) => {
      const said = answer?.claims?.find((claim) => claim.id === one.claimNo);
      for (const name of answer ? layers : []) {
        const amount = yuanText(one.amounts[name] as number);
        if (said?.[name] !== amount) wrong.push(`${one.claimNo}: ${name} ${amount}, the oracle says ${said?.[name]}`);
      }
      for (const name of layers) spent[name] = (spent[name] ?? 0) + (one.amounts[name] as number);
    });
    wrong.push(...yearDifferences(personNo, own, year?.year));
  }
  return { checked: questions.length, claims, spent, wrong };
}

/** 累计重算 · the accumulators of a year, added up from nothing but the amounts of the claims that stand. */
function yearDifferences(personNo: string, own: readonly Claim[], year: Claim["after"] | undefined): string[] {
  const sum = (of: (one: Claim) => number, which: (one: Claim) => boolean = () => true) =>
    own.filter(which).reduce((all, one) => all + of(one), 0);
  const isOutpatient = (one: Claim) => one.careType === "outpatient";
  const expected: Record<string, number> = {
    stays: sum(
      () => 1,
      (one) => one.careType === "inpatient",
    ),
    pooled: sum(
      (one) => one.amounts.pooled,
      (one) => !isOutpatient(one),
    ),
    outpatient: sum((one) => one.amounts.pooled, isOutpatient),
    // 大病 base: what is in scope and left by the basic layer; 救助 base: what 大病 leaves of it; 再救助: what 救助 leaves.
    criticalIllnessBase: sum(
      (one) => one.amounts.inScope - one.amounts.pooled,
      (one) => !isOutpatient(one),
    ),
    criticalIllnessPaid: sum((one) => one.amounts.criticalIllness),
    medicalAidBase: sum(
      (one) => one.amounts.inScope - one.amounts.pooled - one.amounts.criticalIllness,
      (one) => !isOutpatient(one),
    ),
    medicalAidPaid: sum((one) => one.amounts.medicalAid),
    furtherAidPaid: sum((one) => one.amounts.furtherAid),
  };
  const found: Record<string, number> = {
    stays: year?.stays ?? 0,
    pooled: year?.pooled ?? 0,
    outpatient: year?.outpatient ?? 0,
    criticalIllnessBase: year?.criticalIllness.base ?? 0,
    criticalIllnessPaid: year?.criticalIllness.paid ?? 0,
    medicalAidBase: year?.medicalAid.base ?? 0,
    medicalAidPaid: year?.medicalAid.paid ?? 0,
    furtherAidPaid: year?.furtherAid.paid ?? 0,
  };
  return Object.keys(expected)
    .filter((name) => expected[name] !== found[name])
    .map((name) => `${personNo}: ${name} is ${found[name]}, the claims add up to ${expected[name]}`);
}

/** What the funds spent by the books, beside what the claims that stand say; every entry balances. */
export async function bookDifferences(spent: Readonly<Record<string, number>>, on: Day): Promise<string[]> {
  const entries = [];
  for await (const entry of entriesBetween(area, addDays(on, -1), addDays(on, 1))) entries.push(entry);
  const wrong = entries.flatMap((entry) => {
    const fault = faultOf(entry.lines);
    return fault ? [`entry ${entry.entryNo}: ${fault}`] : [];
  });
  const balances = trialBalance(entries);
  const net = (account: string) => {
    const one = balances.find((balance) => balance.account === account);
    return (one?.debit ?? 0) - (one?.credit ?? 0);
  };
  const sum = (...names: string[]) => names.reduce((all, name) => all + (spent[name] ?? 0), 0);
  const pairs: [string, number][] = [
    ["resident-basic.benefit-expenditure", sum("pooled", "largeExpense", "fixedBenefit")],
    ["critical-illness.benefit-expenditure", sum("criticalIllness", "specialDrug")],
    ["medical-aid.aid-expenditure", sum("medicalAid", "furtherAid", "guarantee")],
  ];
  for (const [account, expected] of pairs) {
    if (net(account) !== expected) wrong.push(`${account}: the books say ${net(account)}, the claims ${expected}`);
    const owed = account.replace(/\.(benefit|aid)-expenditure/, ".provider-payable");
    if (-net(owed) !== expected) wrong.push(`${owed}: the books say ${-net(owed)}, the claims ${expected}`);
  }
  return wrong;
}

/** The business day of these runs. */
export const runDay = day("2025-11-20");
