import { careCover } from "../../shared/care/cover.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { agreedDependant } from "../family/store.ts";
import { coveredOf, factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import type { By } from "./store.ts";

/** 谁的码 · the person whose credential a call is about, the tie through which the caller may, and by whose hand it is. */
export interface Whose {
  readonly personNo: string;
  readonly tieNo: string | null;
  readonly profile: Profile;
  readonly by: By;
}

/** The caller himself, or the dependant of an agreed tie. */
export async function whoseOf(callerNo: string, tieNo: string | undefined): Promise<Whose> {
  const personNo = tieNo === undefined ? callerNo : await agreedDependant(tieNo, callerNo);
  const { profile } = await factsOf(personNo, []);
  const who = tieNo === undefined ? "self" : "guardian";
  return { personNo, tieNo: tieNo ?? null, profile, by: { who, no: callerNo, name: null } };
}

/** The same, of whoever lives: nobody opens or changes a dead person's code. */
export async function livingOf(callerNo: string, tieNo: string | undefined): Promise<Whose> {
  const whose = await whoseOf(callerNo, tieNo);
  if (whose.profile.diedOn) throw new Refusal("deceased");
  return whose;
}

/** The last day of the cover that somebody has today, or null. */
export async function coverUntilOf(personNo: string): Promise<Day | null> {
  const on = today();
  const cover = careCover(coveredOf(await factsOf(personNo, [yearOf(on)])), on);
  return cover.state === "covered" ? cover.until : null;
}
