import type { FamilyCall } from "../../shared/api/claims.ts";
import { recordFamilyAccess } from "../audit.ts";
import { factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import { agreedDependant } from "./store.ts";

/** 谁的费用 · the person whose claims a call is about, and the tie through which the caller may. */
export interface Claimant {
  readonly personNo: string;
  readonly tieNo: string | null;
  readonly profile: Profile;
}

/** The caller himself, or the dependant of an agreed tie; that a guardian looked is recorded before he is answered. */
export async function claimantOf(personNo: string, tieNo: string | undefined, call: FamilyCall): Promise<Claimant> {
  if (tieNo === undefined) return { personNo, tieNo: null, profile: (await factsOf(personNo, [])).profile };
  const dependantNo = await agreedDependant(tieNo, personNo);
  await recordFamilyAccess(personNo, dependantNo, call);
  return { personNo: dependantNo, tieNo, profile: (await factsOf(dependantNo, [])).profile };
}
