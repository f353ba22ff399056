import { addDays, type Day } from "../day.ts";
import type { Machine } from "../machine.ts";

/** 提议 · a call of two hands, as one officer made it: another one carries it out, or it is given back. */
export const proposalStates: Machine<ProposalState, ProposalEvent> = {
  waiting: { name: "待复核", on: { accept: "accepted", return: "returned" } },
  accepted: { name: "已同意", on: {} },
  returned: { name: "已退回", on: {} },
};

type ProposalState = "waiting" | "accepted" | "returned";
type ProposalEvent = "accept" | "return";
export const proposalStateNames = Object.keys(proposalStates) as [ProposalState, ...ProposalState[]];

/** 复核期限 · the last day on which a proposal is answered; a week is ours, assumed: nobody remembers longer what it was about. */
export const answerableUntil = (proposedOn: Day): Day => addDays(proposedOn, 7);
