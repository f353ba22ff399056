import type { IdentityKind } from "./identity.ts";
import type { Series } from "./series.ts";

export const schemes = ["resident", "employee", "ncms"] as const;
export type Scheme = (typeof schemes)[number];

export const levels = ["village", "township", "community", "primary", "secondary", "tertiary"] as const;
export type Level = (typeof levels)[number];
/** 一级及以下: what counts as level 1 unless an area says otherwise. */
export const levelOne = ["village", "township", "community", "primary"] as const;

export const careTypes = ["outpatient", "chronic-outpatient", "inpatient", "special-drug", "caesarean"] as const;
export type CareType = (typeof careTypes)[number];

export const filings = ["none", "long-term", "referral", "temporary", "emergency"] as const;
export type Filing = (typeof filings)[number];

/** Where care was given, seen from the county where the person is insured. */
export const places = ["in-county", "in-city", "in-province", "out-of-province"] as const;
export type Place = (typeof places)[number];

/** What a policy may ask about one claim. */
export interface Facts {
  readonly careType: CareType;
  readonly level: Level;
  readonly place: Place;
  readonly filing: Filing;
  /** A valid 转诊转院 from an earlier stay. */
  readonly transferred: boolean;
  /** Full years on the day of admission. */
  readonly age: number;
  /** The ordinal of this in-patient stay in the year; 0 for other care. */
  readonly stay: number;
  readonly retired: boolean;
  readonly familyDoctor: boolean;
  readonly reformed: boolean;
  readonly identity: IdentityKind | null;
  /** The main diagnosis, ICD-10; "" where none is given. */
  readonly disease: string;
}

/** 适用条件 · everything that is named must hold; nothing named holds always. Ages in full years, stays counted from 1. */
export interface When {
  readonly careType?: readonly CareType[];
  readonly level?: readonly Level[];
  readonly place?: readonly Place[];
  readonly filing?: readonly Filing[];
  readonly transferred?: boolean;
  readonly ageUnder?: number;
  readonly ageFrom?: number;
  readonly stayFrom?: number;
  readonly retired?: boolean;
  readonly familyDoctor?: boolean;
  readonly reformed?: boolean;
  readonly identity?: readonly IdentityKind[];
  /** Ranges of ICD-10 categories, both ends included: ["C00", "C97"]. */
  readonly disease?: readonly (readonly [from: string, to: string])[];
}

/** One line of a table: its name, when it applies, and its dated, cited values. */
export interface Case<T> {
  readonly name: string;
  readonly when: When;
  readonly series: Series<T>;
}

/** 参数表 · cases in order; the first whose condition holds answers. The last one usually asks nothing. */
export type Table<T> = readonly Case<T>[];

/** A table's line: `line("township", { level: ["township"] }, stated(…))`. */
export const line = <T>(name: string, when: When, ...series: Series<T>[number][]): Case<T> => ({
  name,
  when,
  series,
});

type Condition = (facts: Facts) => boolean;

const conditions: { readonly [K in keyof When]-?: (wanted: NonNullable<When[K]>) => Condition } = {
  careType: (wanted) => (facts) => wanted.includes(facts.careType),
  level: (wanted) => (facts) => wanted.includes(facts.level),
  place: (wanted) => (facts) => wanted.includes(facts.place),
  filing: (wanted) => (facts) => wanted.includes(facts.filing),
  transferred: (wanted) => (facts) => wanted === facts.transferred,
  ageUnder: (wanted) => (facts) => facts.age < wanted,
  ageFrom: (wanted) => (facts) => facts.age >= wanted,
  stayFrom: (wanted) => (facts) => facts.stay >= wanted,
  retired: (wanted) => (facts) => wanted === facts.retired,
  familyDoctor: (wanted) => (facts) => wanted === facts.familyDoctor,
  reformed: (wanted) => (facts) => wanted === facts.reformed,
  identity: (wanted) => (facts) => facts.identity !== null && wanted.includes(facts.identity),
  disease: (wanted) => (facts) => wanted.some(([from, to]) => inRange(facts.disease, from, to)),
};

/** Whether a condition holds for a claim, as a function of its facts. */
export function conditionOf(when: When): Condition {
  const names = (Object.keys(when) as (keyof When)[]).filter((name) => when[name] !== undefined);
  const asked = names.map((name) => (conditions[name] as (wanted: unknown) => Condition)(when[name]));
  return (facts) => {
    for (let i = 0; i < asked.length; i++) if (!asked[i]!(facts)) return false;
    return true;
  };
}

const inRange = (code: string, from: string, to: string) => {
  const category = code.slice(0, 3).toUpperCase();
  return category.length === 3 && category >= from && category <= to;
};
