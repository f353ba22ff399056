import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import { within } from "../../shared/org.ts";
import type { Officer } from "../callers/officers.ts";
import { Claim, claimOf } from "../claims/store.ts";
import { key, partition } from "../key.ts";
import { factsOf } from "../people/facts.ts";
import { profilesOf } from "../people/find.ts";
import type { Profile } from "../people/profile.ts";
import { itemsAt, itemsIn, mustBeAt } from "../read.ts";
import { mustServe } from "../served.ts";

/** A claim with the person whose it is. */
export interface Seen {
  readonly claim: Claim;
  readonly profile: Profile;
}

/** Where a claim is a matter of: where the person lives, and where they lived when it was settled. */
const villagesOf = ({ claim, profile }: Seen): string[] => [claim.village, profile.village];

/** 辖区 · has the officer's area to do with a claim? */
export const isShown = ({ unit }: Officer, seen: Seen): boolean =>
  villagesOf(seen).some((village) => within(village, unit));

/** A claim that an officer's area has to do with; to anybody else it does not exist. */
export async function shownClaim(officer: Officer, personNo: string, claimNo: string): Promise<Seen> {
  const claim = await claimOf(personNo, claimNo);
  const seen = { claim, profile: (await factsOf(personNo, [])).profile };
  mustServe(officer, villagesOf(seen));
  return seen;
}

/** Where a claim lies, as its provider's list of the day says. */
const Place = z.object({ personNo: z.string(), claimNo: z.string() });

/** The business day on which a claim was settled, as its number says it. */
const settledOnOf = (claimNo: string) =>
  `${claimNo.slice(4, 8)}-${claimNo.slice(8, 10)}-${claimNo.slice(10, 12)}` as Day;

/** The person of a claim that a provider settled, by the provider's list of the day. */
export async function personOfClaim(providerCode: string, claimNo: string): Promise<string> {
  const at = key.claimAt(providerCode, settledOnOf(claimNo), claimNo);
  return (await mustBeAt(at, Place, "not-found", { consistent: false })).personNo;
}

const keysAtOnce = 100;

/** What a provider settled on a day for people of the officer's area, the newest first, and whether there is more. */
export async function shownAt(
  officer: Officer,
  providerCode: string,
  on: Day,
  most: number,
): Promise<{ seen: Seen[]; more: boolean }> {
  const places = await placesAt(providerCode, on);
  const seen: Seen[] = [];
  for (let from = 0; from < places.length && seen.length <= most; from += keysAtOnce) {
    const items = await itemsAt(places.slice(from, from + keysAtOnce));
    const claims = items.map((item) => Claim.parse(item));
    const profiles = await profilesOf(claims.map(({ personNo }) => personNo));
    const whole = claims.map((claim) => ({ claim, profile: profiles.get(claim.personNo)! }));
    seen.push(...whole.filter((one) => isShown(officer, one)));
  }
  const newest = seen.sort((a, b) => b.claim.settledAt - a.claim.settledAt);
  return { seen: newest.slice(0, most), more: newest.length > most };
}

async function placesAt(providerCode: string, on: Day) {
  const places = await itemsIn(partition.claimsAt(providerCode, on), Place, { consistent: false });
  return places.map(({ personNo, claimNo }) => key.claim(personNo, claimNo));
}
