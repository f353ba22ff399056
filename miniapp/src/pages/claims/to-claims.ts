import { go } from "../../route.ts";
import { claimsOf } from "./drafts.ts";

/** Opens the claims of this year: one's own, or with the choice of a member of the family. */
export function toClaims(whose: "own" | "family" = "own"): void {
  claimsOf.change({ tie: null, year: null, words: "" });
  go("claims/mine", whose === "family" ? { family: "1" } : {});
}
