import { mustBeCovered } from "../../shared/care/cover.ts";
import { yearOf } from "../../shared/day.ts";
import { codesOf } from "../../shared/gateway/codes.ts";
import { dayOfMoment } from "../../shared/gateway/field.ts";
import { inForceOn, offersOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { changed, type Encounter, encounterOf, freed, opened, stateAfter } from "../claims/encounters.ts";
import { newNo } from "../numbers.ts";
import { coveredOf } from "../people/facts.ts";
import type { Step } from "../write.ts";
import { presented } from "./person.ts";
import type { Call, Transaction } from "./transaction.ts";

/** Throws where a day of care cannot be: in the future, or before this provider's agreement was in force. */
export function mustBeServedOn({ provider, on }: Call, day: Encounter["admittedOn"]): void {
  if (day > on) throw new Refusal("day-out-of-order");
  if (!inForceOn(provider, day) || !inForceOn(provider, on)) throw new Refusal("agreement-not-in-force");
}

/** 2201 门诊挂号 · opens an out-patient encounter of somebody who is covered on that day. */
export const registerOutpatient: Transaction<"2201"> = async (call, { request }) => {
  const { personNo, beganAt, localNo, doctorName, departmentName, kept } = request;
  const on = dayOfMoment(beganAt);
  const facts = await presented(call, request, [yearOf(on)]);
  mustBeServedOn(call, on);
  mustBeCovered(coveredOf(facts), on);
  const encounter: Encounter = {
    encounterNo: newNo(call.on),
    personNo,
    providerCode: call.provider.code,
    insuredArea: facts.profile.poolingArea,
    inpatient: false,
    state: "open",
    hospitalNo: localNo,
    careCode: null,
    admittedOn: on,
    admittedAt: beganAt,
    dischargedOn: null,
    dischargedAt: null,
    disease: { code: "", name: "" },
    diagnoses: [],
    department: departmentName,
    doctor: doctorName,
    referralNo: null,
    batches: {},
    version: 1,
    untaken: [],
    kept,
  };
  return {
    output: { encounter: { encounterNo: encounter.encounterNo, personNo, localNo } },
    steps: opened(encounter),
    effect: { kind: "opened", personNo, encounterNo: encounter.encounterNo },
  };
};

/** 2202 门诊挂号撤销 · while nothing is charged. */
export const unregisterOutpatient: Transaction<"2202"> = async ({ provider }, { request }) => {
  const encounter = await encounterOf(request.encounterNo, request.personNo, provider.code);
  return { output: {}, steps: cancelled(encounter) };
};

/** The writes that take an encounter back that has no lines; the hospital's own number is free for the next attempt. */
export function cancelled(encounter: Encounter): Step[] {
  if (Object.values(encounter.batches).some((batch) => batch.lines > 0)) throw new Refusal("lines-left");
  return [changed(encounter, { state: stateAfter(encounter, "cancel") }), freed(encounter)];
}

/** 2203 门诊就诊信息上传 · which care it is, and what was found. */
export const seeOutpatient: Transaction<"2203"> = async ({ provider, on }, { encounter: seen, diagnoses }) => {
  const encounter = await encounterOf(seen.encounterNo, seen.personNo, provider.code);
  if (encounter.inpatient || encounter.state !== "open") throw new Refusal("encounter-closed");
  const care = codesOf(provider.poolingArea).care[seen.careCode];
  if (!care || care.inpatient) throw new Refusal("care-not-served");
  if (!offersOn(provider, serviceOf(seen.careCode, care.careType), on)) throw new Refusal("service-not-opened");
  const valid = diagnoses.filter((one) => one.validFlag !== "0");
  const main = valid.find((one) => one.mainFlag === "1") ?? valid[0];
  return {
    output: {},
    steps: [
      changed(encounter, {
        careCode: seen.careCode,
        disease: {
          code: main?.diagnosisCode ?? seen.diseaseCode ?? "",
          name: main?.diagnosisName ?? seen.diseaseName ?? "",
        },
        diagnoses: [...diagnoses],
        kept: { ...encounter.kept, ...seen.kept },
      }),
    ],
  };
};

/** 药店购药, the only care that is a provider's kind rather than a person's need. */
const pharmacyCare = "41";

/** The service that a provider must have opened for care of a code. */
export const serviceOf = (careCode: string, careType: string) =>
  careCode === pharmacyCare
    ? "pharmacy"
    : careType === "chronic-outpatient" || careType === "inpatient" || careType === "special-drug"
      ? careType
      : "outpatient";
