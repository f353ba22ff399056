import { areas } from "../../shared/areas/areas.ts";
import type { Day } from "../../shared/day.ts";
import { within } from "../../shared/org.ts";
import { type AgreementEvent, agreementStates, alive, type ProviderEvent } from "../../shared/provider/agreement.ts";
import {
  agreementAfter,
  evaluationOf,
  faultOfFacts,
  type Levels,
  type Service,
  stateNow,
} from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { mustBeWithin, type Officer } from "../callers/officers.ts";
import { pathOf } from "../callers/units.ts";
import { now, today } from "../clock.ts";
import { byOfficer } from "../hand.ts";
import type { Proposer } from "../proposal.ts";
import { secretHash } from "../sealing.ts";
import { findProvider, type Happening, keepProvider, type Provider, providerOf, readCode } from "./store.ts";

/** The facts that an application, a change or a row of an import states. */
interface Facts {
  readonly code: string;
  readonly name: string;
  readonly ownership: Provider["ownership"];
  readonly reformed: boolean;
  readonly levels: Levels;
  readonly services: readonly Service[];
  readonly address: string;
  readonly telephone: string;
}

/** The area that pools a county's funds: itself where it runs its own, else its city. */
export const poolingAreaOf = (county: string): string => (areas.has(county) ? county : `${county.slice(0, 4)}00`);

/** What the facts make of a provider that begins; refuses what cannot be true. */
export async function providerFrom(
  facts: Facts,
  from: Day,
): Promise<Omit<Provider, "agreement" | "hands" | "version" | "last">> {
  const { code, name, ownership, reformed, levels, services, address, telephone } = facts;
  const { kind, county } = readCode(code);
  const fault = faultOfFacts({ kind, ...facts });
  if (fault) throw new Refusal("provider-facts", { detail: fault });
  if (!(await pathOf(county)).some((unit) => unit.code === county)) throw new Refusal("provider-county");
  const terms = [{ from, ...levels, services: [...services] }];
  const poolingArea = poolingAreaOf(county);
  return { code, name, kind, county, poolingArea, ownership, reformed, address, telephone, terms };
}

/** Throws unless the unit that evaluates a provider of these levels is the officer's own or lies below it. */
export function mustBeInCharge(officer: Officer, provider: Pick<Provider, "county" | "poolingArea">, levels: Levels) {
  mustBeWithin(officer, provider.county);
  const { unit } = evaluationOf(provider, levels);
  if (!within(unit, officer.unit)) throw new Refusal("review-level", { detail: "由统筹区评估和决定" });
}

/** Throws unless the officer's unit keeps a register: a county or a city. */
export function mustRunRegister({ unit }: Officer): void {
  if (unit.length !== 6) throw new Refusal("outside-area", { detail: "定点机构由县区和市级管理" });
}

/** The levels that were decided last, though their day may be still to come. */
export const latest = ({ terms }: Provider) => terms.at(-1)!;

/** 受审分离 · throws where one of the steps before was the officer's own. */
export function mustBeAnotherHand({ officerNo }: Officer, ...before: Provider["hands"]["applied"][]): void {
  if (before.some((by) => by?.no === officerNo)) throw new Refusal("same-hand");
}

/** 导入的 · an agreement that ran before anybody here knew it: whoever imported it stands for application and evaluation. */
const wasImported = ({ hands: { applied, evaluated } }: Provider): boolean =>
  applied !== null && applied.no === evaluated?.no;

/** Throws where an agreement cannot have a period: one that begins here does not begin in the past, one that was imported has its own. */
function mustBePeriod(provider: Provider, { from, until }: { readonly from: Day; readonly until: Day }): void {
  const { agreement } = provider;
  if (until < from || until < today()) throw new Refusal("agreement-period");
  if (wasImported(provider)) {
    if (from !== agreement.from || until !== agreement.until)
      throw new Refusal("agreement-period", { detail: "导入的协议按导入的起止日期" });
  } else if (from < today()) throw new Refusal("agreement-period");
}

const guards: { readonly [E in AgreementEvent]?: (officer: Officer, provider: Provider) => void } = {
  apply: (officer, { county }) => mustBeWithin(officer, county),
  evaluate: (officer, provider) => {
    mustBeWithin(officer, provider.county);
    // Handed down means handed down: a city does not evaluate what is its county's.
    if (evaluationOf(provider, latest(provider)).unit !== officer.unit) throw new Refusal("review-level");
    mustBeAnotherHand(officer, provider.hands.applied);
  },
  approve: (officer, provider) => {
    mustBeInCharge(officer, provider, latest(provider));
    mustBeAnotherHand(officer, provider.hands.applied, provider.hands.evaluated);
  },
  withdraw: (officer, { county }) => mustBeWithin(officer, county),
};

/** Throws where an officer may not do something to a provider as it is now. */
export function mayMove(officer: Officer, provider: Provider, event: AgreementEvent): void {
  const state = stateNow(provider.agreement, today());
  if (!agreementStates[state].on[event]) {
    throw new Refusal("agreement-state", { detail: agreementStates[state].name });
  }
  const refusing = state === "applied" ? guards.evaluate : guards.approve;
  const guard = event === "refuse" ? refusing : guards[event];
  if (guard) guard(officer, provider);
  else mustBeInCharge(officer, provider, latest(provider));
}

/** 经办留痕 · keeps who is about to touch a provider of their area, and why, before it is touched. */
export async function recordMove(officer: Officer, code: string, call: string, reason: string): Promise<void> {
  const { county } = readCode(code);
  mustBeWithin(officer, county);
  await recordAccess(officer, { village: county }, { call, reason: `${code}：${reason}` });
}

interface Asked {
  readonly reason: string;
  readonly version: number;
}

/** What happened, by whom and when. */
export const happening = (
  officer: Proposer,
  event: ProviderEvent,
  reason: string,
  what: Partial<Pick<Happening, "state" | "terms" | "keyNo">> = {},
): Omit<Happening, "version"> => ({
  event,
  on: today(),
  at: now(),
  by: { ...byOfficer(officer), unit: officer.unit },
  reason,
  state: null,
  terms: null,
  keyNo: null,
  ...what,
});

/** Whose request a version is: the same officer's same request again is answered with what it made. */
export const requestOf = (officer: Officer, call: string, asked: object): Provider["last"] => ({
  officerNo: officer.officerNo,
  request: secretHash(JSON.stringify([call, asked])),
});

const same = (one: Provider["last"], other: Provider["last"]) =>
  one.officerNo === other.officerNo && one.request === other.request;

/** Reads a provider, and changes it where it still is as the officer saw it; the same request again is answered. */
async function changed(
  officer: Officer,
  code: string,
  call: string,
  asked: Asked,
  change: (provider: Provider) => { after: Provider; told: Omit<Happening, "version"> },
): Promise<Provider> {
  const last = requestOf(officer, call, asked);
  const before = await providerOf(code);
  mustBeWithin(officer, before.county);
  if (before.version === asked.version + 1 && same(before.last, last)) return before;
  if (before.version !== asked.version) throw new Refusal("provider-changed");
  const { after, told } = change(before);
  return keepProvider(before, { ...after, last }, told);
}

/** One event of the agreement, at the instance of an officer who may. */
export const moved = (
  officer: Officer,
  code: string,
  event: AgreementEvent & ProviderEvent,
  asked: Asked & { readonly from?: Day; readonly until?: Day },
): Promise<Provider> =>
  changed(officer, code, event, asked, (provider) => movedBy(officer, officer, provider, event, asked));

/** What an event makes of a provider, and what is told of it as `by`'s doing; refuses where this officer may not. */
export function movedBy(
  officer: Officer,
  by: Proposer,
  provider: Provider,
  event: AgreementEvent & ProviderEvent,
  { from, until, reason }: { readonly reason: string; readonly from?: Day; readonly until?: Day },
): { after: Provider; told: Omit<Happening, "version"> } {
  mayMove(officer, provider, event);
  const period = from && until ? { period: { from, until } } : {};
  if (period.period) mustBePeriod(provider, period.period);
  // What was imported ran since its own first day, and so it is told of the days before it was decided on here.
  const since = event === "approve" && wasImported(provider) && from ? from : today();
  const agreement = agreementAfter(provider.agreement, event, { today: since, ...period });
  if (!agreement) throw new Refusal("agreement-state");
  const hands = {
    ...provider.hands,
    ...(event === "evaluate" && { evaluated: byOfficer(by) }),
    ...(event === "approve" && { decided: byOfficer(by) }),
  };
  return {
    after: { ...provider, hands, agreement: { ...agreement, history: [...agreement.history] } },
    told: happening(by, event, reason, { state: agreement.state }),
  };
}

/** 登记申请 · a new provider, or one whose agreement is over; whoever records it neither evaluates nor decides. */
export async function applied(officer: Officer, asked: Facts & { readonly reason: string }): Promise<Provider> {
  const { county } = readCode(asked.code);
  mustBeWithin(officer, county);
  const last = requestOf(officer, "apply", asked);
  const fresh = await providerFrom(asked, today());
  const before = await findProvider(asked.code);
  if (before && same(before.last, last)) return before;
  const standing = before?.agreement ?? { state: "withdrawn" as const, from: null, until: null, history: [] };
  const agreement = agreementAfter(standing, "apply", { today: today() });
  if (!agreement) throw new Refusal("provider-exists", { detail: agreementStates[standing.state].name });
  const after: Provider = {
    ...fresh,
    terms: [...(before?.terms ?? []), ...fresh.terms],
    agreement: { ...agreement, history: [...agreement.history] },
    hands: { applied: byOfficer(officer), evaluated: null, decided: null },
    version: before?.version ?? 0,
    last,
  };
  const told = happening(officer, "apply", asked.reason, { state: "applied", terms: latest(after) });
  return keepProvider(before, after, told);
}

/** 变更 · levels and services from a day on, address and telephone at once; in charge of what it was and of what it becomes. */
export function changedFacts(
  officer: Officer,
  by: Proposer,
  provider: Provider,
  asked: { reason: string; from: Day; levels: Levels; services: Service[]; address: string; telephone: string },
): { after: Provider; told: Omit<Happening, "version"> } {
  const { from, levels, services, address, telephone, reason } = asked;
  mustBeInCharge(officer, provider, latest(provider));
  mustBeInCharge(officer, provider, levels);
  const state = stateNow(provider.agreement, today());
  if (!alive.includes(state)) throw new Refusal("agreement-state", { detail: agreementStates[state].name });
  if (from < today()) throw new Refusal("terms-backdated");
  const fault = faultOfFacts({ ...provider, levels, services });
  if (fault) throw new Refusal("provider-facts", { detail: fault });
  const terms = { from, ...levels, services };
  const after = { ...provider, address, telephone, terms: [...provider.terms, terms] };
  return { after, told: happening(by, "change", reason, { terms }) };
}
