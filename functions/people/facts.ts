import type { Covered } from "../../shared/care/cover.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Person } from "../../shared/settlement/claim.ts";
import { beginning, key } from "../key.ts";
import { itemsAt } from "../read.ts";
import { Enrolment } from "./enrolments.ts";
import { Profile } from "./profile.ts";
import { PersonYearItem } from "./year.ts";

/** What settling reads of a person: the register, the enrolments of the years in question, the accumulators of one. */
export interface Facts {
  readonly profile: Profile;
  readonly enrolments: readonly Enrolment[];
  readonly personYears: readonly PersonYearItem[];
}

export const keysOf = (personNo: string, years: readonly number[]) => [
  key.person(personNo),
  ...[...new Set(years)].flatMap((year) => [key.enrolment(personNo, year), key.personYear(personNo, year)]),
];

/** The facts of a person for care in some years; a number that became another is not known to a provider any more. */
export async function factsOf(personNo: string, years: readonly number[]): Promise<Facts> {
  return readFacts(await itemsAt(keysOf(personNo, years)));
}

export function readFacts(items: readonly Record<string, unknown>[]): Facts {
  const begins = (how: string) => items.filter((item) => String(item.sk).startsWith(how));
  const [profile] = begins(key.person("").sk);
  if (!profile) throw new Refusal("person-not-found");
  const read = Profile.parse(profile);
  // Whom nobody has confirmed cannot be treated, nor anything settled for them.
  if (read.mergedInto || read.unconfirmed) throw new Refusal("person-not-found");
  return {
    profile: read,
    enrolments: begins(beginning.enrolment).map((item) => Enrolment.parse(item)),
    personYears: begins(beginning.personYear).map((item) => PersonYearItem.parse(item)),
  };
}

/** What cover asks: enrolments of this system, and those that were taken over. */
export const coveredOf = ({ profile, enrolments }: Facts): Covered => ({
  enrolments: [...profile.coverBefore.map((one) => ({ ...one, waitingMonths: 0 })), ...enrolments],
  employeeCovered: profile.employeeCovered,
  diedOn: profile.diedOn,
});

/** What settling asks. Residents have no pension cover, and no register says who signed with a family doctor. */
export const personOf = ({ bornOn, village, identities }: Profile): Person => ({
  bornOn,
  retired: false,
  homeCounty: village.slice(0, 6),
  familyDoctor: false,
  identities,
});

export const personYearOn = ({ personYears }: Facts, on: Day): PersonYearItem | null =>
  personYears.find((one) => one.benefitYear === yearOf(on)) ?? null;
