import { identityNames } from "../policy/identity.ts";
import type { AlternativeText, HeadingText, RoutingRuleText, RuleText, SettledText, StepText } from "./text.ts";

/** 一份轨迹的读法 · a trace as explanations read it: its steps by name, in statutory order. */
export interface Reading {
  readonly heading: HeadingText;
  readonly steps: readonly StepText[];
  readonly others: readonly AlternativeText[];
  readonly step: (name: string) => StepText | undefined;
}

export function read({ trace: [heading, ...parts] }: SettledText): Reading {
  const steps = parts.filter((one): one is StepText => "name" in one);
  const byName = new Map(steps.map((one) => [one.name, one]));
  const others = parts.filter((one): one is AlternativeText => "alternative" in one);
  return { heading, steps, others, step: (name) => byName.get(name) };
}

export const wordOf = (words: Record<string, string>, name: string): string | undefined =>
  Object.hasOwn(words, name) ? words[name] : undefined;

/** 各层的名称 · what a layer is called, by its name in the trace; a name that is Chinese already is its own word. */
export function layerWord(name: string, unknown = "另外一层保障"): string {
  return wordOf(layerWords, name) ?? (/^[\u4e00-\u9fff]+$/.test(name) ? name : unknown);
}
const layerWords: Record<string, string> = {
  fees: "费用",
  fixedBenefit: "定额补助",
  pooled: "基本医保",
  largeExpense: "职工大额补助",
  criticalIllness: "大病保险",
  specialDrug: "特药待遇",
  supplementary: "补充保险",
  medicalAid: "医疗救助",
  furtherAid: "再救助",
  guarantee: "兜底",
  total: "合计",
};

export const careWords: Record<string, string> = {
  outpatient: "普通门诊",
  "chronic-outpatient": "门诊慢特病",
  inpatient: "住院",
  "special-drug": "特药",
  caesarean: "剖宫产",
};
export const levelWords: Record<string, string> = {
  village: "村卫生室",
  township: "乡镇卫生院",
  community: "社区卫生服务机构",
  primary: "一级医院",
  secondary: "二级医院",
  tertiary: "三级医院",
};
export const identityWord = (kind: string, unknown = "另一类困难人员"): string =>
  wordOf(identityNames, kind) ?? unknown;

/** An amount as it is read aloud: 8,165元, 1,234.50元. */
export function spoken(amount: string): string {
  const [int = "", part = "00"] = amount.split(".");
  return `${int.replace(/\B(?=(\d{3})+$)/g, ",")}${part === "00" ? "" : `.${part}`}元`;
}
/** An amount of yuan as a whole number of fen, to compare. */
export const fen = (amount: string): number => Number(amount.replace(".", ""));
export const nothing = (amount: string | undefined) => amount === undefined || fen(amount) === 0;

/** A ratio or points in ten-thousandths, and as percent: "0.585" is 5850, 58.5%; "-0.2" is −2000, −20%. */
export const tenThousandths = (ratio: string): number => {
  const [int = "", part = ""] = ratio.split(".");
  return Number(int + part.padEnd(4, "0"));
};
export const percent = (ratio: number): string => `${ratio < 0 ? "−" : ""}${Math.abs(ratio) / 100}%`;

/** The rule of a step whose parameter's last word is this one: `tiers`, `threshold`, `bonus` … */
export const ruleOf = (step: StepText, leaf: string): RuleText | undefined =>
  step.rules.find((rule) => leafOf(rule) === leaf);
/** The last word of a parameter's name: "benefits.resident.medicalAid.limit/favoured" is a `limit`. */
export const leafOf = ({ parameter }: RoutingRuleText): string => parameter.split("/")[0]!.split(".").at(-1)!;
export const caseOf = ({ parameter }: RoutingRuleText): string => parameter.split("/")[1] ?? "";
/** Parameters whose value is a ratio; "0.05" alone could be five fen. */
const ratios = ["bonus", "remoteUpfront", "inpatient", "chronic"];
const isRatio = (rule: RoutingRuleText | undefined): boolean =>
  rule !== undefined && ratios.includes(leafOf(rule)) && /^-?\d+(\.\d+)?$/.test(String(rule.value));
/** A rule's ratio as percent, "" where it has none; its amount, 0.00 where it has none. */
export const ratioOf = (rule: RoutingRuleText): string =>
  isRatio(rule) ? percent(tenThousandths(String(rule.value))) : "";
export const amountOf = (rule: RoutingRuleText | undefined): string =>
  typeof rule?.value === "string" && !isRatio(rule) && /^\d+\.\d{2}$/.test(rule.value) ? rule.value : "0.00";

/** The tiers of a rule; of another form, none. */
export const tiersOf = (rule: RoutingRuleText | undefined): { from: string; share: string }[] =>
  Array.isArray(rule?.value)
    ? rule.value.filter((one) => typeof one === "object" && "from" in one && "share" in one)
    : [];

/** Whether a rule takes points off. */
export const isCut = (rule: RoutingRuleText | undefined): boolean =>
  rule !== undefined && leafOf(rule) === "bonus" && isRatio(rule) && tenThousandths(String(rule.value)) < 0;

/** The parts of an amount that fall into the tiers of a step: from one amount to another, above the threshold. */
export function segments(step: StepText, from: string, to: string): { low: string; high: string; share: number }[] {
  const tiers = tiersOf(ruleOf(step, "tiers"));
  const bonus = ruleOf(step, "bonus");
  const more = isRatio(bonus) ? tenThousandths(String(bonus?.value)) : 0;
  const floor = greater(from, amountOf(ruleOf(step, "threshold")));
  return tiers.flatMap((tier, i) => {
    const next = tiers[i + 1];
    const low = greater(floor, tier.from);
    const high = next && fen(next.from) < fen(to) ? next.from : to;
    return fen(high) > fen(low)
      ? [{ low, high, share: Math.max(0, Math.min(10_000, tenThousandths(tier.share) + more)) }]
      : [];
  });
}
const greater = (a: string, b: string) => (fen(a) > fen(b) ? a : b);
