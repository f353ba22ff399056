import { mustBeCovered } from "../../shared/care/cover.ts";
import { depositWaived } from "../../shared/care/treat-first.ts";
import { yearOf } from "../../shared/day.ts";
import { codesOf } from "../../shared/gateway/codes.ts";
import { dayOfMoment } from "../../shared/gateway/field.ts";
import { extensions } from "../../shared/gateway/wire.ts";
import { offersOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import {
  changed,
  type Encounter,
  encounterOf,
  encountersOf,
  intoBed,
  opened,
  outOfBed,
  stateAfter,
} from "../claims/encounters.ts";
import { type Referral, referralsOf } from "../filings/referrals.ts";
import { newNo } from "../numbers.ts";
import { coveredOf, personOf } from "../people/facts.ts";
import { cancelled, mustBeServedOn } from "./outpatient.ts";
import { presented } from "./person.ts";
import type { Transaction } from "./transaction.ts";

/** 2401 入院办理 · opens a stay of somebody who is covered and in no other bed; says whether a deposit may be asked for (YT-24). */
export const admit: Transaction<"2401"> = async (call, { admission, diagnoses }) => {
  const { personNo, careCode, beganAt, localNo, kept } = admission;
  const { provider } = call;
  const on = dayOfMoment(beganAt);
  const [facts, referrals] = await Promise.all([presented(call, admission, [yearOf(on)]), referralsOf(personNo)]);
  const care = codesOf(provider.poolingArea).care[careCode];
  if (!care?.inpatient) throw new Refusal("care-not-served");
  mustBeServedOn(call, on);
  if (!offersOn(provider, "inpatient", on)) throw new Refusal("service-not-opened");
  mustBeCovered(coveredOf(facts), on);
  const referral = await unused(
    personNo,
    referrals.filter(
      (one) =>
        one.toCode === provider.code && !one.withdrawnOn && one.from <= on && (one.until === null || on <= one.until),
    ),
  );
  const encounter: Encounter = {
    encounterNo: newNo(call.on),
    personNo,
    providerCode: provider.code,
    insuredArea: facts.profile.poolingArea,
    inpatient: true,
    state: "open",
    hospitalNo: localNo,
    careCode,
    admittedOn: on,
    admittedAt: beganAt,
    dischargedOn: null,
    dischargedAt: null,
    disease: { code: admission.mainDiagnosisCode, name: admission.mainDiagnosisName },
    diagnoses: [...diagnoses],
    department: admission.departmentName,
    doctor: admission.doctorName,
    referralNo: referral?.referralNo ?? null,
    batches: {},
    version: 1,
    untaken: [],
    kept,
  };
  const waived = depositWaived(personOf(facts.profile), facts.profile.poolingArea, {
    on,
    county: provider.county,
    referredByLevel: referral?.fromLevel ?? null,
  });
  return {
    output: {
      encounter: {
        encounterNo: encounter.encounterNo,
        // 先诊疗后付费 has no field of its own in the interface: it is told as an extension.
        kept: { [extensions.deposit]: JSON.stringify(JSON.stringify(waived)) },
      },
    },
    steps: [...opened(encounter), intoBed(encounter)],
    effect: { kind: "opened", personNo, encounterNo: encounter.encounterNo },
  };
};

/** The first referral under which no stay began yet: each is good for one. */
async function unused(personNo: string, referrals: readonly Referral[]): Promise<Referral | undefined> {
  if (referrals.length === 0) return undefined;
  const begun = (await encountersOf(personNo)).filter(({ state }) => state !== "cancelled");
  return referrals.find(({ referralNo }) => !begun.some((one) => one.referralNo === referralNo));
}

/** 2402 出院办理 · the day of discharge; who dies in the stay leaves it on that day. */
export const discharge: Transaction<"2402"> = async ({ provider, on }, { discharge: left, diagnoses }) => {
  const encounter = await encounterOf(left.encounterNo, left.personNo, provider.code);
  if (left.schemeCode !== codesOf(encounter.insuredArea).scheme) throw new Refusal("scheme-not-served");
  const leftOn = dayOfMoment(left.endedAt);
  const dischargedOn = left.diedOn && left.diedOn < leftOn ? left.diedOn : leftOn;
  if (dischargedOn < encounter.admittedOn || leftOn > on) throw new Refusal("day-out-of-order");
  const main = diagnoses.find((one) => one.mainFlag === "1" && one.validFlag !== "0");
  return {
    output: {},
    steps: [
      changed(encounter, {
        state: stateAfter(encounter, "discharge"),
        dischargedOn,
        dischargedAt: left.endedAt,
        ...(main && { disease: { code: main.diagnosisCode, name: main.diagnosisName } }),
        ...(diagnoses.length > 0 && { diagnoses: [...diagnoses] }),
        kept: { ...encounter.kept, ...left.kept },
      }),
      outOfBed(encounter),
    ],
    effect: { kind: "discharged", personNo: encounter.personNo, encounterNo: encounter.encounterNo },
  };
};

/** 2403 住院信息变更 · department, doctor and diagnosis of a stay that goes on; who, where and since when stay as they are. */
export const amend: Transaction<"2403"> = async ({ provider }, { admission, diagnoses }) => {
  const encounter = await encounterOf(admission.encounterNo, admission.personNo, provider.code);
  if (encounter.state !== "open" || !encounter.inpatient) throw new Refusal("encounter-closed");
  if (admission.careCode !== encounter.careCode) throw new Refusal("care-not-served");
  if (dayOfMoment(admission.beganAt) !== encounter.admittedOn) throw new Refusal("day-out-of-order");
  return {
    output: {},
    steps: [
      changed(encounter, {
        disease: { code: admission.mainDiagnosisCode, name: admission.mainDiagnosisName },
        department: admission.departmentName,
        doctor: admission.doctorName,
        ...(diagnoses.length > 0 && { diagnoses: [...diagnoses] }),
        kept: { ...encounter.kept, ...admission.kept },
      }),
    ],
  };
};

/** 2404 入院撤销 · while nothing is charged. */
export const cancelAdmission: Transaction<"2404"> = async ({ provider }, { request }) => {
  const encounter = await encounterOf(request.encounterNo, request.personNo, provider.code);
  if (!encounter.inpatient) throw new Refusal("encounter-closed");
  return { output: {}, steps: [...cancelled(encounter), outOfBed(encounter)] };
};

/** 2405 出院撤销 · back into the bed, if nobody else has put the person into another. */
export const cancelDischarge: Transaction<"2405"> = async ({ provider }, { request }) => {
  const encounter = await encounterOf(request.encounterNo, request.personNo, provider.code);
  return { output: {}, steps: readmitted(encounter) };
};

/** The writes that take a discharge back. */
export const readmitted = (encounter: Encounter) => [
  changed(encounter, { state: stateAfter(encounter, "readmit"), dischargedOn: null, dischargedAt: null }),
  intoBed(encounter),
];
