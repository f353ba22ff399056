import { dayShown } from "../day.ts";
import { text } from "../money.ts";
import { type FilingKind, filingKinds, papers, type RemoteRules, type RulesOfKind } from "../policy/remote.ts";
import type { Rule } from "../policy/series.ts";
import type { Filing, Place } from "../policy/table.ts";
import type { FilingState } from "./filing.ts";

/** 承诺书 · every wording that was ever signed in place of a paper, by its version; a new wording is a new version. */
export const commitments: Readonly<Record<string, readonly string[]>> = {
  "2025-11": [
    "我填的都是真的：我确实长期在备案的地方居住或者工作。",
    "我会在期限以前补交证明材料；逾期没有补交，备案到期停止。",
    "如果填的不是真的，我愿意退回多报销的钱，并承担相应的责任。",
  ],
};
/** The version that is signed today. */
export const commitment = { version: "2025-11", sentences: commitments["2025-11"]! } as const;

/** How a filing is called that `settle` knows. */
export const filingWords: Readonly<Record<Filing, string>> = {
  none: "不备案",
  "long-term": "按长期异地备案",
  referral: "按异地转诊备案",
  temporary: "按临时外出备案",
  emergency: "按急诊抢救",
};

const placeWords: Readonly<Record<Place, string>> = {
  "in-county": "本县（市、区）",
  "in-city": "本市",
  "in-province": "本省",
  "out-of-province": "外省",
};

/** 规定 · one rule that counts today, in words. */
interface RuleRow extends Omit<Rule, "parameter" | "value"> {
  /** The kind that it is for; null where it is for every one. */
  readonly kind: FilingKind | null;
  readonly name: string;
  readonly text: string;
}

const row = <T>(name: string, rule: Rule<T>, words: (value: T) => string, kind: FilingKind | null = null): RuleRow => ({
  kind,
  name,
  text: words(rule.value),
  from: rule.from,
  cite: rule.cite,
  standing: rule.standing,
  note: rule.note,
});

function promiseWords(value: RulesOfKind["commitment"]["value"]): string {
  if (value === "not accepted") return "不能";
  return value === "no paper follows" ? "不用补交材料" : `可以，${value.proofWithinMonths}个月内补交材料`;
}

/** 规定一览 · every rule for filings, in words, each with its article; those of one kind alone where a kind is named. */
export function ruleRows(rules: RemoteRules, kind: FilingKind): RuleRow[] {
  const { papers: needed, commitment: promise, months } = rules.kinds[kind];
  return [
    row("不用备案的地方", rules.exempt, (value) => value.map((one) => placeWords[one]).join("、")),
    row(
      `${filingKinds[kind].name}的证明材料`,
      needed,
      (value) => (value.length === 0 ? "不要材料" : `任意一种：${value.map((one) => papers[one]).join("；")}`),
      kind,
    ),
    row(`${filingKinds[kind].name}能不能用承诺书代替`, promise, promiseWords, kind),
    row(
      `${filingKinds[kind].name}的有效期`,
      months,
      (value) => (value === "open" ? "长期有效" : `${value}个月，期内可以多次就医`),
      kind,
    ),
    row("变更和结束", rules.lockMonths, (value) => `长期备案生效${value}个月后可以变更、结束`),
    row("回参保地看病", rules.bothWays, (value) => (value ? "长期备案后也可以" : "长期备案后不可以")),
    row("就医地的医院", rules.providers, (value) =>
      value === "networked there" ? "备案到城市，当地联网的定点医院都可以" : "国家、省、市各级联网的定点医院都可以",
    ),
    row("已经住院再补办", rules.lateBeforeDischarge, (value) => (value ? "出院结算前补办，医院直接结算" : "不能补办")),
    row("出院自费后补办", rules.lateAfterDischarge, (value) => (value ? "可以补办，再手工报销" : "不能补办")),
    row("开始日期", rules.backwardsDays, (value) => `最早可以从${value}天前算起`),
    row("要逐笔核实的金额", rules.verifiedFrom, (value) =>
      value === "not stated" ? "没有规定" : `住院${text(value.stay)}元、门诊${text(value.visit)}元起`,
    ),
    row("审核时间", rules.decidedWithinDays, (value) => `要人工审核的，${value}天内办完`),
  ];
}

/** What a state means for the person, and what comes next. */
export function stateSentence(
  state: FilingState,
  facts: { from: string; until: string | null; dueOn: string | null; proofBy: string | null; proofGiven: boolean },
): string {
  const on = (day: string | null) => (day ? dayShown(day as Parameters<typeof dayShown>[0]) : "");
  switch (state) {
    case "draft":
      return "还没有提交，可以接着填。";
    case "submitted":
      return `已经提交，最晚${on(facts.dueOn)}有结果。正在住院的，出院结算前办好就来得及。`;
    case "returned":
      return "有地方要补正，改好后再提交一次就行。";
    case "awaiting-proof":
      return facts.proofGiven
        ? `已经生效，补交的证明正在看，最晚${on(facts.dueOn)}有结果。`
        : `已经生效，可以去看病。请在${on(facts.proofBy)}以前补交证明材料，逾期备案停止。`;
    case "in-force":
      return `${on(facts.from)}起有效${facts.until ? `，到${on(facts.until)}` : "，长期有效"}。看病时出示医保码、身份证或社保卡。`;
    case "refused":
      return "没有通过，原因见下面。有疑问请拨打12393。";
    case "changed":
      return "已经换成新的备案，以新的为准。";
    case "ended":
      return "已经结束，不再算数。";
    case "expired":
      return "已经到期。还要在那里看病的，请再备案一次。";
  }
}
