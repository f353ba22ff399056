import { isOpen, stateOn } from "../../shared/family/family.ts";
import type { Officer } from "../callers/officers.ts";
import { today } from "../clock.ts";
import { tieOf } from "../family/store.ts";
import { Tie } from "../family/tie.ts";
import { mustServe } from "../served.ts";
import { firstWaitingIn } from "../worklist.ts";

const mostShown = 100;

/** The ties below a unit that wait for a yes, at most a hundred, and whether there are more. */
export async function openTies(unit: string): Promise<{ ties: Tie[]; more: boolean }> {
  const isWaiting = (tie: Tie) => isOpen(stateOn(tie, today()));
  const { items: ties, more } = await firstWaitingIn("TIES", unit, Tie, mostShown, isWaiting);
  return { ties, more };
}

/** A tie whose dependant is registered in the officer's area. */
export async function tieOfArea(officer: Officer, tieNo: string): Promise<Tie> {
  const tie = await tieOf(tieNo);
  mustServe(officer, [tie.village]);
  return tie;
}
