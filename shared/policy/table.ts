import type { Day } from "../day.ts";
import type { IdentityKind } from "./identity.ts";
import { inForce, type Rule, type Series } from "./series.ts";

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
  /** The how-manieth in-patient stay of the year this is; 0 for other care. */
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

/** Does a condition hold for a claim? */
export function holds(when: When, facts: Facts): boolean {
  return (
    (when.careType === undefined || when.careType.includes(facts.careType)) &&
    (when.level === undefined || when.level.includes(facts.level)) &&
    (when.place === undefined || when.place.includes(facts.place)) &&
    (when.filing === undefined || when.filing.includes(facts.filing)) &&
    (when.transferred === undefined || when.transferred === facts.transferred) &&
    (when.ageUnder === undefined || facts.age < when.ageUnder) &&
    (when.ageFrom === undefined || facts.age >= when.ageFrom) &&
    (when.stayFrom === undefined || facts.stay >= when.stayFrom) &&
    (when.retired === undefined || when.retired === facts.retired) &&
    (when.familyDoctor === undefined || when.familyDoctor === facts.familyDoctor) &&
    (when.reformed === undefined || when.reformed === facts.reformed) &&
    (when.identity === undefined || (facts.identity !== null && when.identity.includes(facts.identity))) &&
    (when.disease === undefined || when.disease.some(([from, to]) => inRange(facts.disease, from, to)))
  );
}

const inRange = (code: string, from: string, to: string) => {
  const category = code.slice(0, 3).toUpperCase();
  return category.length === 3 && category >= from && category <= to;
};

/** The rule of a table for a claim on a day, under the name "parameter/case"; throws `NoRuleInForce` where it is silent. */
export function decide<T>(parameter: string, table: Table<T>, facts: Facts, on: Day): Rule<T> {
  const found = table.find((one) => holds(one.when, facts));
  return found ? inForce(`${parameter}/${found.name}`, found.series, on) : inForce(parameter, [], on);
}
