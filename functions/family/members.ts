import { endpoints } from "../../shared/api/family.ts";
import { addDays } from "../../shared/day.ts";
import { isLive, mostDependants, shownDays, stateOn } from "../../shared/family/family.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { memberReply } from "./reply.ts";
import { tiesOf } from "./store.ts";
import type { Tie } from "./tie.ts";

/** GET /family · 亲情账户: whom I hold, who holds me, and what waits for an answer. */
export const handler = http(endpoints["family.members"], async ({ resident: { personNo } }) => {
  const [held, holding] = await Promise.all([tiesOf(personNo, "member"), tiesOf(personNo, "guardian")]);
  const shown = (ties: readonly Tie[]) =>
    Promise.all(
      ties
        .filter(isShown)
        .sort(byDay)
        .map((tie) => memberReply(tie, personNo)),
    );
  const [dependants, guardians] = await Promise.all([shown(held), shown(holding)]);
  return { dependants, guardians, most: mostDependants };
});

/** What is over is shown for a while: a lapsed tie from its last day on. */
function isShown(tie: Tie): boolean {
  const state = stateOn(tie, today());
  const overOn = state === "lapsed" && tie.until ? tie.until : tie.changedOn;
  return isLive(state) || addDays(overOn, shownDays) >= today();
}

const byDay = (a: Tie, b: Tie) => (a.askedOn < b.askedOn ? -1 : a.askedOn > b.askedOn ? 1 : 0);
