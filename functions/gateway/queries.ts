import { yearOf } from "../../shared/day.ts";
import { codesOf } from "../../shared/gateway/codes.ts";
import { dayOfMoment, type Moment } from "../../shared/gateway/field.ts";
import { extensions } from "../../shared/gateway/wire.ts";
import { termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordProviderAccess } from "../audit.ts";
import { type Encounter, encounterOf, encountersOf, type StoredLine } from "../claims/encounters.ts";
import { linesOf } from "../claims/places.ts";
import { claimOf, claimsOf, settledText } from "../claims/store.ts";
import { factsOf } from "../people/facts.ts";
import { personYearOf } from "../people/year.ts";
import { findProvider } from "../providers/store.ts";
import { lineSpelt } from "./charging.ts";
import { claimSpelt, paymentsSpelt } from "./spelt.ts";
import type { Call, Transaction } from "./transaction.ts";

/** Whoever asks what is known of a person is written down before they are answered. */
const asking = ({ provider, transaction }: Call, personNo: string) =>
  recordProviderAccess(provider.code, personNo, transaction);

/** 5201 就诊信息查询 · the encounters of a person with the provider that asks: those of others are nobody else's. */
export const findEncounters: Transaction<"5201"> = async (call, { request }) => {
  const { personNo, beganAt, endedAt, careCode, encounterNo } = request;
  const [all] = await Promise.all([encountersOf(personNo), asking(call, personNo)]);
  const own = all.filter(
    (one) =>
      one.providerCode === call.provider.code &&
      one.state !== "cancelled" &&
      (!beganAt || one.admittedOn >= dayOfMoment(beganAt)) &&
      (!endedAt || one.admittedOn <= dayOfMoment(endedAt)) &&
      (!careCode || one.careCode === careCode) &&
      (!encounterNo || one.encounterNo === encounterNo),
  );
  const { scheme } = codesOf(call.provider.poolingArea);
  return {
    output: {
      encounters: own.map((one) => ({
        encounterNo: one.encounterNo,
        personNo,
        schemeCode: scheme,
        careCode: one.careCode ?? unseen,
        beganAt: one.admittedAt as Moment,
        endedAt: one.dischargedAt as Moment | null,
        providerCode: one.providerCode,
        providerName: call.provider.name,
        localNo: one.hospitalNo,
        diseaseCode: one.disease.code,
        diseaseName: one.disease.name,
        acrossYearsFlag: isAcrossYears(one) ? "1" : "0",
        stayState: one.inpatient && one.state === "open" ? "1" : "0",
      })),
    },
  };
};

/** 普通门诊, until somebody has been seen. */
const unseen = "11";

const isAcrossYears = ({ admittedOn, dischargedOn }: Encounter) =>
  dischargedOn !== null && yearOf(dischargedOn) > yearOf(admittedOn);

/** 5202 诊断信息查询 · the diagnoses as they were uploaded. */
export const findDiagnoses: Transaction<"5202"> = async (call, { request }) => {
  const { personNo, encounterNo } = request;
  if (personNo === null) throw new Refusal("malformed", { detail: "人员编号：应填写" });
  const encounter = await encounterOf(encounterNo, personNo, call.provider.code);
  await asking(call, personNo);
  return { output: { diagnoses: encounter.diagnoses.map((one) => ({ ...one, personNo, encounterNo })) } };
};

/** 5203 结算信息查询 · a settlement of one's own, as it was answered; a reversed one as well, and says so. */
export const findClaim: Transaction<"5203"> = async (call, { request }) => {
  const { personNo, claimNo } = request;
  const claim = await claimOf(personNo, claimNo);
  if (claim.provider.code !== call.provider.code) throw new Refusal("not-found");
  const [encounter, { profile }, provider] = await Promise.all([
    encounterOf(claim.encounterNo, personNo, call.provider.code),
    factsOf(personNo, []),
    findProvider(claim.provider.code),
    asking(call, personNo),
  ]);
  const terms = provider && termsOn(provider, claim.dischargedOn);
  return {
    output: {
      settlement: {
        ...(await claimSpelt(claim, profile, encounter.inpatient)),
        payPlace: "2",
        providerCode: claim.provider.code,
        providerName: claim.provider.name,
        levelCode: terms?.real ?? null,
        providerArea: call.provider.poolingArea,
        from: claim.admittedOn,
        until: claim.dischargedOn,
        kept: { [extensions.reversed]: JSON.stringify(claim.state === "reversed" ? "1" : "0") },
      },
      payments: paymentsSpelt(settledText(claim), claim.poolingArea),
    },
  };
};

/** What one answer lists at most; an answer of 40,000 characters holds no more. */
const mostListed = 200;

/** 5204 费用明细查询 · the lines of a settlement, or of an encounter that is not settled; the first two hundred. */
export const findLines: Transaction<"5204"> = async (call, { request }) => {
  const { personNo, encounterNo, claimNo } = request;
  const encounter = await encounterOf(encounterNo, personNo, call.provider.code);
  await asking(call, personNo);
  const found: StoredLine[] = [];
  for await (const line of linesOf(encounter)) {
    if (claimNo !== null && encounter.batches[line.batchNo]?.claimNo !== claimNo) continue;
    if (found.push(line) === mostListed) break;
  }
  return { output: { lines: found.map((line) => lineSpelt(line)) } };
};

/**
 * 5206 人员累计信息查询 · the accumulators of a person's year: C0000 stays, F0000 costs, Q0000 deductibles, D… what each fund
 * paid. Computed from the claims, not from the running totals.
 */
export const findAccumulations: Transaction<"5206"> = async (call, { request }) => {
  const { personNo, month } = request;
  const year = month === null ? yearOf(call.on) : Number(month.slice(0, 4));
  const [{ profile }, claims, running] = await Promise.all([
    factsOf(personNo, []),
    claimsOf(personNo, year),
    personYearOf(personNo, year),
    asking(call, personNo),
  ]);
  const { scheme } = codesOf(profile.poolingArea);
  const counted = claims.filter((one) => one.state === "settled");
  const sum = (of: (claim: (typeof counted)[number]) => number) => counted.reduce((all, one) => all + of(one), 0);
  const totals: readonly [string, number][] = [
    // Stays are counted, not paid: hundredths of one, as the field wants.
    ["C0000", (running?.year.stays ?? 0) * 100],
    ["F0000", sum((one) => one.amounts.total)],
    ["Q0000", sum((one) => one.amounts.deductiblePaid)],
    ["D390101", sum((one) => one.amounts.pooled + one.amounts.fixedBenefit)],
    ["D390201", sum((one) => one.amounts.criticalIllness + one.amounts.specialDrug)],
    ["D610101", sum((one) => one.amounts.medicalAid + one.amounts.furtherAid)],
    [
      "D999996",
      sum((one) => one.amounts.guarantee + one.amounts.otherLayers.reduce((all, { amount }) => all + amount, 0)),
    ],
  ];
  return {
    output: {
      accumulations: totals.map(([accumulationCode, accumulated]) => ({
        schemeCode: scheme,
        year: String(year),
        month: month ?? null,
        accumulationCode,
        accumulated,
      })),
    },
  };
};
