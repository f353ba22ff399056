import { createHash } from "node:crypto";
import * as z from "zod";
import type { Read } from "../shared/api/endpoint.ts";
import type { EndpointName, Endpoints } from "../shared/api/endpoints.ts";
import type { Day } from "../shared/day.ts";
import { CalendarDay } from "../shared/edge.ts";
import { after } from "../shared/machine.ts";
import { answerableUntil, proposalStateNames, proposalStates } from "../shared/proposal/proposal.ts";
import { Refusal } from "../shared/refusal.ts";
import type { Officer } from "./callers/officers.ts";
import { now, today } from "./clock.ts";
import { indexKey } from "./index-key.ts";
import { key } from "./key.ts";
import { itemAt, mustBeAt } from "./read.ts";
import { waitingIn } from "./worklist.ts";
import { decideAndWrite, isNew, type Step, toPut, unchanged } from "./write.ts";

/** The calls that are proposals: their endpoints say so. */
export type TwoHanded = {
  [N in EndpointName]: Endpoints[N] extends { readonly hands: 2 } ? N : never;
}[EndpointName];

const Proposer = z.object({ officerNo: z.string(), name: z.string(), unit: z.string() });
export type Proposer = z.output<typeof Proposer>;

const Change = z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() });

/** 提议 · as it is stored: who asks for what, what it would change, and what became of it. */
export const Proposal = z.object({
  proposalNo: z.string(),
  call: z.string(),
  /** Whose matter it is: officers of this unit, or of one above it, answer. */
  unit: z.string(),
  /** Whose data it touches, where it is a person's: that somebody answered is kept with them. */
  personNo: z.string().nullable(),
  what: z.string(),
  changes: z.array(Change),
  reason: z.string(),
  /** What it was made from: where that has changed, it is not carried out. */
  seen: z.string(),
  by: Proposer,
  at: z.int(),
  until: CalendarDay,
  state: z.enum(proposalStateNames),
  answer: z.object({ by: Proposer, at: z.int(), reason: z.string() }).nullable(),
  version: z.int(),
});
export type Proposal = z.output<typeof Proposal>;

/** 打算 · what a call of two hands comes to, decided from what is now: shown to the other hand, and written if they agree. */
export interface Plan {
  readonly unit: string;
  readonly personNo?: string;
  readonly what: string;
  readonly changes: readonly z.output<typeof Change>[];
  readonly reason: string;
  /** The last day of an answer, where a week is too long. */
  readonly until?: Day;
  /** The versions of what it touches, as they were read. */
  readonly seen: readonly unknown[];
  readonly steps: readonly Step[];
}

/** Makes the plan of a call, for whoever has it in hand now: refuses where they may not, whether they propose or agree. */
export type Planner<N extends TwoHanded> = (
  said: Read<Endpoints[N]>,
  officer: Officer,
  proposer: Proposer,
) => Promise<Plan>;

/** What differs between two sets of facts, each by its name. */
export const differing = (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) =>
  Object.entries(after)
    .filter(([name, text]) => before[name] !== text)
    .map(([name, text]) => ({ name, before: before[name] ?? null, after: text }));

export const seenText = ({ seen }: Plan): string => JSON.stringify(seen);
const proposerOf = ({ officerNo, name, unit }: Proposer): Proposer => ({ officerNo, name, unit });

/** Does it wait for an answer today? */
const isWaiting = ({ state, until }: Proposal): boolean => state === "waiting" && today() <= until;

/** Nobody needs what was said longer than a month after the last day. */
const keptSeconds = 40 * 24 * 3600;

/**
 * 提出 · keeps a call as a proposal, with all that was said and what it would change; nothing else is written. The same officer's same call, while it
 * waits, is one proposal: its number is made from it.
 */
export async function propose<N extends TwoHanded>(
  call: N,
  said: Read<Endpoints[N]>,
  officer: Officer,
  planner: Planner<N>,
): Promise<{ proposalNo: string; until: Proposal["until"] }> {
  const plan = await planner(said, officer, officer);
  const { unit, personNo = null, what, changes, reason, until = answerableUntil(today()) } = plan;
  const text = JSON.stringify(said);
  const seen = seenText(plan);
  const proposalNo = createHash("sha256")
    .update(JSON.stringify([call, officer.officerNo, text, seen]))
    .digest("base64url");
  return decideAndWrite(async () => {
    const before = await itemAt(key.proposal(proposalNo), Proposal);
    if (before && isWaiting(before)) return { answer: before, steps: [] };
    const version = before?.version ?? 0;
    const proposal: Proposal = {
      proposalNo,
      call,
      unit,
      personNo,
      what,
      changes: [...changes],
      reason,
      seen,
      by: proposerOf(officer),
      at: now(),
      until,
      state: "waiting",
      answer: null,
      version: version + 1,
    };
    const expiresAt = Math.floor(now() / 1000) + keptSeconds;
    return {
      answer: proposal,
      steps: [
        toPut({ ...proposalItem(proposal), expiresAt }, version === 0 ? isNew : unchanged(version)),
        toPut({ ...key.proposalSaid(proposalNo), text, expiresAt }),
      ],
    };
  }).then(({ proposalNo, until }) => ({ proposalNo, until }));
}

/** The stored proposal; one that waits lies in the worklist of its unit. */
const proposalItem = (proposal: Proposal) => ({
  ...key.proposal(proposal.proposalNo),
  ...(proposal.state === "waiting" && indexKey.open("PROPOSALS", proposal.unit, proposal.until, proposal.proposalNo)),
  ...proposal,
});

/** A proposal by its number, or a refusal. */
export const proposalOf = (proposalNo: string): Promise<Proposal> => mustBeAt(key.proposal(proposalNo), Proposal);

/** What was said in a proposal, as it was said. */
export const saidIn = async ({ proposalNo }: Proposal): Promise<unknown> =>
  JSON.parse((await mustBeAt(key.proposalSaid(proposalNo), z.object({ text: z.string() }))).text);

/** What waits in a unit for another hand, the oldest first. */
export const proposalsIn = async (unit: string): Promise<Proposal[]> =>
  (await waitingIn("PROPOSALS", unit, Proposal)).filter(isWaiting).sort((a, b) => a.at - b.at);

/** What becomes of a proposal, and the write that keeps it; of two at once the second decides again. */
export function proposalAnswered(
  proposal: Proposal,
  event: "accept" | "return",
  by: Proposer,
  reason: string,
): { answer: Proposal; steps: Step[] } {
  const state = after(proposalStates, proposal.state, event);
  if (state === null || !isWaiting(proposal)) throw new Refusal("proposal-gone");
  const answer: Proposal = {
    ...proposal,
    state,
    answer: { by: proposerOf(by), at: now(), reason },
    version: proposal.version + 1,
  };
  return { answer, steps: [toPut(proposalItem(answer), unchanged(proposal.version))] };
}
