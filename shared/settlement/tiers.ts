import { least, minus, most, part, type Share, type Unrounded, whole, type Yuan } from "../money.ts";
import type { Tiers } from "../policy/settlement.ts";

/** Every share raised by the points of a bonus, to the whole at most. */
export const raise = (tiers: Tiers, bonus: Share): Tiers =>
  bonus === 0 ? tiers : tiers.map(({ from, share }) => ({ from, share: Math.min(whole, share + bonus) as Share }));

/** The tiers of what lies above a threshold: below it the share is nothing. */
export const aboveThreshold = (tiers: Tiers, threshold: Yuan): Tiers =>
  tiers.flatMap(({ from, share }, i) => {
    const until = tiers[i + 1]?.from;
    if (until !== undefined && until <= threshold) return [];
    return [{ from: most(from, threshold), share }];
  });

/** Σ share × the part of the amount that lies in each tier, from one amount to another, not yet rounded. */
export function marginal(tiers: Tiers, from: Yuan, to: Yuan): Unrounded {
  let sum = 0;
  for (let i = 0; i < tiers.length; i++) {
    const tier = tiers[i]!;
    const until = tiers[i + 1]?.from ?? to;
    const low = most(from, tier.from);
    const high = least(to, until);
    if (high > low) sum += part(minus(high, low), tier.share);
  }
  return sum as Unrounded;
}
