import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { within } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Officer } from "../callers/officers.ts";
import { type Proposal, proposalAnswered, proposalOf, proposalsIn, saidIn, seenText } from "../proposal.ts";
import { decideAndWrite } from "../write.ts";
import { actOf } from "./acts.ts";

/** Has the officer one of the roles that the proposed call asks for? */
function isForRole({ roles }: Officer, proposal: Proposal): boolean {
  const { caller } = actOf(proposal).spec;
  return caller.audience === "officer" && caller.roles.some((role) => roles.includes(role));
}

/** What waits for an officer, or was proposed by them: of their unit, and of calls that are theirs to make. */
export const proposalsFor = async (officer: Officer): Promise<Proposal[]> =>
  (await proposalsIn(officer.unit)).filter((one) => isForRole(officer, one));

/** A proposal that an officer may answer: of their unit and role; any other does not exist for them. */
export async function proposalFor(officer: Officer, proposalNo: string): Promise<Proposal> {
  const proposal = await proposalOf(proposalNo);
  if (!within(proposal.unit, officer.unit)) throw new Refusal("not-found");
  if (!isForRole(officer, proposal)) throw new Refusal("role-missing");
  return proposal;
}

const isBy = (officer: Officer, who: { readonly officerNo: string } | undefined) =>
  officer.officerNo === who?.officerNo;

/**
 * 同意 · another hand has exactly what was proposed carried out, where all that it touches is as it was: the answer and what
 * follows are written together. Agreed to again by the same hand it is answered.
 */
export const agreeTo = (proposalNo: string, officer: Officer): Promise<Proposal> =>
  decideAndWrite(async () => {
    const proposal = await proposalOf(proposalNo);
    if (isBy(officer, proposal.by)) throw new Refusal("proposal-same-hand");
    if (proposal.state === "accepted" && isBy(officer, proposal.answer?.by)) return { answer: proposal, steps: [] };
    const { answer, steps } = proposalAnswered(proposal, "accept", officer, "");
    const plan = await actOf(proposal).plan(await saidIn(proposal), officer, proposal.by);
    if (seenText(plan) !== proposal.seen) throw new Refusal("proposal-moved");
    return { answer, steps: [...steps, ...plan.steps] };
  });

/** 退回 · nothing is carried out; whoever proposed it may take it back so, too. */
export const giveBackProposal = (proposalNo: string, officer: Officer, reason: string): Promise<Proposal> =>
  decideAndWrite(async () => {
    const proposal = await proposalOf(proposalNo);
    if (proposal.state === "returned" && isBy(officer, proposal.answer?.by)) return { answer: proposal, steps: [] };
    return proposalAnswered(proposal, "return", officer, reason);
  });

/** How an answer spells a proposal. */
export function proposalReply(proposal: Proposal, officer: Officer): Answer<Endpoints["proposals.answer"]> {
  const { proposalNo, call, what, changes, reason, by, at, until, state } = proposal;
  const { title } = actOf(proposal).spec;
  return { proposalNo, call, title, what, changes, reason, by: by.name, mine: isBy(officer, by), at, until, state };
}
