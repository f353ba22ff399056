import type { Day } from "../day.ts";
import type { Yuan } from "../money.ts";
import type { Policy } from "./policy.ts";
import { assumed, inForce, type Rule, type Series, stated } from "./series.ts";
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
export interface VerifiedFrom {
  readonly stay: Yuan;
  readonly visit: Yuan;
}

/** Earlier than the first day of every area, so that a national value never cuts an area short. */
const always = "2009-01-01";
const notice = "医保发〔2022〕22号";
/** Filings and direct settlement away as the notice has them; the day from which it applies was not read. */
const since = "2022-01-01";
const before = "2022年通知以前的备案规定没有文件在手；按现行的办";

const kind = (
  needed: readonly Paper[],
  cite: string,
  commitment: KindRules["commitment"],
  months: KindRules["months"],
): KindRules => ({
  papers: [assumed(always, before, needed), stated(since, cite, needed, "施行日未读到，按文号当年")],
  commitment,
  months,
});

const promised: KindRules["commitment"] = [
  assumed(always, "以承诺书代替证明材料见医保发〔2022〕22号第八条；多久补交证明没有文件给出，按网页所述的6个月", {
    proofWithinMonths: 6,
  }),
];
const notPromised: KindRules["commitment"] = [
  assumed(always, "没有文件允许这一类用承诺书代替证明材料", "not accepted"),
];
const nothingAsked: KindRules["commitment"] = [assumed(always, "这一类不要证明材料，无须承诺", "no paper follows")];
const open: KindRules["months"] = [
  assumed(always, "长期备案长期有效（清远、金华等地网页转述，国家原文未读到）", "open"),
];
const halfYear: KindRules["months"] = [
  assumed(always, "临时备案有效期原则上不少于6个月，期内可多次就医（清远、金华等地网页转述）；按6个月", 6),
];

const settled = ["household-register-there", "residence-permit"] as const;

/** 国家规则 · what an area inherits where it has nothing of its own (医保发〔2022〕22号, as reported article by article). */
export const nationalRemote: RemotePolicy = {
  exempt: [assumed(always, "统筹区内就医不用备案；省内跨市是否免备案由各地定，没有当地文件", ["in-county", "in-city"])],
  kinds: {
    "retired-elsewhere": kind(settled, `${notice} 第八条`, promised, open),
    "living-elsewhere": kind(settled, `${notice} 第八条`, promised, open),
    "working-elsewhere": kind(["work-contract"], `${notice} 第八条`, promised, open),
    referral: kind(["referral-letter"], `${notice} 第八条`, notPromised, halfYear),
    emergency: {
      papers: [
        assumed(always, before, []),
        stated<readonly Paper[]>(since, `${notice} 第八条`, [], "“视同已备案”；医院按急诊上传，不用本人申请"),
      ],
      commitment: nothingAsked,
      months: halfYear,
    },
    temporary: {
      papers: [assumed(always, "其他临时外出不要证明材料（国家原文未读到）", [])],
      commitment: nothingAsked,
      months: halfYear,
    },
  },
  lockMonths: [assumed(always, "变更或取消的间隔由各地定，一般不超过6个月（网页说法不一）；按6个月", 6)],
  bothWays: [assumed(always, "长期备案后也可以回参保地就医（金华网页转述）；按可以", true)],
  providers: [
    assumed(always, before, "networked there"),
    stated(since, `${notice} 通知三(一)`, "networked there", "备案到就医地市或直辖市，当地开通的联网定点机构都可以"),
  ],
  lateBeforeDischarge: [
    assumed(always, before, true),
    stated(since, `${notice} 第十六条`, true, "出院结算前补办备案的，医院应当直接结算"),
  ],
  lateAfterDischarge: [assumed(always, "出院自费结算后补办备案、再手工报销（揭阳网页转述）；按可以", true)],
  backwardsDays: [assumed(always, "补办备案最早从哪天算起没有文件给出；按当年内不超过90天", 90)],
  aheadDays: [assumed(always, "最早提前多少天备案没有文件给出；按30天", 30)],
  decidedWithinDays: [assumed(always, "审核期限没有文件给出；按5天", 5)],
  verifiedFrom: [assumed(always, "没有文件规定多少钱以上要逐笔核实", "not stated")],
};

/** 当日规定 · every rule of a policy for filings on a day, by the same names, each with its standing and its article. */
export type RemoteRules = RulesOf<RemotePolicy>;
export type RulesOfKind = RulesOf<KindRules>;
type RulesOf<T> = { readonly [K in keyof T]: T[K] extends Series<infer V> ? Rule<V> : RulesOf<T[K]> };

/** The rules for filings of an area on a day; throws `NoRuleInForce` where it is silent. */
export function remoteOn({ remote }: Policy, on: Day): RemoteRules {
  const read = (value: unknown, name: string): unknown =>
    Array.isArray(value)
      ? inForce(name, value, on)
      : Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, read(inner, `${name}.${key}`)]));
  return read(remote, "remote") as RemoteRules;
}
