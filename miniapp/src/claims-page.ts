import { claimsOf } from "./drafts.ts";
import { go } from "./route.ts";

/** Opens the claims of this year: one's own, or with the choice of a member of the family. */
export function toClaims(whose: "own" | "family" = "own"): void {
  claimsOf.change({ tie: null, year: null, words: "" });
  go("claims", whose === "family" ? { family: "1" } : {});
}

/** The query of a call, and of a page, about somebody's claims: a tie, or nothing where they are one's own. */
export const ofTie = (tie: string | null | undefined): { tie?: string } => (tie ? { tie } : {});
