import { type Share, shareOf, type Yuan } from "../money.ts";
import { freshYear, type Seen, type Year } from "../settlement/claim.ts";

/** Claims of one chain must be reversed from the last one back: each was computed from what those before it left. */
export const chains = ["outpatient", "other"] as const;
type Chain = (typeof chains)[number];

/** 年度累计 · one person's year as claims have made it: accumulators, and the last claim of each chain. */
export interface PersonYear {
  readonly year: Year;
  /** How many claims were settled in it so far, reversed ones too: the number of the next one. */
  readonly settled: number;
  readonly last: { readonly [C in Chain]: string | null };
}

export const freshPersonYear: PersonYear = { year: freshYear, settled: 0, last: { outpatient: null, other: null } };

/** Which accumulators a claim moved: only those of ordinary out-patient care, or any other. */
export const chainOf = (before: Year, after: Year): Chain =>
  sameYear({ ...before, outpatient: after.outpatient }, after) ? "outpatient" : "other";

/** The year after a claim. */
export const yearWith = ({ settled, last }: PersonYear, claimNo: string, chain: Chain, after: Year): PersonYear => ({
  year: after,
  settled: settled + 1,
  last: { ...last, [chain]: claimNo },
});

/** What a settled claim knows of the year: where it stands in its chain, and what the year held before it. */
interface Place {
  readonly chain: Chain;
  readonly before: Year;
  readonly previousNo: string | null;
}

/** The year without the last claim of a chain; the other chain's accumulators stay. */
export function yearWithout({ year, settled, last }: PersonYear, { chain, before, previousNo }: Place): PersonYear {
  const rest =
    chain === "outpatient" ? { ...year, outpatient: before.outpatient } : { ...before, outpatient: year.outpatient };
  return { year: rest, settled, last: { ...last, [chain]: previousNo } };
}

const sameSeen = (a: Seen | undefined, b: Seen | undefined) =>
  (a?.base ?? 0) === (b?.base ?? 0) && (a?.paid ?? 0) === (b?.paid ?? 0);

/** Do two years hold the same? A layer that has seen nothing is the same as one that was never asked. */
function sameYear(a: Year, b: Year): boolean {
  const others = Math.max(a.otherLayers.length, b.otherLayers.length);
  return (
    a.stays === b.stays &&
    a.pooled === b.pooled &&
    a.outpatient === b.outpatient &&
    a.largeExpense === b.largeExpense &&
    sameSeen(a.criticalIllness, b.criticalIllness) &&
    sameSeen(a.specialDrug, b.specialDrug) &&
    sameSeen(a.medicalAid, b.medicalAid) &&
    sameSeen(a.furtherAid, b.furtherAid) &&
    Array.from({ length: others }, (_, i) => sameSeen(a.otherLayers[i], b.otherLayers[i])).every(Boolean)
  );
}

/** 两个比例 · of the whole bill and of what is in scope, the share that funds paid, in ten-thousandths; null of nothing (HLJ-15). */
export function ratios(total: Yuan, inScope: Yuan, funds: Yuan): { real: Share | null; inScope: Share | null } {
  const of = (whole: Yuan) => (whole > 0 ? shareOf(funds, whole) : null);
  return { real: of(total), inScope: of(inScope) };
}
