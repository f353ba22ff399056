import type { Day } from "../day.ts";
import type { Machine } from "../machine.ts";
import type { FilingKind } from "../policy/remote.ts";

/**
 * 异地就医备案 · the states of a filing. What takes effect at once does so by rule; the rest waits for an officer. A filing by
 * commitment is in force while its paper is awaited. `changed`: another one stands in its place.
 */
export const filingStates: Machine<FilingState, FilingEvent> = {
  draft: {
    name: "草稿",
    on: {
      "take-effect": "in-force",
      "take-effect-on-commitment": "awaiting-proof",
      submit: "submitted",
      withdraw: "ended",
      expire: "expired",
    },
  },
  submitted: {
    name: "审核中",
    on: { approve: "in-force", return: "returned", refuse: "refused", withdraw: "ended" },
  },
  returned: {
    name: "退回补正",
    on: {
      "take-effect": "in-force",
      "take-effect-on-commitment": "awaiting-proof",
      submit: "submitted",
      withdraw: "ended",
      expire: "expired",
    },
  },
  "awaiting-proof": {
    name: "已生效，待补证明",
    on: {
      supply: "awaiting-proof",
      "return-proof": "awaiting-proof",
      "accept-proof": "in-force",
      change: "changed",
      end: "ended",
      revoke: "ended",
      expire: "expired",
    },
  },
  "in-force": { name: "已生效", on: { change: "changed", end: "ended", revoke: "ended", expire: "expired" } },
  refused: { name: "不予备案", on: {} },
  changed: { name: "已变更", on: {} },
  ended: { name: "已结束", on: {} },
  expired: { name: "已到期", on: {} },
};

export const filingStateNames = [
  "draft",
  "submitted",
  "returned",
  "awaiting-proof",
  "in-force",
  "refused",
  "changed",
  "ended",
  "expired",
] as const;
export type FilingState = (typeof filingStateNames)[number];
export const filingEventNames = [
  "take-effect",
  "take-effect-on-commitment",
  "submit",
  "approve",
  "return",
  "refuse",
  "withdraw",
  "supply",
  "return-proof",
  "accept-proof",
  "change",
  "end",
  "revoke",
  "expire",
] as const;
export type FilingEvent = (typeof filingEventNames)[number];

/** Is a filing of this state good for care? */
export const isInForce = (state: FilingState): boolean => state === "in-force" || state === "awaiting-proof";

/** 备案要点 · what care and overlaps ask of a filing: where, from when, until when; `until` is null where it holds until it is ended. */
export interface Brief {
  readonly filingNo: string;
  readonly kind: FilingKind;
  readonly state: FilingState;
  readonly destination: string;
  readonly from: Day;
  readonly until: Day | null;
  /** 补交证明截止: filed by commitment, it ends after this day unless the paper was supplied. */
  readonly proofBy: Day | null;
  /** The paper was supplied and waits to be looked at: nobody runs out of time by our delay. */
  readonly proofGiven: boolean;
  /** The last day on which a draft, or one that was returned, can still be submitted. */
  readonly lapsesOn: Day | null;
}

/** The last day on which a filing is good, null where there is none. */
export function lastDay({
  until,
  proofBy,
  proofGiven,
  state,
}: Pick<Brief, "until" | "proofBy" | "proofGiven" | "state">): Day | null {
  const bound = state === "awaiting-proof" && !proofGiven ? proofBy : null;
  if (bound === null) return until;
  return until === null || bound < until ? bound : until;
}

/** 当日状态 · the state on a day: what ran out is expired, whether or not anybody has written so. */
export function stateOn(brief: Brief, on: Day): FilingState {
  const { state, lapsesOn } = brief;
  const last = isInForce(state) ? lastDay(brief) : state === "draft" || state === "returned" ? lapsesOn : null;
  return last !== null && on > last ? "expired" : state;
}
