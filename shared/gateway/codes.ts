import type { IdentityKind } from "../policy/identity.ts";
import type { CareType } from "../policy/table.ts";

/** 医疗类别 · what a code of it means here: how it settles, and whether the person lies in a bed. */
interface Care {
  readonly name: string;
  readonly careType: CareType;
  readonly inpatient: boolean;
  /** 急诊: away from home it is treated as filed (医保发〔2022〕22号 第八条). */
  readonly emergency: boolean;
}

/** 国家码表 · the codes that an area's providers send and read; every area has its own, most of them agree. */
interface Codes {
  readonly care: Readonly<Record<string, Care>>;
  /** 险种 that this system settles. */
  readonly scheme: string;
  readonly identity: Readonly<Record<IdentityKind, string>>;
  readonly fund: Readonly<Record<Fund, readonly [code: string, name: string]>>;
}

const fundNames = ["pooled", "criticalIllness", "supplementary", "medicalAid", "furtherAid", "guarantee"] as const;

export type Fund = (typeof fundNames)[number];

const care = (name: string, careType: CareType, inpatient = false, emergency = false): Care => ({
  name,
  careType,
  inpatient,
  emergency,
});

/**
 * Codes read in several implementers' tables (医疗类别, 险种, 基金支付类型). No national list of 人员身份类别 was found: those are
 * ours and assumed. 门诊生育 51 and 生育住院 52 settle as ordinary out-patient and in-patient care.
 */
const national: Codes = {
  care: {
    11: care("普通门诊", "outpatient"),
    12: care("门诊挂号", "outpatient"),
    13: care("急诊", "outpatient", false, true),
    14: care("门诊慢特病", "chronic-outpatient"),
    15: care("门诊统筹", "outpatient"),
    16: care("门诊特殊病", "chronic-outpatient"),
    19: care("意外门诊", "outpatient"),
    21: care("普通住院", "inpatient", true),
    22: care("外伤住院", "inpatient", true),
    23: care("转外住院", "inpatient", true),
    24: care("急诊转住院", "inpatient", true, true),
    41: care("定点药店购药", "outpatient"),
    51: care("生育门诊", "outpatient"),
    52: care("生育住院", "inpatient", true),
  },
  scheme: "390",
  identity: {
    destitute: "01",
    "minimum-living": "02",
    "returned-to-poverty": "03",
    "low-income-edge": "04",
    monitored: "05",
    "illness-impoverished": "06",
    "registered-poor": "07",
  },
  fund: {
    pooled: ["390100", "城乡居民基本医疗保险基金"],
    criticalIllness: ["390200", "城乡居民大病医疗保险基金"],
    supplementary: ["390300", "大病补充医疗保险基金"],
    medicalAid: ["610100", "医疗救助基金"],
    furtherAid: ["610102", "医疗再救助"],
    guarantee: ["640100", "政府兜底基金"],
  },
};

/** What an area says otherwise; none of the documents in hand publishes a code table of its own. */
const byArea: Readonly<Record<string, Partial<Codes>>> = {};

export const codesOf = (poolingArea: string): Codes => ({ ...national, ...byArea[poolingArea] });

/** 证件类型 01, 居民身份证. */
export const identityCard = "01";
