import { addDays } from "../../shared/day.ts";
import { filingStates, isInForce } from "../../shared/filing/filing.ts";
import { destinationWith } from "../../shared/filing/places.ts";
import { placeTo } from "../../shared/filing/rules.ts";
import { after } from "../../shared/machine.ts";
import { policyOf } from "../../shared/policy/areas.ts";
import { remoteOn } from "../../shared/policy/remote.ts";
import { readProviderCode } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import type { Referral } from "../gateway/people.ts";
import type { Provider } from "../providers/store.ts";
import type { Profile } from "../residents/store.ts";
import type { Step } from "../write.ts";
import { moved } from "./moves.ts";
import { type By, type Filing, filingOf, newFiling, overviewOf } from "./store.ts";

const byProvider = ({ code, name }: Pick<Provider, "code" | "name">): By => ({ hand: "provider", no: code, name });

/**
 * 转诊即备案 · the filing that a hospital's referral (2501) is, where it leads out of what needs no filing; under the referral's own
 * number. It is in force at once: the hospital's proof came with it.
 */
export async function referralFiled(referral: Referral, profile: Profile, provider: Provider): Promise<Step[]> {
  const destination = destinationWith(readProviderCode(referral.toCode)?.county ?? referral.toArea);
  if (!destination) return [];
  const on = today();
  const { poolingArea, village, personNo } = profile;
  const place = placeTo(village.slice(0, 6), destination.code);
  if (remoteOn(policyOf(poolingArea), on).exempt.value.includes(place)) return [];
  const by = byProvider(provider);
  const draft: Filing = {
    ...{ filingNo: referral.referralNo, personNo, filedBy: by, consent: null, kind: "referral" },
    ...{ destination: destination.code, from: referral.from, until: referral.until, poolingArea, village },
    ...{ state: "draft", filedOn: on, filedAt: now(), dueOn: null, commitment: null, proofBy: null, proofGiven: false },
    ...{ late: referral.from < on, attachmentNos: [], mend: [], reason: referral.reason, replaces: null },
    ...{ replacedBy: null, referralNo: referral.referralNo, lapsesOn: null, history: [], version: 1 },
  };
  const filing: Filing = {
    ...draft,
    state: "in-force",
    history: [{ event: "take-effect", on, at: now(), by, reason: "" }],
  };
  const [, ...rest] = await moved(draft, filing, await overviewOf(personNo), "in-force");
  return [newFiling(filing), ...rest];
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
  const state = filing && after(filingStates, filing.state, event);
  if (!filing || !state || !isInForce(filing.state) || filing.filedBy.no !== provider.code) return [];
  const on = today();
  const next: Filing = {
    ...filing,
    state,
    // Who is in hospital keeps it for the stay; from tomorrow on nobody begins one under it.
    until: event === "end" ? on : addDays(filing.from, -1),
    history: [...filing.history, { event, on, at: now(), by: byProvider(provider), reason: "" }],
    version: filing.version + 1,
  };
  return moved(filing, next, await overviewOf(personNo), "ended");
}
