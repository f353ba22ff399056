import { calledBy } from "../../shared/messages.ts";
import { today } from "../clock.ts";
import { toOutbox } from "../outbox.ts";
import { toldOnOldWay } from "../people/old-way.ts";
import { personPage } from "../people/page.ts";
import type { Step } from "../write.ts";
import type { Tie } from "./tie.ts";

/** The dependant reads in an inbox of their own who asks for them; the code that they may read out goes by SMS. */
export async function askedTold({ tieNo, guardianNo, dependantNo, state }: Tie): Promise<Step[]> {
  if (state !== "asked") return [];
  const fact = { about: "consent-asked" as const, tieNo, asker: await nameOf(guardianNo) };
  return [toOutbox([{ kind: "told", personNo: dependantNo, on: today(), fact }])];
}

/** The guardian is told of what somebody else decided: the dependant, or an officer; and the dependant of what an officer says they agreed to. */
export async function answeredTold({ tieNo, guardianNo, dependantNo, state, decidedBy, minor }: Tie): Promise<Step[]> {
  const agreed = state === "agreed";
  if ((!agreed && state !== "refused") || (decidedBy !== "dependant" && decidedBy !== "counter")) return [];
  const { profile } = await personPage(dependantNo);
  const fact = { about: "consent-answered" as const, tieNo, dependant: calledBy(profile.name), agreed };
  const told = toOutbox([{ kind: "told", personNo: guardianNo, on: today(), fact }]);
  return agreed && decidedBy === "counter" && !minor ? [told, toldOnOldWay(profile, "held")] : [told];
}

const nameOf = async (personNo: string) => calledBy((await personPage(personNo)).profile.name);
