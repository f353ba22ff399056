import { dayOfMoment, type Moment } from "../shared/gateway/field.ts";
import { type Yuan, yuan } from "../shared/money.ts";
import type { Asked } from "./client.ts";

/** Whose certificate is shown: the national identity card, or a code that was read for this purpose. */
export interface Shown {
  readonly personNo: string;
  readonly identityNumber: string;
  readonly ecToken?: string | null;
}

/** One line of a bill: price in millionths of a yuan, quantity in ten-thousandths, its total as the hospital computes it. */
export interface Charge {
  readonly serial: string;
  readonly itemCode: string;
  readonly price: number;
  readonly quantity: number;
  readonly total: Yuan;
  readonly at: Moment;
  /** The line that it takes back. */
  readonly original?: string;
  /** 医院审批标志: 0 不用审批, 1 通过, 2 不通过，转自费. */
  readonly approved?: "0" | "1" | "2";
}

const scheme = "390";
const desk = {
  doctorCode: "D370600001",
  doctorName: "演示医生",
  departmentCode: "A01",
  departmentName: "演示科",
} as const;
const card = ({ identityNumber, ecToken }: Shown) =>
  ecToken ? { credentialKind: "01", credentialNo: ecToken } : { credentialKind: "02", credentialNo: identityNumber };

/** price × quantity, to the fen, half up: what a bill must say of a line. */
export const lineTotal = (price: number, quantity: number): Yuan => {
  const exact = BigInt(price) * BigInt(Math.abs(quantity));
  const fen = Number((exact + 50_000_000n) / 100_000_000n);
  return (quantity < 0 ? -fen : fen) as Yuan;
};

export const signIn = (): Asked<"9001"> => ({ signIn: { clerk: "001", ip: "10.0.0.1" } });
export const identify = (identityNumber: string, personName?: string): Asked<"1101"> => ({
  request: { credentialKind: "02", credentialNo: identityNumber, personName: personName ?? null },
});
export const identifyByCode = (ecToken: string): Asked<"1101"> => ({
  request: { credentialKind: "01", credentialNo: ecToken },
});
export const check = (personNo: string, providerCode: string, careCode: string, beganAt: Moment): Asked<"2001"> => ({
  request: { personNo, schemeCode: scheme, providerCode, careCode, beganAt },
});

export const register = (who: Shown, beganAt: Moment, localNo: string): Asked<"2201"> => ({
  request: { personNo: who.personNo, schemeCode: scheme, beganAt, ...card(who), localNo, ...desk, specialty: "A03" },
});
export const unregister = (personNo: string, encounterNo: string, localNo: string): Asked<"2202"> => ({
  request: { personNo, encounterNo, localNo },
});

interface Diagnosis {
  readonly code: string;
  readonly name: string;
}
const diagnosed = ({ code, name }: Diagnosis, at: Moment) => ({
  diagnosisKind: "1",
  mainFlag: "1",
  rank: 1,
  diagnosisCode: code,
  diagnosisName: name,
  departmentName: desk.departmentName,
  doctorCode: desk.doctorCode,
  doctorName: desk.doctorName,
  diagnosedAt: at,
});

export const see = (
  personNo: string,
  encounterNo: string,
  careCode: string,
  beganAt: Moment,
  disease: Diagnosis,
): Asked<"2203"> => ({
  encounter: { encounterNo, personNo, careCode, beganAt },
  diagnoses: [{ ...diagnosed(disease, beganAt), validFlag: "1" }],
});

const ordered = (approved: Charge["approved"]) => ({ ...desk, approvedFlag: approved ?? "1" });
export const chargeOutpatient = (
  personNo: string,
  encounterNo: string,
  batchNo: string,
  charges: readonly Charge[],
): Asked<"2204"> => ({
  lines: charges.map(({ serial, itemCode, price, quantity, total, at, approved }) => ({
    ...ordered(approved),
    lineNo: serial,
    encounterNo,
    personNo,
    batchNo,
    itemCode,
    localItemCode: itemCode,
    price,
    quantity,
    total,
    chargedAt: at,
    outsidePrescriptionFlag: "0",
  })),
});
export const chargeStay = (
  personNo: string,
  encounterNo: string,
  careCode: string,
  charges: readonly Charge[],
): Asked<"2301"> => ({
  lines: charges.map(({ serial, itemCode, price, quantity, total, at, original, approved }) => ({
    ...ordered(approved),
    lineNo: serial,
    encounterNo,
    personNo,
    careCode,
    itemCode,
    localItemCode: itemCode,
    price,
    quantity,
    total,
    chargedAt: at,
    originalLineNo: original ?? null,
  })),
});
export const withdrawBatch = (personNo: string, encounterNo: string, batchNo: string): Asked<"2205"> => ({
  request: { personNo, encounterNo, batchNo },
});
export const withdrawLine = (personNo: string, encounterNo: string, lineNo: string): Asked<"2302"> => ({
  requests: [{ personNo, encounterNo, lineNo }],
});

/** The sums of the lines as their upload was answered. */
export interface Sums {
  readonly total: Yuan;
  readonly outsideCatalogue: Yuan;
  readonly overPriceCap: Yuan;
  readonly upfront: Yuan;
}
const shares = ({ total, outsideCatalogue, overPriceCap, upfront }: Sums) => ({
  outsideCatalogue,
  overPriceCap,
  upfront,
  inScope: (total - outsideCatalogue - overPriceCap - upfront) as Yuan,
});
const way = { settlementWay: "01", accountFlag: "0", schemeCode: scheme } as const;

export const previewOutpatient = (
  who: Shown,
  encounterNo: string,
  batchNo: string,
  careCode: string,
  total: Yuan,
): Asked<"2206"> => ({
  request: { personNo: who.personNo, ...card(who), careCode, total, encounterNo, batchNo, ...way },
});
export const settleOutpatient = (
  who: Shown,
  encounterNo: string,
  batchNo: string,
  careCode: string,
  sums: Sums,
): Asked<"2207"> => ({
  request: {
    ...previewOutpatient(who, encounterNo, batchNo, careCode, sums.total).request,
    ...shares(sums),
  },
});
export const reverse = (personNo: string, encounterNo: string, claimNo: string): Asked<"2208"> & Asked<"2305"> => ({
  request: { personNo, encounterNo, claimNo },
});

export const admit = (
  who: Shown,
  careCode: string,
  beganAt: Moment,
  localNo: string,
  disease: Diagnosis,
): Asked<"2401"> => ({
  admission: {
    personNo: who.personNo,
    schemeCode: scheme,
    beganAt,
    careCode,
    localNo,
    ...card(who),
    ...desk,
    diagnosisText: disease.name,
    bed: "01",
    mainDiagnosisCode: disease.code,
    mainDiagnosisName: disease.name,
  },
  diagnoses: [{ ...diagnosed(disease, beganAt), personNo: who.personNo }],
});
export const discharge = (
  personNo: string,
  encounterNo: string,
  endedAt: Moment,
  { dead = false }: { dead?: boolean } = {},
): Asked<"2402"> => ({
  discharge: {
    encounterNo,
    personNo,
    schemeCode: scheme,
    endedAt,
    departmentCode: desk.departmentCode,
    departmentName: desk.departmentName,
    dischargeWay: dead ? "5" : "1",
    diedOn: dead ? dayOfMoment(endedAt) : null,
  },
  diagnoses: [],
});
export const named = (personNo: string, encounterNo: string): Asked<"2404"> & Asked<"2405"> => ({
  request: { personNo, encounterNo },
});

/** `until`: in the middle of the stay, what was charged up to that day. */
export const settleStay = (
  who: Shown,
  encounterNo: string,
  sums: Sums,
  until: string | null = null,
): Asked<"2303"> & Asked<"2304"> => ({
  request: {
    personNo: who.personNo,
    total: sums.total,
    encounterNo,
    interimFlag: until === null ? "0" : "1",
    ...card(who),
    ...way,
    ...shares(sums),
    dischargedOn: until as never,
  },
});

export const undo = (personNo: string, originalMessageNo: string, originalTransaction: string): Asked<"2601"> => ({
  request: { personNo, originalMessageNo, originalTransaction },
});

export const refer = (
  personNo: string,
  { code, name, area }: { code: string; name: string; area: string },
  on: string,
  disease: Diagnosis,
): Asked<"2501"> => ({
  referral: {
    personNo,
    schemeCode: scheme,
    toProviderCode: code,
    toProviderName: name,
    careArea: area,
    diagnosisCode: disease.code,
    diagnosisName: disease.name,
    referralKind: "1",
    referredOn: on as never,
    reason: "病情需要",
    opinion: "同意转院",
  },
});
export const nothing: Sums = {
  total: yuan("0"),
  outsideCatalogue: yuan("0"),
  overPriceCap: yuan("0"),
  upfront: yuan("0"),
};
