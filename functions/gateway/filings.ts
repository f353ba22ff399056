import { policyOf } from "../../shared/areas/areas.ts";
import { refusalOf } from "../../shared/edge.ts";
import { type Counted, filingFor } from "../../shared/filing/care.ts";
import { type FilingAsked, writeFilingAnswer } from "../../shared/gateway/filing-query.ts";
import { remoteOn } from "../../shared/policy/remote.ts";
import { inForceOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { overviewOf } from "../filings/store.ts";
import { spendTry } from "../limits.ts";
import { factsOf } from "../people/facts.ts";
import type { Provider } from "../providers/store.ts";

/** What care at a provider that begins on a day and goes on today would count as. */
export async function countedFor(provider: Provider, { personNo, from, emergency }: FilingAsked): Promise<Counted> {
  const on = today();
  if (!inForceOn(provider, on)) throw new Refusal("agreement-not-in-force");
  const began = from ?? on;
  if (began > on) throw new Refusal("day-out-of-order");
  const [{ profile }, { briefs }] = await Promise.all([known(provider, personNo), overviewOf(personNo)]);
  const homeCounty = profile.village.slice(0, 6);
  const care = { homeCounty, county: provider.county, from: began, until: on, emergency };
  return filingFor(briefs, care, remoteOn(policyOf(profile.poolingArea), on));
}

/** A person by their number; guesses are counted. */
async function known({ code }: Provider, personNo: string) {
  try {
    return await factsOf(personNo, []);
  } catch (error) {
    if (error instanceof Refusal) await spendTry("provider-lookup", code);
    throw error;
  }
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
