import { policyOf } from "../../shared/areas/areas.ts";
import { addDays, type Day } from "../../shared/day.ts";
import {
  type FilingEvent,
  type FilingState,
  filingStates,
  isInForce,
  lastDay,
  stateOn,
} from "../../shared/filing/filing.ts";
import { mustBeUnlocked, mustStandAlone } from "../../shared/filing/rules.ts";
import { after } from "../../shared/machine.ts";
import type { FilingChange } from "../../shared/messages.ts";
import type { Happening } from "../../shared/outbox.ts";
import { groupOf, remoteOn } from "../../shared/policy/remote.ts";
import { Refusal } from "../../shared/refusal.ts";
import { attachmentsFor, usingSteps } from "../attachments/store.ts";
import { now, today } from "../clock.ts";
import type { Hand } from "../hand.ts";
import { toOutbox } from "../outbox.ts";
import { decideAndWrite, type Step } from "../write.ts";
import {
  briefOf,
  changedFiling,
  changedOverview,
  type Filing,
  filingOf,
  type Overview,
  overviewOf,
  waitsFor,
} from "./store.ts";

/** A draft, or one that was returned, is kept so many days; ours, no document says. */
export const keptDays = 30;

/** Why nothing more can be done with a filing of this state. */
export const stateRefusal = ({ state }: Filing) =>
  new Refusal("filing-state", { detail: `现在是${filingStates[state].name}` });

/** What a person is told where a filing comes to a state. */
export const toldOf: Partial<Record<FilingState, FilingChange>> = {
  submitted: "submitted",
  "in-force": "in-force",
  "awaiting-proof": "awaiting-proof",
  returned: "returned",
  refused: "refused",
  ended: "ended",
  expired: "expired",
};

/** All that is written when a filing becomes another: it, what it takes the place of, the overview, what is told and counted. */
export async function moved(
  before: Filing,
  next: Filing,
  overview: Overview,
  told: FilingChange | undefined,
): Promise<Step[]> {
  const on = today();
  const begins = !isInForce(before.state) && isInForce(next.state);
  const old = begins && next.replaces ? await replacedBy(next, on) : null;
  const group = groupOf(next.kind);
  const happenings: Happening[] = told
    ? [
        {
          kind: "told",
          personNo: next.personNo,
          on,
          fact: { about: "filing", filingNo: next.filingNo, change: told, version: next.version },
        },
      ]
    : [];
  if (begins && group !== "emergency") {
    const counted = group === "long-term" ? "longTerm" : group;
    happenings.push({ kind: "filed", village: next.village, destination: next.destination, group: counted });
  }
  return [
    changedFiling(before, next),
    ...(old ? [changedFiling(old.before, old.next)] : []),
    changedOverview(next.personNo, overview, old ? [old.next, next] : [next], on),
    ...(happenings.length > 0 ? [toOutbox(happenings)] : []),
  ];
}

/** The filing that another one takes the place of, before and after: it was good until yesterday. */
async function replacedBy(filing: Filing, on: Day): Promise<{ before: Filing; next: Filing } | null> {
  const before = await filingOf(filing.personNo, filing.replaces!);
  const state = after(filingStates, before.state, "change");
  // It is over by now, written or not: nothing is left to be replaced.
  if (state === null || !isInForce(stateOn(briefOf(before), on))) return null;
  const event = { event: "change" as const, on, at: now(), by: filing.filedBy, reason: "" };
  const next: Filing = {
    ...before,
    state,
    until: addDays(on, -1),
    proofBy: null,
    dueOn: null,
    replacedBy: filing.filingNo,
    history: [...before.history, event],
    version: before.version + 1,
  };
  return { before, next };
}

/** What happens to a filing by somebody's hand, and what it changes besides the state. */
interface Move {
  readonly event: FilingEvent;
  readonly by: Hand;
  readonly reason?: string;
  readonly change?: (filing: Filing, on: Day) => Partial<Filing>;
  /** Refuses whoever may not; asked of the filing as it was read. */
  readonly allowed?: (filing: Filing) => void;
  readonly told?: FilingChange;
  readonly also?: (filing: Filing) => Promise<readonly Step[]>;
}

/** 变更 · moves a filing along its machine; the same by the same hand again is answered and changes nothing. */
const move = (personNo: string, filingNo: string, what: Move | ((filing: Filing) => Move)): Promise<Filing> =>
  decideAndWrite(async () => {
    const [filing, overview] = await Promise.all([filingOf(personNo, filingNo), overviewOf(personNo)]);
    const last = filing.history.at(-1);
    const { event, by, reason = "", change, allowed, told, also } = typeof what === "function" ? what(filing) : what;
    if (last?.event === event && last.by.no === by.no && last.reason === reason && isResult(filing, event))
      return { answer: filing, steps: [] };
    allowed?.(filing);
    const on = today();
    // What ran out is expired, whether or not the sweep has been there.
    const state =
      event === "expire" || stateOn(briefOf(filing), on) !== "expired"
        ? after(filingStates, filing.state, event)
        : null;
    if (state === null) throw stateRefusal(filing);
    const next: Filing = {
      ...filing,
      dueOn: null,
      ...change?.(filing, on),
      state,
      history: [...filing.history, { event, on, at: now(), by, reason }],
      version: filing.version + 1,
    };
    if (!isInForce(filing.state) && isInForce(state)) mustStandAlone(briefOf(next), overview.briefs, on, next.replaces);
    return {
      answer: next,
      steps: [...(await moved(filing, next, overview, told)), ...((await also?.(filing)) ?? [])],
    };
  });

/** Is a filing as this event leaves it? A paper that was supplied can be supplied again once it was sent back. */
const isResult = ({ state, proofGiven }: Filing, event: FilingEvent): boolean => {
  const before = (Object.keys(filingStates) as FilingState[]).some((from) => filingStates[from].on[event] === state);
  return before && (event !== "supply" || proofGiven) && (event !== "return-proof" || !proofGiven);
};

/** 撤回、结束 · by the person or who holds him: before it counted it is withdrawn, afterwards it ends today. */
export const end = (personNo: string, filingNo: string, by: Hand): Promise<Filing> =>
  move(personNo, filingNo, (filing) => {
    const inForce = isInForce(filing.state) || (filing.state === "ended" && filing.history.at(-1)?.event === "end");
    if (!inForce) return { event: "withdraw", by, change: () => ({ lapsesOn: null }) };
    const brief = briefOf(filing);
    return {
      event: "end",
      by,
      told: "ended",
      change: (read, on) => ({ until: earlierOf(lastDay(briefOf(read)), on), proofBy: null }),
      allowed: () => mustBeUnlocked(brief, remoteOn(policyOf(filing.poolingArea), today()), today()),
    };
  });

/** 补交证明 · the papers that a commitment stood in for; while they wait to be looked at nothing runs out. */
export const supply = (
  personNo: string,
  filingNo: string,
  attachmentNos: readonly string[],
  by: Hand,
): Promise<Filing> =>
  move(personNo, filingNo, (filing) => ({
    event: "supply",
    by,
    reason: "",
    allowed: ({ proofGiven }) => {
      if (proofGiven) throw stateRefusal(filing);
    },
    change: (_, on) => ({
      proofGiven: true,
      attachmentNos: [...attachmentNos],
      mend: [],
      dueOn: addDays(on, remoteOn(policyOf(filing.poolingArea), on).decidedWithinDays.value),
    }),
    also: async () => usingSteps(await attachmentsFor(personNo, attachmentNos, "filing-paper", filingNo), filingNo),
  }));

/** What an officer decides. */
type Decision =
  | { readonly what: "approve" }
  | { readonly what: "return"; readonly mend: readonly string[] }
  | { readonly what: "refuse" | "revoke"; readonly reason: string };

/** So many days are given at the least to supply a paper anew. */
const againDays = 30;

/** 审核 · an officer decides on what waits: the application, or a paper that was supplied. Never on what he filed himself. */
export const decide = (
  personNo: string,
  filingNo: string,
  { version, ...decision }: Decision & { readonly version: number },
  by: Hand,
): Promise<Filing> =>
  move(personNo, filingNo, (filing) => {
    const proof = filing.state === "awaiting-proof" || filing.history.at(-1)?.event.endsWith("proof") === true;
    const reason = "reason" in decision ? decision.reason : "";
    const allowed = (read: Filing) => {
      if (read.filedBy.no === by.no) throw new Refusal("filing-own");
      if (read.version !== version) throw new Refusal("try-again");
      if (decision.what !== "revoke" && waitsFor(read) === null) throw stateRefusal(read);
      if (proof && decision.what === "refuse") throw stateRefusal(read);
    };
    const said = { by, reason, allowed };
    switch (decision.what) {
      case "approve":
        return proof
          ? {
              ...said,
              event: "accept-proof",
              told: "proof-accepted",
              change: () => ({ proofBy: null, proofGiven: false, mend: [] }),
            }
          : { ...said, event: "approve", told: "in-force", change: begun };
      case "return":
        return proof
          ? {
              ...said,
              event: "return-proof",
              told: "proof-returned",
              change: (read, on) => ({
                proofGiven: false,
                mend: [...decision.mend],
                proofBy: laterOf(read.proofBy, addDays(on, againDays)),
              }),
            }
          : {
              ...said,
              event: "return",
              told: "returned",
              change: (_, on) => ({ mend: [...decision.mend], lapsesOn: addDays(on, keptDays) }),
            };
      case "refuse":
        return { ...said, event: "refuse", told: "refused", change: () => ({ reason }) };
      case "revoke":
        return {
          ...said,
          event: "revoke",
          told: "revoked",
          change: (_, on) => ({ reason, until: on, proofBy: null, proofGiven: false }),
        };
    }
  });

const earlierOf = (a: Day | null, b: Day): Day => (a !== null && a < b ? a : b);
const laterOf = (a: Day | null, b: Day): Day => (a !== null && a > b ? a : b);

/** A change begins on the day on which it is approved, so that no day lies between the two. */
const begun = ({ replaces, from }: Filing, on: Day): Partial<Filing> => (replaces && from < on ? { from: on } : {});

/** 到期 · writes that a filing is over, if it is. */
export const expire = (personNo: string, filingNo: string): Promise<Filing> =>
  move(personNo, filingNo, (filing) => ({
    event: "expire",
    by: { hand: "rule", no: "", name: null },
    told: isInForce(filing.state) ? "expired" : undefined,
    change: (read) => ({ until: isInForce(read.state) ? lastDay(briefOf(read)) : read.until, lapsesOn: null }),
    allowed: (read) => {
      const last = read.lapsesOn ?? lastDay(briefOf(read));
      if (last === null || today() <= last) throw stateRefusal(read);
    },
  }));
