import { policyOf } from "../../shared/areas/areas.ts";
import { progress } from "../../shared/care/progress.ts";
import { freshPersonYear, ratios } from "../../shared/care/year.ts";
import { type Day, dayOf, yearOf } from "../../shared/day.ts";
import { plus } from "../../shared/money.ts";
import { today } from "../clock.ts";
import { beginning, partition } from "../key.ts";
import { personOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import { PersonYearItem } from "../people/year.ts";
import { itemsUnder } from "../read.ts";
import { paysOf } from "./reply.ts";
import type { Claim } from "./store.ts";

/** The accumulators of every year in which something was settled, the newest first. */
export const personYearsOf = (personNo: string): Promise<PersonYearItem[]> =>
  itemsUnder(partition.person(personNo), beginning.personYear, PersonYearItem, { newestFirst: true });

/** What a year's claims add up to, and both ratios; what was reversed does not count. */
export function sumsOf(claims: readonly Claim[]) {
  const standing = claims.filter(({ state }) => state === "settled").map(({ amounts }) => amounts);
  const sum = (name: "total" | "inScope" | "fundsTotal" | "patientTotal") =>
    plus(...standing.map((amounts) => amounts[name]));
  const sums = {
    total: sum("total"),
    inScope: sum("inScope"),
    fundsTotal: sum("fundsTotal"),
    patientTotal: sum("patientTotal"),
    pays: paysOf(standing),
  };
  return { sums, ratios: ratios(sums.total, sums.inScope, sums.fundsTotal) };
}

/** The bars of a year, on its last day or today. */
export function barsOf(profile: Profile, benefitYear: number, personYears: readonly PersonYearItem[]) {
  const on = dayWithin(benefitYear);
  const { year } = personYears.find((one) => one.benefitYear === benefitYear) ?? freshPersonYear;
  const { identity, identities, bars } = progress(personOf(profile), year, policyOf(profile.poolingArea), on);
  return {
    on,
    identity,
    identities: [...identities],
    bars: bars.map(({ rule: { from, cite, standing, note }, ...bar }) => ({ ...bar, from, cite, standing, note })),
  };
}

/** Today, or the nearest day of another year. */
function dayWithin(benefitYear: number): Day {
  const thisYear = yearOf(today());
  if (benefitYear < thisYear) return dayOf(benefitYear, 12, 31);
  return benefitYear > thisYear ? dayOf(benefitYear, 1, 1) : today();
}
