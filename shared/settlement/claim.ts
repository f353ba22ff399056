import { ageOn, type Day } from "../day.ts";
import { type Yuan, zero } from "../money.ts";
import type { Identity, IdentityKind } from "../policy/identity.ts";
import type { CareType, Facts, Filing, Level, Place } from "../policy/table.ts";

/** 人 · what settling asks of a person. `homeCounty`: the county where they are insured. */
export interface Person {
  readonly bornOn: Day;
  readonly retired: boolean;
  readonly homeCounty: string;
  readonly familyDoctor: boolean;
  readonly identities: readonly Identity[];
}

/** 费用 · one claim's cost, each to the fen; what is left of `total` is 符合政策范围金额. */
export interface Fees {
  readonly total: Yuan;
  readonly outsideCatalogue: Yuan;
  readonly overPriceCap: Yuan;
  readonly upfront: Yuan;
}

/** 就诊 · one claim. `elsewhere`: the basic layer and 大额 were settled by another system and are taken as given. */
export interface Claim {
  readonly careType: CareType;
  readonly admittedOn: Day;
  readonly dischargedOn: Day;
  readonly level: Level;
  /** The county where care was given. */
  readonly county: string;
  readonly reformed: boolean;
  readonly filing: Filing;
  readonly transferred: boolean;
  readonly disease: string;
  readonly fees: Fees;
  readonly elsewhere: { readonly pooled: Yuan; readonly largeExpense: Yuan } | null;
}

/** What a yearly layer has seen so far: the base that counted towards it, and what it really paid. */
export interface Seen {
  readonly base: Yuan;
  readonly paid: Yuan;
}

/** 年度累计 · one person's calendar year before a claim; every amount is what really happened. */
export interface Year {
  readonly stays: number;
  /** Pooled payments under the common ceiling (in-patient and chronic), and under the out-patient one. */
  readonly pooled: Yuan;
  readonly outpatient: Yuan;
  readonly largeExpense: Yuan;
  readonly criticalIllness: Seen;
  readonly specialDrug: Seen;
  readonly otherLayers: readonly Seen[];
  readonly medicalAid: Seen;
  readonly furtherAid: Seen;
}

export const nothing: Seen = { base: zero, paid: zero };

/** A year in which nothing happened yet. */
export const freshYear: Year = {
  stays: 0,
  pooled: zero,
  outpatient: zero,
  largeExpense: zero,
  criticalIllness: nothing,
  specialDrug: nothing,
  otherLayers: [],
  medicalAid: nothing,
  furtherAid: nothing,
};

/** Where care was given, seen from home: the same six, four or two digits of 医保区划. */
export function placeOf(homeCounty: string, county: string): Place {
  if (homeCounty === county) return "in-county";
  if (homeCounty.slice(0, 4) === county.slice(0, 4)) return "in-city";
  return homeCounty.slice(0, 2) === county.slice(0, 2) ? "in-province" : "out-of-province";
}

/** What a policy may ask about a claim, under one of the person's identities. */
export function factsOf(person: Person, claim: Claim, year: Year, identity: IdentityKind | null): Facts {
  return {
    careType: claim.careType,
    level: claim.level,
    place: placeOf(person.homeCounty, claim.county),
    filing: claim.filing,
    transferred: claim.transferred,
    age: ageOn(person.bornOn, claim.admittedOn),
    stay: claim.careType === "inpatient" ? year.stays + 1 : 0,
    retired: person.retired,
    familyDoctor: person.familyDoctor,
    reformed: claim.reformed,
    identity,
    disease: claim.disease,
  };
}
