import { addDays, type Day } from "../day.ts";
import type { Machine } from "../machine.ts";

/** 用码疑点 · a use of a code that somebody doubts, until an officer has looked into it. */
export const caseStates: Machine<CaseState, CaseEvent> = {
  filed: { name: "待核查", on: { uphold: "upheld", reject: "rejected" } },
  upheld: { name: "属实", on: {} },
  rejected: { name: "不属实", on: {} },
};

type CaseState = "filed" | "upheld" | "rejected";
type CaseEvent = "uphold" | "reject";
export const caseStateNames = Object.keys(caseStates) as [CaseState, ...CaseState[]];

/** 疑点种类 · who doubts: the person, or the system when a use was handed in. */
export const caseKinds = {
  "not-mine": "本人说不是自己用的",
  "counter-twice": "同一个码在两处使用",
  "after-revocation": "停用以后离线使用",
} as const;
export type CaseKind = keyof typeof caseKinds;
export const caseKindNames = Object.keys(caseKinds) as [CaseKind, ...CaseKind[]];

/** An officer answers in so many calendar days: no document in hand gives the days, they are ours and assumed. */
const caseDays = 10;
export const caseDueOn = (filedOn: Day): Day => addDays(filedOn, caseDays);
