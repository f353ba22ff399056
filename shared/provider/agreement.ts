import type { Machine } from "../machine.ts";

/** 定点协议 · from the application to its end: who records, who evaluates and who decides are three officers (受审分离). */
export const agreementStates: Machine<AgreementState, AgreementEvent> = {
  applied: { name: "已申请，待评估", on: { evaluate: "reviewed", refuse: "refused", withdraw: "withdrawn" } },
  reviewed: { name: "已评估，待决定", on: { approve: "in-force", refuse: "refused", withdraw: "withdrawn" } },
  "in-force": { name: "协议生效", on: { suspend: "suspended", end: "ended", expire: "expired" } },
  suspended: { name: "已中止", on: { resume: "in-force", end: "ended", expire: "expired" } },
  expired: { name: "协议到期", on: { apply: "applied" } },
  ended: { name: "已解除", on: { apply: "applied" } },
  refused: { name: "未通过", on: { apply: "applied" } },
  withdrawn: { name: "已撤回", on: { apply: "applied" } },
};

export type AgreementState =
  | "applied"
  | "reviewed"
  | "in-force"
  | "suspended"
  | "expired"
  | "ended"
  | "refused"
  | "withdrawn";
export type AgreementEvent =
  | "apply"
  | "evaluate"
  | "approve"
  | "refuse"
  | "withdraw"
  | "suspend"
  | "resume"
  | "end"
  | "expire";
export const agreementStateNames = Object.keys(agreementStates) as [AgreementState, ...AgreementState[]];

/** While an agreement is asked for or runs, what is registered may change. */
export const alive: readonly AgreementState[] = ["applied", "reviewed", "in-force", "suspended"];

/** 经过 · everything that can be kept in a provider's history, and how it is told. */
export const providerEvents = {
  apply: "登记申请",
  evaluate: "评估通过",
  approve: "同意定点",
  refuse: "不通过",
  withdraw: "撤回申请",
  suspend: "中止协议",
  resume: "恢复协议",
  end: "解除协议",
  takeover: "导入已生效的协议，待另一人决定",
  change: "变更登记",
  "open-key": "发放密钥",
  "end-key": "停用密钥",
} as const;
export type ProviderEvent = keyof typeof providerEvents;
export const providerEventNames = Object.keys(providerEvents) as [ProviderEvent, ...ProviderEvent[]];
