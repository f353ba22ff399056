import { minus, type Points, part, type Share, type Unrounded, whole, type Yuan } from "../money.ts";
import type { Tiers } from "../policy/settlement.ts";

/** Every share raised by the points of a bonus, to the whole at most, or cut by negative ones, to nothing at the least. */
export const raise = (tiers: Tiers, bonus: Points): Tiers =>
  bonus === 0
    ? tiers
    : tiers.map(({ from, share }) => ({ from, share: Math.max(0, Math.min(whole, share + bonus)) as Share }));

/** Σ share × the part of the amount that lies in each tier, from one amount to another, not yet rounded. */
export function marginal(tiers: Tiers, from: Yuan, to: Yuan): Unrounded {
  let sum = 0;
  for (let i = 0; i < tiers.length; i++) {
    const tier = tiers[i]!;
    const low = tier.from > from ? tier.from : from;
    const next = tiers[i + 1]?.from ?? to;
    const high = next < to ? next : to;
    if (high > low) sum += part(minus(high, low), tier.share);
  }
  return sum as Unrounded;
}
