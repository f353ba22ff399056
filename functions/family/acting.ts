import type { FamilyCall } from "../../shared/api/claims.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordFamilyAccess } from "../audit.ts";
import { byResident } from "../hand.ts";
import { factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import { agreedDependant } from "./store.ts";

/** 替谁办 · the person whom a resident's call is about, the tie through which the caller may, and by whose hand it is. */
export interface Acting {
  readonly personNo: string;
  readonly tieNo: string | null;
  readonly profile: Profile;
  readonly by: ReturnType<typeof byResident>;
}

/**
 * The caller themselves, or the dependant of an agreed tie. Where a `look` is named, that a guardian looked is recorded before
 * they are answered.
 */
export async function actingFor(callerNo: string, tieNo: string | undefined, look: FamilyCall | null): Promise<Acting> {
  const personNo = tieNo === undefined ? callerNo : await agreedDependant(tieNo, callerNo);
  if (tieNo !== undefined && look) await recordFamilyAccess(callerNo, personNo, look);
  const { profile } = await factsOf(personNo, []);
  return { personNo, tieNo: tieNo ?? null, profile, by: byResident(callerNo, tieNo) };
}

/** The same, for what a dead person has no more use of. */
export async function actingForLiving(...asked: Parameters<typeof actingFor>): Promise<Acting> {
  const acting = await actingFor(...asked);
  if (acting.profile.diedOn) throw new Refusal("deceased");
  return acting;
}
