import {
  amountOf,
  careWords,
  caseOf,
  fen,
  identityWord,
  isCut,
  layerWord,
  leafOf,
  nothing,
  percent,
  type Reading,
  ratioOf,
  read,
  ruleOf,
  segments,
  tenThousandths,
  tiersOf,
  wordOf,
} from "./reading.ts";
import type { RoutingRuleText, RuleText, SettledText, SplitText, StepText } from "./text.ts";

/**
 * 依据表的一行 · one step, or one more rule of the step above (its `formula` and `result` are empty then). Everything is text:
 * amounts in yuan, `from` a day, `standing` 载明, 推算 or 假定; `decided`: the rule decided the amount.
 */
export interface ClauseRow {
  readonly layer: string;
  readonly item: string;
  readonly formula: string;
  readonly result: string;
  readonly parameter: string;
  /** The parameter's full name, to look it up in the published policy. */
  readonly code: string;
  readonly value: string;
  readonly from: string;
  readonly cite: string;
  readonly standing: string;
  readonly decided: boolean;
  readonly note: string;
}

const itemWords: Record<string, string> = {
  total: "费用总额",
  outsideCatalogue: "目录外",
  overPriceCap: "超限价",
  upfront: "先行自付",
  inScopeAtHome: "符合范围金额（移出异地先行自付以前）",
  remoteUpfront: "异地先行自付",
  inScope: "符合政策范围金额",
  upfrontInAll: "先行自付合计",
  fixedBenefit: "定额补助",
  fixedBenefitNotCovered: "定额补助",
  deductiblePaid: "起付标准（实付）",
  aboveDeductible: "起付标准以上",
  pooledAtShare: "按比例计算",
  pooled: "统筹基金支付",
  cutOffByCeiling: "封顶线以上",
  largeExpenseNotCovered: "职工大额",
  pooledBefore: "本年统筹基金已支付",
  outpatientBefore: "本年门诊统筹已支付",
  fundsTotal: "基金支付合计",
  patientTotal: "个人负担",
};
const endings: readonly (readonly [string, (layer: string) => string])[] = [
  ["BaseBefore", () => "本年此前累计"],
  ["BaseAfter", () => "累计至本次"],
  ["AtTiers", () => "按分段比例计算"],
  ["Before", (layer) => `本年${layer}已支付`],
];

/** What a step gives, in words; a name that nobody here knows stands for itself. */
function itemOf({ name, layer }: StepText): string {
  const known = wordOf(itemWords, name);
  if (known) return known;
  if (name.startsWith("borneAfter")) return "仍由个人负担";
  const ending = endings.find(([end]) => name.endsWith(end));
  if (ending) return ending[1](layerWord(name.slice(0, -ending[0].length)));
  return layer === "otherLayers" || wordOf(itemWords, layer) === undefined ? `${layerWord(name)}支付` : name;
}

const kindWords: Record<string, string> = {
  inpatient: "住院",
  chronic: "门诊慢特病",
  outpatient: "普通门诊",
  deductible: "起付标准",
  threshold: "起付标准",
  tiers: "支付比例",
  bonus: "加成",
  limit: "年度限额",
  ceiling: "年度封顶线",
  outpatientCeiling: "门诊年度限额",
  caesarean: "剖宫产定额",
  largeExpense: "职工大额年度限额",
  remoteUpfront: "异地先行自付比例",
  guarantee: "兜底后个人最多负担：",
  feedsCriticalIllness: "计入大病保险的费用",
  feedsAid: "计入医疗救助的费用",
};
const caseWords: Record<string, string> = {
  everybody: "",
  others: "其他人",
  listed: "名单上的人",
  favoured: "特困、低保、返贫致贫",
  "close-to-poverty": "低保边缘、监测对象",
  "level-1": "一级及以下",
  "level-2": "二级",
  "level-2-children": "二级，儿童",
  "level-3": "三级",
  township: "乡镇卫生院",
  "reformed-level-1": "已改革的一级及以下",
  "third-stay": "第三次及以上住院",
  "aged-fourth-stay": "70岁以上第四次及以上住院",
  "children-fourth-stay": "6岁以下第四次及以上住院",
  transferred: "转诊转院后",
  delivery: "住院分娩",
  "delivery-level-1-2": "住院分娩，二级及以下",
  "delivery-level-3": "住院分娩，三级",
  caesarean: "剖宫产",
  "caesarean-level-1-2": "剖宫产，二级及以下",
  "caesarean-level-3": "剖宫产，三级",
  "in-county": "县域内",
  "in-city": "市内",
  "in-province": "省内",
  "in-the-area": "统筹区内",
  "at-home-or-in-province": "本市或省内",
  "out-of-province": "省外",
  "back-home": "长期备案人员回参保地",
  "long-term": "省外，长期备案",
  referral: "省外，转诊",
  emergency: "省外，急诊抢救",
  "not-filed": "省外，没有备案",
  temporary: "省外，其他临时外出",
  "level-1-family-doctor": "一级及以下，签约家庭医生",
  "registered-poor-in-county": "建档立卡，县域内",
  "minors-diseases": "未成年人所列病种",
  "thirteen-diseases": "所列病种",
  "family-doctor": "签约家庭医生",
  minors: "未成年人",
  retired: "退休",
  working: "在职",
};

/** 参数的中文名 · "benefits.resident.criticalIllness.threshold/favoured" is 大病保险起付标准（特困、低保、返贫致贫）. */
function parameterWord(rule: RoutingRuleText): string {
  const path = rule.parameter.split("/")[0]!.split(".").slice(2);
  const cut = (name: string) => (name === "bonus" && isCut(rule) ? "比例扣减" : undefined);
  const names = path
    .filter((name) => name !== "otherLayers")
    .map((name) => cut(name) ?? wordOf(kindWords, name) ?? layerOf(name));
  const line = caseOf(rule);
  const which = wordOf(caseWords, line) ?? identityWord(line, line);
  return `${names.join("")}${which && `（${which}）`}`;
}
const layerOf = (name: string) => layerWord(name, name);

/** A rule's value for an officer. */
function valueText(rule: RoutingRuleText): string {
  const { value } = rule;
  const tiers = tiersOf(rule);
  if (tiers.length > 0) {
    const share = (one: string) => percent(tenThousandths(one));
    return tiers.length === 1 && fen(tiers[0]!.from) === 0
      ? share(tiers[0]!.share)
      : tiers.map((tier) => `${tier.from}起${share(tier.share)}`).join("，");
  }
  if (value === "not covered") return "无此待遇";
  if (value === "no limit") return "不设限额";
  if (Array.isArray(value)) return value.map((one) => wordOf(careWords, String(one)) ?? String(one)).join("、");
  if (isCut(rule)) return ratioOf(rule).replace("%", "个百分点");
  return ratioOf(rule) || (typeof value === "string" ? value : JSON.stringify(value));
}

const standings: Record<string, string> = { stated: "载明", derived: "推算", assumed: "假定" };
const basis = (rule: RuleText | (RoutingRuleText & { decided?: undefined })) => ({
  parameter: parameterWord(rule),
  code: rule.parameter,
  value: valueText(rule),
  from: rule.from,
  cite: rule.cite,
  standing: wordOf(standings, rule.standing) ?? rule.standing,
  decided: rule.decided ?? false,
  note: rule.note,
});
const noBasis = { parameter: "", code: "", value: "", from: "", cite: "", standing: "", decided: false, note: "" };

/** Σ part × share of an amount from nothing: "(100000.00 − 7000.00) × 65% + 20000.00 × 70%". */
function marginal(step: StepText, to: string): string {
  const parts = segments(step, "0.00", to).map(({ low, high, share }) => `${less(high, low)} × ${percent(share)}`);
  const threshold = amountOf(ruleOf(step, "threshold"));
  return parts.join(" + ") || (nothing(threshold) ? to : `${to} ≤ 起付标准 ${threshold}`);
}
const less = (high: string, low: string) => (nothing(low) ? high : `(${high} − ${low})`);

/** How a step comes to its result, with its real numbers. */
function formulaOf(step: StepText, { step: found }: Reading): string {
  const { op, name, rules } = step;
  const inputs = Object.values(step.inputs);
  const [a = "0.00", b = "0.00"] = inputs;
  const [rule] = rules;
  const value = rule ? valueText(rule) : "";
  switch (op) {
    case "given":
      if (value) return value;
      if (name.endsWith("Before")) return "本年此前各次之和";
      return step.layer === "fees" ? "费用单据" : "别处已结算";
    case "less":
      return [a, ...inputs.slice(1).filter((one) => !nothing(one))].join(" − ");
    case "sum":
      return inputs.filter((one) => !nothing(one)).join(" + ") || "0.00";
    case "least":
      return `${a} 与 ${value} 取小`;
    case "portion":
      return `${a} × ${value}`;
    case "tiered": {
      if (inputs.length > 1) {
        if (segments(step, "0.00", a).length === 0) return marginal(step, b);
        return `[${marginal(step, b)}] − [${marginal(step, a)}]（各自舍入到分）`;
      }
      const above = found("aboveDeductible");
      const [whole, ...shares] = segments(step, "0.00", a);
      const spelt = above && whole && shares.length === 0 && above.result === a;
      if (!spelt) return marginal(step, a);
      const [inScope = a, deductible = "0.00"] = Object.values(above.inputs);
      return `${less(inScope, deductible)} × ${percent(whole.share)}`;
    }
    case "within":
      if (rule?.value === "no limit") return `${a}（不设限额）`;
      return `${a} 与 ${less(value, b)} 取小`;
    case "above":
      return `${a} − ${b} × ${value}，不低于0`;
    default:
      return inputs.join("、");
  }
}

/** Whether a step says something: a fact that is there, a payment, a rule that was asked. */
function matters({ name, op, inputs, rules, result }: StepText): boolean {
  if (rules.length > 0 || name === "total" || name === "inScope") return true;
  if (op === "given") return !nothing(result) || name === "pooled";
  const [, paid] = Object.values(inputs);
  if (name.endsWith("BaseAfter")) return !nothing(Object.values(inputs)[0]);
  return !name.startsWith("borneAfter") || !nothing(paid);
}

/** A rule that adds nothing and was never in question is left out: no bonus, no up-front share of care in the city. */
const telling = (rule: RuleText, { heading: { facts } }: Reading) =>
  rule.value !== "0" || (leafOf(rule) === "remoteUpfront" && !["in-county", "in-city"].includes(facts.place));

function rowsOf(step: StepText, reading: Reading): ClauseRow[] {
  const rules = step.rules.filter((rule) => telling(rule, reading));
  const [first, ...others] = rules;
  const where = {
    layer: layerWord(step.layer === "otherLayers" ? otherLayer(step.name) : step.layer),
    item: itemOf(step),
  };
  const formula = formulaOf(step, reading);
  return [
    { ...where, formula, result: step.result, ...(first ? basis(first) : noBasis) },
    ...others.map((rule) => ({ ...where, formula: "", result: "", ...basis(rule) })),
  ];
}
const otherLayer = (name: string) => {
  const bare = name.replace(/(BaseBefore|BaseAfter|AtTiers|Before)$/, "").replace(/^borneAfter/, "");
  return bare.charAt(0).toLowerCase() + bare.slice(1);
};

/** A fee line: how much of it is outside, over its cap, and paid up front. */
function lineRow({ code, class: kind, price, quantity, priceCap, upfrontShare, result }: SplitText): ClauseRow {
  const parts = [
    `${price} × ${quantity}`,
    ...(nothing(result.outsideCatalogue) ? [] : [`目录外${result.outsideCatalogue}`]),
    ...(nothing(result.overPriceCap) ? [] : [`超限价（${priceCap}）${result.overPriceCap}`]),
    ...(nothing(result.upfront) ? [] : [`先行自付（${percent(tenThousandths(upfrontShare))}）${result.upfront}`]),
  ];
  const classes: Record<string, string> = { A: "甲类", B: "乙类", C: "丙类" };
  return {
    layer: layerWord("fees"),
    item: `明细 ${code}（${classes[kind]}）`,
    formula: parts.join("，"),
    result: result.total ?? "",
    ...noBasis,
  };
}

/**
 * 给经办人员看的依据表 · the fee lines, the steps that matter in statutory order with the rule of each, the identities that
 * were not taken, and which care counts towards which layer; made from the trace alone.
 */
export function clauses(claim: SettledText): ClauseRow[] {
  const reading = read(claim);
  const { steps, others, heading } = reading;
  const lines = claim.trace.filter((one): one is SplitText => "op" in one && one.op === "split");
  const instead = others.map(({ alternative, patientTotal }) => ({
    layer: "身份",
    item: `如按${identityWord(alternative)}`,
    formula: "就高不重复，未采用",
    result: patientTotal,
    ...noBasis,
  }));
  const routing = heading.rules.map((rule) => ({
    layer: "计入范围",
    item: "",
    formula: "",
    result: "",
    ...basis(rule),
  }));
  return [
    ...lines.map(lineRow),
    ...steps.filter(matters).flatMap((one) => rowsOf(one, reading)),
    ...instead,
    ...routing,
  ];
}
