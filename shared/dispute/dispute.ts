import { addDays, type Day } from "../day.ts";
import type { Machine } from "../machine.ts";

/** 争议 · a person says of a claim in their name that it is not theirs, or that its amounts are wrong; an officer answers. */
export const disputeStates: Machine<DisputeState, DisputeEvent> = {
  filed: { name: "已提交", on: { take: "taken", withdraw: "withdrawn" } },
  taken: {
    name: "处理中",
    on: { "hand-back": "filed", uphold: "upheld", reject: "rejected", withdraw: "withdrawn" },
  },
  upheld: { name: "成立", on: {} },
  rejected: { name: "不成立", on: {} },
  withdrawn: { name: "已撤回", on: {} },
};

export type DisputeState = "filed" | "taken" | "upheld" | "rejected" | "withdrawn";
export type DisputeEvent = "take" | "hand-back" | "uphold" | "reject" | "withdraw";
export const disputeStateNames = Object.keys(disputeStates) as [DisputeState, ...DisputeState[]];
export const disputeEventNames = [
  "take",
  "hand-back",
  "uphold",
  "reject",
  "withdraw",
] as const satisfies DisputeEvent[];

/** Does a dispute still wait for somebody? */
export const isOpen = (state: DisputeState): boolean => Object.keys(disputeStates[state].on).length > 0;

/**
 * 争议种类 · what is said of a claim, and in how many calendar days the agency answers. No document in hand gives the days:
 * they are ours, assumed, and shown as such.
 */
export const disputeKinds = {
  "not-mine": { name: "不是我的费用", days: 10 },
  amount: { name: "金额有疑问", days: 20 },
} as const;
export type DisputeKind = keyof typeof disputeKinds;
export const disputeKindNames = Object.keys(disputeKinds) as [DisputeKind, ...DisputeKind[]];

/** 期限 · the last day on which a dispute filed on a day is answered in time. */
export const dueOn = (kind: DisputeKind, filedOn: Day): Day => addDays(filedOn, disputeKinds[kind].days);

/**
 * 处理结果 · what becomes of a claim whose dispute was upheld: taken back at once, or put right outside it once it was cleared
 * or once later claims were computed on it.
 */
export const remedies = {
  reversed: "这笔结算已经撤销",
  recovery: "这笔费用已经和医院清算，不能直接撤销，由医保部门另行追回、更正",
  correction: "后面还有接着这笔累计结算的费用，不能直接撤销，由医保部门和医院逐笔更正",
} as const;
export type Remedy = keyof typeof remedies;
export const remedyNames = Object.keys(remedies) as [Remedy, ...Remedy[]];
