import { policyOf } from "../../shared/areas/areas.ts";
import { addDays } from "../../shared/day.ts";
import { filingStates, stateOn } from "../../shared/filing/filing.ts";
import { destinationWith } from "../../shared/filing/places.ts";
import { prospectOf } from "../../shared/filing/rules.ts";
import { after } from "../../shared/machine.ts";
import { readProviderCode } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import type { Hand } from "../hand.ts";
import { coveredOf, type Facts } from "../people/facts.ts";
import type { Provider } from "../providers/store.ts";
import type { Step } from "../write.ts";
import { moved } from "./moves.ts";
import type { Referral } from "./referrals.ts";
import { briefOf, changedOverview, draftOf, type Filing, filingOf, newFiling, overviewOf } from "./store.ts";

const byProvider = ({ code, name }: Pick<Provider, "code" | "name">): Hand => ({ hand: "provider", no: code, name });

/**
 * 转诊即备案 · the filing that a hospital's referral (2501) is, under the referral's own number, where it leads out of what needs no
 * filing and the area's rules let it: for days that may be filed for, while he is covered, and where none stands that covers
 * it. It is in force at once: the hospital's proof came with it.
 */
export async function referralFiled(referral: Referral, facts: Facts, provider: Provider): Promise<Step[]> {
  const destination = destinationWith(readProviderCode(referral.toCode)?.county ?? referral.toArea);
  if (!destination) return [];
  const on = today();
  const { poolingArea, village, personNo } = facts.profile;
  const applicant = { homeCounty: village.slice(0, 6), covered: coveredOf(facts) };
  const asked = { kind: "referral" as const, destination: destination.code, from: referral.from, replaces: null };
  const overview = await overviewOf(personNo);
  const prospect = allowed(() => prospectOf(asked, applicant, overview.briefs, policyOf(poolingArea), on));
  if (!prospect) return [];
  const until = referral.until && prospect.until && referral.until < prospect.until ? referral.until : prospect.until;
  const by = byProvider(provider);
  const draft = draftOf({
    filingNo: referral.referralNo,
    personNo,
    filedBy: by,
    consent: null,
    kind: "referral",
    destination: destination.code,
    from: referral.from,
    until,
    late: prospect.late,
    poolingArea,
    village,
    reason: referral.reason,
    replaces: null,
    referralNo: referral.referralNo,
    lapsesOn: null,
  });
  const filing: Filing = {
    ...draft,
    state: "in-force",
    history: [{ event: "take-effect", on, at: now(), by, reason: "" }],
  };
  const [, ...rest] = await moved(draft, filing, overview, "in-force");
  return [newFiling(filing), ...rest];
}

/** What the law answers, or null where it says no. */
function allowed<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** What is written when a referral is withdrawn (2502), or was never meant (2601): its filing ends, or counts for nothing. */
export async function referralOver(
  personNo: string,
  referralNo: string,
  provider: Pick<Provider, "code" | "name">,
  event: "end" | "revoke",
): Promise<Step[]> {
  const filing = await filingOf(personNo, referralNo).catch((error) => {
    if (error instanceof Refusal && error.code === "not-found") return null;
    throw error;
  });
  if (!filing || filing.filedBy.no !== provider.code) return [];
  const on = today();
  const [state, overview] = [after(filingStates, filing.state, event), await overviewOf(personNo)];
  if (state === null || stateOn(briefOf(filing), on) === "expired") {
    // Over already; what was never meant must not count for a stay that touches its days either.
    const briefs = overview.briefs.filter(({ filingNo }) => filingNo !== referralNo);
    return event === "revoke" && briefs.length < overview.briefs.length
      ? [changedOverview(personNo, { ...overview, briefs }, [], on)]
      : [];
  }
  const next: Filing = {
    ...filing,
    state,
    // Who is in hospital keeps it for the stay; from tomorrow on nobody begins one under it.
    until: event === "end" && filing.from <= on ? on : addDays(filing.from, -1),
    history: [...filing.history, { event, on, at: now(), by: byProvider(provider), reason: "" }],
    version: filing.version + 1,
  };
  return moved(filing, next, overview, "ended");
}
