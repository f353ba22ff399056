import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { policyOf } from "../../shared/areas/areas.ts";
import { addMonths } from "../../shared/day.ts";
import { filingStates, isInForce, stateOn } from "../../shared/filing/filing.ts";
import { destinationOf, destinationShown } from "../../shared/filing/places.ts";
import { touches } from "../../shared/filing/rules.ts";
import { stateSentence } from "../../shared/filing/words.ts";
import {
  filingKinds,
  groupOf,
  papers,
  type RemoteRules,
  type RulesOfKind,
  remoteOn,
} from "../../shared/policy/remote.ts";
import { today } from "../clock.ts";
import { briefOf, type Filing, type Overview } from "./store.ts";

type Reply = Answer<Endpoints["filings.one"]>;

/** What a filing is, whoever reads it. */
export function facts(filing: Filing, name: string) {
  const on = today();
  const state = stateOn(briefOf(filing), on);
  const { filingNo, kind, from, until, filedOn, dueOn, proofBy, proofGiven, late, mend, reason, version } = filing;
  return {
    filingNo,
    name,
    kind,
    from,
    until,
    state,
    filedOn,
    dueOn,
    proofBy,
    proofGiven,
    late,
    mend,
    reason,
    version,
    kindName: filingKinds[kind].name,
    destination: destinationReply(filing.destination),
    stateName: filingStates[state].name,
    sentence: stateSentence(state, filing),
    commitment: filing.commitment !== null,
    attachments: filing.attachmentNos.map((attachmentNo) => ({ attachmentNo })),
    replaces: filing.replaces,
    replacedBy: filing.replacedBy,
  };
}

function destinationReply(code: string) {
  return { code, name: destinationShown(destinationOf(code)) };
}

/** A filing as its person, or who holds them, sees it; officers who decide are not named. */
export function filingReply(
  filing: Filing,
  { briefs }: Overview,
  { name, tieNo }: { name: string; tieNo: string | null },
): Reply {
  const rules = remoteOn(policyOf(filing.poolingArea), today());
  const told = facts(filing, name);
  return {
    ...told,
    tieNo,
    history: filing.history.map(({ event, on, by, reason }) => ({
      event,
      on,
      by: by.hand,
      reason,
      name: by.hand === "agent" || by.hand === "provider" ? by.name : null,
    })),
    may: mayOf(filing, told.state, rules),
    lockedUntil: lockedUntil(filing, told.state, rules),
    needs: told.state === "draft" || told.state === "returned" ? needsOf(filing, briefs, rules) : null,
  };
}

function mayOf(filing: Filing, state: Reply["state"], rules: RemoteRules): Reply["may"] {
  if (state === "draft" || state === "returned") return ["submit", "withdraw"];
  if (state === "submitted") return ["withdraw"];
  if (!isInForce(state)) return [];
  const supply = state === "awaiting-proof" && !filing.proofGiven ? (["supply"] as const) : [];
  if (lockedUntil(filing, state, rules)) return [...supply];
  return groupOf(filing.kind) === "long-term" ? [...supply, "change", "end"] : ["end"];
}

function lockedUntil({ kind, from }: Filing, state: Reply["state"], rules: RemoteRules) {
  if (!isInForce(state) || groupOf(kind) !== "long-term") return null;
  const free = addMonths(from, rules.lockMonths.value);
  return today() < free ? free : null;
}

function needsOf(filing: Filing, briefs: Overview["briefs"], rules: RemoteRules): Reply["needs"] {
  const beside = briefs.filter(
    (one) =>
      one.filingNo !== filing.filingNo &&
      one.filingNo !== filing.replaces &&
      isInForce(one.state) &&
      touches(one, filing),
  );
  return {
    ...asksOf(rules.kinds[filing.kind]),
    beside: beside.map((one) => `${destinationReply(one.destination).name}（${filingKinds[one.kind].name}）照常有效`),
  };
}

/** What a kind asks for, as an answer spells it. */
export const asksOf = ({ papers: needed, commitment: { value: promise } }: RulesOfKind) => ({
  papers: needed.value.map((paper) => ({ paper, name: papers[paper] })),
  commitment: {
    accepted: promise !== "not accepted" && needed.value.length > 0,
    proofWithinMonths: typeof promise === "object" ? promise.proofWithinMonths : null,
  },
});
