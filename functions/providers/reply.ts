import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { type AgreementEvent, agreementStates, type ProviderEvent } from "../../shared/provider/agreement.ts";
import { isLive } from "../../shared/provider/keys.ts";
import { evaluationOf, stateNow } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { pathOf } from "../callers/units.ts";
import { now, today } from "../clock.ts";
import { latest, mayMove } from "./moves.ts";
import { historyOf, type Provider, providerWithKeys } from "./store.ts";

/** One line of the register, as it is today. */
export function summaryOf(
  provider: Provider,
  names: ReadonlyMap<string, string>,
): Answer<Endpoints["providers.list"]>["providers"][number] {
  const { code, name, kind, county, ownership, agreement } = provider;
  const { from, until } = agreement;
  const state = stateNow(agreement, today());
  const terms = provider.terms.findLast((one) => one.from <= today()) ?? null;
  const countyName = names.get(county) ?? null;
  return { code, name, kind, county, countyName, ownership, agreement: { state, from, until }, terms };
}

/** The names of some counties and of what lies above them. */
export async function unitNames(counties: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const paths = await Promise.all([...new Set(counties)].map(pathOf));
  return new Map(paths.flat().map((unit) => [unit.code, unit.name]));
}

/** A provider with all that can be known of it, and what this officer may do to it. */
export async function pageOf(officer: Officer, code: string): Promise<Answer<Endpoints["providers.one"]>> {
  const [{ provider, keys }, history] = await Promise.all([providerWithKeys(code), historyOf(code)]);
  const evaluation = evaluationOf(provider, latest(provider));
  const names = await unitNames([provider.county]);
  const { poolingArea, reformed, address, telephone, version } = provider;
  return {
    ...summaryOf(provider, names),
    poolingArea,
    reformed,
    address,
    telephone,
    version,
    allTerms: provider.terms,
    evaluation: { ...evaluation, unitName: names.get(evaluation.unit) ?? null },
    moves: movesOf(officer, provider),
    keys: keys
      .map(({ keyNo, algorithm, publicKey, from, until, issuedBy }) => {
        const live = isLive({ from, until }, now());
        return { keyNo, algorithm, publicKey, from, until, live, issuedBy: issuedBy.name };
      })
      .sort((a, b) => b.from - a.from),
    history: history.map(({ event, on, at, by, reason, state, terms, keyNo, agreedBy }) => {
      return { event, on, at, by: by.name, agreedBy: agreedBy?.name ?? null, reason, state, terms, keyNo };
    }),
  };
}

/** What the state of the agreement allows, and the sentence that this officer would be told. */
function movesOf(officer: Officer, provider: Provider): { event: ProviderEvent; refusal: string | null }[] {
  const allowed = Object.keys(agreementStates[stateNow(provider.agreement, today())].on) as AgreementEvent[];
  return allowed
    .filter((event) => event !== "expire")
    .map((event) => ({ event, refusal: sentenceOf(() => mayMove(officer, provider, event)) }));
}

function sentenceOf(may: () => void): string | null {
  try {
    may();
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.sentence;
    throw error;
  }
}
