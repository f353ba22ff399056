import type { Day } from "../day.ts";
import type { Yuan } from "../money.ts";
import { inForce, type Rule, type Series } from "./series.ts";
import type { Filing, Place } from "./table.ts";

/** 备案人员类别 · who files, by its Chinese name, the group it belongs to, and what `settle` takes it for (医保发〔2022〕22号 第七条). */
export const filingKinds = {
  "retired-elsewhere": { name: "异地安置退休", who: "退休后户口迁到外地定居", group: "long-term" },
  "living-elsewhere": { name: "异地长期居住", who: "长期住在外地，比如跟着子女生活", group: "long-term" },
  "working-elsewhere": { name: "常驻异地工作", who: "长期在外地打工、上班", group: "long-term" },
  referral: { name: "异地转诊", who: "医院开了转诊证明，去外地看病", group: "referral" },
  emergency: { name: "异地急诊抢救", who: "在外地突发急病，正在抢救", group: "emergency" },
  temporary: { name: "其他临时外出", who: "临时外出看病、旅游、探亲", group: "temporary" },
} as const satisfies Record<string, { name: string; who: string; group: Exclude<Filing, "none"> }>;
export type FilingKind = keyof typeof filingKinds;
export const filingKindNames = Object.keys(filingKinds) as [FilingKind, ...FilingKind[]];

/** What `settle` takes a filing of a kind for. */
export const groupOf = (kind: FilingKind): Exclude<Filing, "none"> => filingKinds[kind].group;

/** 证明材料 · what can be asked for in support of a filing. */
export const papers = {
  "household-register-there": "就医地的户口簿首页和本人页",
  "residence-permit": "就医地的居住证或居住证明",
  "work-contract": "劳动合同，或用人单位的派出证明",
  "referral-letter": "医院开的转诊转院证明",
  "emergency-record": "急诊病历或抢救记录",
} as const;
export type Paper = keyof typeof papers;
export const paperNames = Object.keys(papers) as [Paper, ...Paper[]];

/** 一类人员的规定 · any one of the papers will do; none listed asks for none. */
export interface KindRules {
  readonly papers: Series<readonly Paper[]>;
  /** 承诺书 in place of a paper: months in which the paper is to follow, or that it never has to; or that it is not taken. */
  readonly commitment: Series<{ readonly proofWithinMonths: number } | "no paper follows" | "not accepted">;
  /** How long a filing is good for. */
  readonly months: Series<number | "open">;
}

/**
 * 异地就医备案 · what a pooling area asks of somebody who is treated away, and what a filing is good for. What a filing changes of
 * the payment stands with the benefits (`remoteUpfront`, `bonus`, `tiers`), not here.
 */
export interface RemotePolicy {
  /** Where nobody has to file. */
  readonly exempt: Series<readonly Place[]>;
  readonly kinds: { readonly [K in FilingKind]: KindRules };
  /** 变更限制: months after a long-term filing began in which it is neither changed nor ended. */
  readonly lockMonths: Series<number>;
  /** 双向待遇: whoever filed for long is also treated at home. */
  readonly bothWays: Series<boolean>;
  /** Which hospitals at the destination count. */
  readonly providers: Series<"networked there" | "networked at any level">;
  /** 补办: filed before the discharge is settled, a stay is settled at the hospital as if it had been filed before. */
  readonly lateBeforeDischarge: Series<boolean>;
  /** 补办: filed after one paid oneself, the care may still be claimed by hand. */
  readonly lateAfterDischarge: Series<boolean>;
  /** How many days before today a filing may begin. */
  readonly backwardsDays: Series<number>;
  /** How many days from today on a filing may begin. */
  readonly aheadDays: Series<number>;
  /** 承诺办结: calendar days in which an officer decides. */
  readonly decidedWithinDays: Series<number>;
  readonly verifiedFrom: Series<VerifiedFrom | "not stated">;
}

/** 逐笔核实 · the cost, included, from which a stay or an out-patient visit away is checked with the hospital (协查). */
interface VerifiedFrom {
  readonly stay: Yuan;
  readonly visit: Yuan;
}

/** 当日规定 · every rule of a policy for filings on a day, by the same names, each with its standing and its article. */
export type RemoteRules = RulesOf<RemotePolicy>;
export type RulesOfKind = RulesOf<KindRules>;
type RulesOf<T> = { readonly [K in keyof T]: T[K] extends Series<infer V> ? Rule<V> : RulesOf<T[K]> };

/** The rules for filings of an area on a day; throws `NoRuleInForce` where it is silent. */
export function remoteOn({ remote }: { readonly remote: RemotePolicy }, on: Day): RemoteRules {
  const read = (value: unknown, name: string): unknown =>
    Array.isArray(value)
      ? inForce(name, value, on)
      : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, read(inner, `${name}.${key}`)]));
  return read(remote, "remote") as RemoteRules;
}
