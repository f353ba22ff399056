import type { documents } from "../areas/documents.ts";
import { addDays, type Day } from "../day.ts";
import type { Machine } from "../machine.ts";
import { type Yuan, yuan } from "../money.ts";
import { Refusal } from "../refusal.ts";

/**
 * 协查 · one agency asks another to check a stay away. An agency outside the system is telephoned by the one that asks, which
 * logs the calls and writes the answer itself. Overdue is no state: it is read off the day.
 */
export const inquiryStates: Machine<InquiryState, InquiryEvent> = {
  asked: { name: "等接手", on: { take: "taken", withdraw: "withdrawn" } },
  taken: {
    name: "核查中",
    on: { call: "taken", "hand-back": "asked", answer: "answered", withdraw: "withdrawn" },
  },
  calling: { name: "电话核实中", on: { call: "calling", answer: "answered", withdraw: "withdrawn" } },
  answered: { name: "已答复", on: {} },
  withdrawn: { name: "已撤回", on: {} },
};

export const inquiryStateNames = ["asked", "taken", "calling", "answered", "withdrawn"] as const;
export type InquiryState = (typeof inquiryStateNames)[number];
export const inquiryEventNames = ["take", "hand-back", "call", "answer", "withdraw"] as const;
export type InquiryEvent = (typeof inquiryEventNames)[number];

/** 双方 · `sent`: the agency that asks; `received`: the one that is asked. */
export const sideNames = ["sent", "received"] as const;
export type Side = (typeof sideNames)[number];

/** Does an inquiry still wait for an answer? */
export const isOpen = (state: InquiryState): boolean => Object.keys(inquiryStates[state].on).length > 0;

/** 为什么要查 · what makes the agency doubt a stay. */
export const doubts = {
  amount: "金额较大",
  papers: "票据或材料有疑问",
  identity: "是不是本人就医有疑问",
} as const;
export type Doubt = keyof typeof doubts;
export const doubtNames = Object.keys(doubts) as [Doubt, ...Doubt[]];

/** 电话核实线 · an agency told that it telephones about bills from here on; with us it is a suggestion and no rule. */
export const verifyFrom: { readonly amount: Yuan; readonly cite: keyof typeof documents } = {
  amount: yuan("10000"),
  cite: "宁夏医疗保险座谈会发言",
};
export const isVerifySuggested = (amount: Yuan): boolean => amount >= verifyFrom.amount;

/** 核查结果 · what was found of the stay. Where there was one, every question has its answer. */
export const findings = {
  confirmed: { name: "属实", answersAll: true },
  differs: { name: "有出入", answersAll: true },
  "no-such-stay": { name: "查无此住院", answersAll: false },
  "hospital-refused": { name: "拒绝配合", answersAll: false },
} as const;
export type Finding = keyof typeof findings;
export const findingNames = Object.keys(findings) as [Finding, ...Finding[]];

/** 通话结果 · how a call to a hospital or an agency ended. */
export const callOutcomes = { reached: "问到了", refused: "拒绝配合", unreached: "没有联系上" } as const;
export type CallOutcome = keyof typeof callOutcomes;
export const callOutcomeNames = Object.keys(callOutcomes) as [CallOutcome, ...CallOutcome[]];
export const mostCalls = 60;

/** Calendar days in which an inquiry is answered. No document in hand gives them: they are ours, assumed, and shown as such. */
export const inquiryDays = 15;
/** 期限 · the last day on which what was asked on a day is answered in time. */
export const dueOn = (askedOn: Day): Day => addDays(askedOn, inquiryDays);
/** 超期 · open after its last day. */
export const isOverdue = (inquiry: Pick<Standing, "state" | "dueOn">, on: Day): boolean =>
  isOpen(inquiry.state) && on > inquiry.dueOn;

/** What decides who may do what to an inquiry. */
export interface Standing {
  readonly state: InquiryState;
  readonly askedBy: string;
  /** The agency that is asked has no officers here. */
  readonly isOutside: boolean;
  readonly owner: string | null;
  readonly dueOn: Day;
  readonly questions: number;
  readonly calls: readonly CallOutcome[];
}

/** 经手人 · an officer, the sides that they work for, and the day. */
export interface Acting {
  readonly officerNo: string;
  readonly asks: boolean;
  readonly checks: boolean;
  readonly on: Day;
}

/** Why an officer may not do something to an inquiry, or null. */
export function objection(event: InquiryEvent, inquiry: Standing, hand: Acting): Refusal | null {
  const { state } = inquiry;
  if (!isOpen(state)) return new Refusal("inquiry-over", { detail: `现在是${inquiryStates[state].name}` });
  if (inquiry.isOutside && (event === "take" || event === "hand-back")) return new Refusal("inquiry-outside");
  const askersOwn = inquiry.isOutside || event === "withdraw";
  if (!(askersOwn ? hand.asks : hand.checks)) return new Refusal("inquiry-side");
  const refused = askersOwn ? null : objectionOfChecking(event, inquiry, hand);
  if (refused) return refused;
  return event === "call" && inquiry.calls.length >= mostCalls ? new Refusal("inquiry-calls-full") : null;
}

function objectionOfChecking(
  event: InquiryEvent,
  { state, askedBy, owner, dueOn }: Standing,
  { officerNo, on }: Acting,
): Refusal | null {
  if (officerNo === askedBy) return new Refusal("inquiry-same-hand");
  if (event === "take") return state === "taken" ? new Refusal("inquiry-taken") : null;
  if (state === "asked") return new Refusal("inquiry-not-taken");
  // Nobody waits for a colleague who is ill: once the day has passed anybody puts it back.
  const isLate = event === "hand-back" && on > dueOn;
  return owner === officerNo || isLate ? null : new Refusal("inquiry-not-yours");
}

/** Why an answer cannot stand, or null: each question has its place, and what rests on a call has one that was logged. */
export function objectionToAnswer(
  { finding, answers }: { readonly finding: Finding; readonly answers: readonly string[] },
  { isOutside, questions, calls }: Pick<Standing, "isOutside" | "questions" | "calls">,
): Refusal | null {
  const isBlank = answers.some((one) => one === "");
  if (answers.length !== questions || (findings[finding].answersAll && isBlank)) return new Refusal("inquiry-answers");
  const rests = finding === "hospital-refused" ? "refused" : isOutside ? "reached" : null;
  return rests !== null && !calls.includes(rests)
    ? new Refusal("inquiry-no-call", { detail: `还没有一次“${callOutcomes[rests]}”的电话` })
    : null;
}
