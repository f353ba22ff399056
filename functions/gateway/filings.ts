import { policyOf } from "../../shared/areas/areas.ts";
import { refusalOf } from "../../shared/edge.ts";
import { type Counted, filingFor } from "../../shared/filing/care.ts";
import { type FilingAsked, writeFilingAnswer } from "../../shared/gateway/filing-query.ts";
import { remoteOn } from "../../shared/policy/remote.ts";
import { inForceOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { overviewOf } from "../filings/store.ts";
import { factsOf } from "../people/facts.ts";
import type { Provider } from "../providers/store.ts";
import { mustBeRelated } from "./relation.ts";

/** What care at a provider that begins on a day and goes on today would count as. */
export async function countedFor(provider: Provider, { personNo, from, emergency }: FilingAsked): Promise<Counted> {
  await mustBeRelated(provider, personNo, now());
  const on = today();
  if (!inForceOn(provider, on)) throw new Refusal("agreement-not-in-force");
  const began = from ?? on;
  if (began > on) throw new Refusal("day-out-of-order");
  const [{ profile }, { briefs }] = await Promise.all([factsOf(personNo, []), overviewOf(personNo)]);
  const homeCounty = profile.village.slice(0, 6);
  const care = { homeCounty, county: provider.county, from: began, until: on, emergency };
  return filingFor(briefs, care, remoteOn(policyOf(profile.poolingArea), on));
}

/** 答 · what counts, or why it is not said. A fault is thrown. */
export async function answeredFiling(work: () => Promise<Counted>): Promise<string> {
  try {
    const { filing, filingNo, why, sentence } = await work();
    return writeFilingAnswer({ filed: filing !== "none", filing, filingNo, why, sentence });
  } catch (error) {
    const { code, sentence } = refusalOf(error);
    return writeFilingAnswer({ refused: `[${code}] ${sentence}` });
  }
}
