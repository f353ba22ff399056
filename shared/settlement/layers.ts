import { least, minus, part, plus, rounded, type Unrounded, whole, type Yuan, zero } from "../money.ts";
import { inForce, type Rule } from "../policy/series.ts";
import { type BasicLayer, notCovered, type YearLayer } from "../policy/settlement.ts";
import type { CareType } from "../policy/table.ts";
import type { Seen } from "./claim.ts";
import { ask, bear, nameOf, type Run, step, within } from "./run.ts";
import { aboveThreshold, marginal, raise } from "./tiers.ts";
import type { Step, StepLayer } from "./trace.ts";

/** 一层待遇 · pays its part and says how. True ends the settlement: nothing follows. */
export type Layer = (run: Run) => boolean;

/**
 * 结算顺序 · the statutory order: basic, 大额, 大病, 特药, local layers, then assistance ("先保险后救助"), and what
 * guarantees leave. A fixed benefit stands in place of all others. Adding a layer is adding an entry.
 */
export const statutoryOrder: readonly Layer[] = [
  fixedBenefit,
  basic,
  criticalIllness,
  specialDrug,
  otherLayers,
  medicalAid,
  furtherAid,
  guarantee,
];

/** The care as the layers see it: a caesarean without a fixed sum is settled as an in-patient stay. */
const careOf = ({ claim: { careType } }: Run): CareType => (careType === "caesarean" ? "inpatient" : careType);

/** 剖宫产等定额: a fixed sum, at most the bill, in place of the other layers. */
function fixedBenefit(run: Run): boolean {
  if (run.claim.careType !== "caesarean") return false;
  const rule = ask(run, "caesarean", run.benefits.caesarean);
  if (rule.value === notCovered) {
    step(run, "fixedBenefit", "given", "fixedBenefitNotCovered", [], [{ rule, decided: false }], zero);
    return false;
  }
  const asked = [{ rule, decided: true }];
  run.paid.fixedBenefit = step(
    run,
    "fixedBenefit",
    "least",
    "fixedBenefit",
    [["total", run.total]],
    asked,
    least(run.total, rule.value),
  );
  return true;
}

/** Basic cover, or what another system settled in its place. */
function basic(run: Run): boolean {
  if (run.claim.elsewhere) return settledElsewhere(run);
  switch (careOf(run)) {
    case "outpatient":
      return payBasic(run, "outpatient", run.benefits.outpatient);
    case "chronic-outpatient":
      return payBasic(run, "chronic", run.benefits.chronic);
    case "inpatient":
      return payBasic(run, "inpatient", run.benefits.inpatient);
    default:
      return false;
  }
}

function settledElsewhere(run: Run): boolean {
  const { pooled, largeExpense } = run.claim.elsewhere!;
  run.paid.pooled = step(run, "pooled", "given", "pooled", [], [], pooled);
  bear(run, "pooled", "borneAfterPooled", ["pooled", pooled]);
  run.paid.largeExpense = step(run, "largeExpense", "given", "largeExpense", [], [], largeExpense);
  bear(run, "largeExpense", "borneAfterLargeExpense", ["largeExpense", largeExpense]);
  countPooled(run);
  return false;
}

/** 起付线, 比例, 封顶线, and 大额 of what the ceiling cut off. */
function payBasic(run: Run, kind: "inpatient" | "chronic" | "outpatient", layer: BasicLayer): boolean {
  const tiers = ask(run, `${kind}.tiers`, layer.tiers);
  if (tiers.value === notCovered) {
    step(run, "pooled", "given", "pooled", [], [{ rule: tiers, decided: false }], zero);
    return false;
  }
  const deductible = ask(run, `${kind}.deductible`, layer.deductible);
  const charged = least(run.inScope, deductible.value);
  run.paid.deductiblePaid = step(
    run,
    "pooled",
    "least",
    "deductiblePaid",
    [["inScope", run.inScope]],
    [{ rule: deductible, decided: charged > 0 }],
    charged,
  );
  const above = step(
    run,
    "pooled",
    "less",
    "aboveDeductible",
    [
      ["inScope", run.inScope],
      ["deductiblePaid", charged],
    ],
    [],
    minus(run.inScope, charged),
  );

  const bonus = ask(run, `${kind}.bonus`, layer.bonus);
  const raised = raise(tiers.value, bonus.value);
  const asked = [
    { rule: tiers, decided: above > 0 },
    { rule: bonus, decided: above > 0 && bonus.value > 0 },
  ];
  const atShare = step(
    run,
    "pooled",
    "tiered",
    "pooledAtShare",
    [["aboveDeductible", above]],
    asked,
    rounded(marginal(raised, zero, above)),
  );

  const outpatient = kind === "outpatient";
  const ceiling = outpatient
    ? ask(run, "outpatientCeiling", run.benefits.outpatientCeiling)
    : ask(run, "ceiling", run.benefits.ceiling);
  const used: readonly [string, Yuan] = outpatient
    ? ["outpatientBefore", run.year.outpatient]
    : ["pooledBefore", run.year.pooled];
  run.paid.pooled = within(run, "pooled", "pooled", ["pooledAtShare", atShare], used, ceiling);
  bear(run, "pooled", "borneAfterPooled", ["pooled", run.paid.pooled]);
  if (!outpatient) payLargeExpense(run, atShare);
  countPooled(run);
  return false;
}

/** 职工大额: what the ceiling cut off of the pooled payment. */
function payLargeExpense(run: Run, atShare: Yuan): void {
  const limit = ask(run, "largeExpense", run.benefits.largeExpense);
  const cut = minus(atShare, run.paid.pooled);
  if (limit.value === notCovered) {
    if (cut > 0)
      step(run, "largeExpense", "given", "largeExpenseNotCovered", [], [{ rule: limit, decided: false }], zero);
    return;
  }
  if (cut === 0) return;
  step(
    run,
    "largeExpense",
    "less",
    "cutOffByCeiling",
    [
      ["pooledAtShare", atShare],
      ["pooled", run.paid.pooled],
    ],
    [],
    cut,
  );
  const rule = limit as Rule<Yuan>;
  run.paid.largeExpense = within(
    run,
    "largeExpense",
    "largeExpense",
    ["cutOffByCeiling", cut],
    ["largeExpenseBefore", run.year.largeExpense],
    rule,
    "whenever it pays",
  );
  bear(run, "largeExpense", "borneAfterLargeExpense", ["largeExpense", run.paid.largeExpense]);
}

/** What was pooled counts towards the ceiling of its care; special drugs have none. */
function countPooled(run: Run): void {
  const { pooled, largeExpense } = run.paid;
  const care = careOf(run);
  const shared = care === "inpatient" || care === "chronic-outpatient";
  run.after = {
    ...run.after,
    pooled: plus(run.year.pooled, shared ? pooled : zero),
    outpatient: plus(run.year.outpatient, care === "outpatient" ? pooled : zero),
    largeExpense: plus(run.year.largeExpense, largeExpense),
  };
}

function criticalIllness(run: Run): boolean {
  const feeds = inForce(nameOf(run, "feedsCriticalIllness"), run.benefits.feedsCriticalIllness, run.on);
  if (!feeds.value.includes(careOf(run))) return false;
  const seen = payYearLayer(
    run,
    "criticalIllness",
    "criticalIllness",
    run.benefits.criticalIllness,
    run.year.criticalIllness,
  );
  run.paid.criticalIllness = seen.now;
  run.after = { ...run.after, criticalIllness: seen.after };
  return false;
}

function specialDrug(run: Run): boolean {
  if (run.claim.careType !== "special-drug") return false;
  const seen = payYearLayer(run, "specialDrug", "specialDrug", run.benefits.specialDrug, run.year.specialDrug);
  run.paid.specialDrug = seen.now;
  run.after = { ...run.after, specialDrug: seen.after };
  return false;
}

function otherLayers(run: Run): boolean {
  const feeds = inForce(nameOf(run, "feedsAid"), run.benefits.feedsAid, run.on);
  if (run.benefits.otherLayers.length === 0 || !feeds.value.includes(careOf(run))) return false;
  const seen = run.benefits.otherLayers.map(({ name, layer }, i) => {
    const one = payYearLayer(
      run,
      "otherLayers",
      `otherLayers.${name}`,
      layer,
      run.year.otherLayers[i] ?? { base: zero, paid: zero },
    );
    run.paid.otherLayers.push({ name, amount: one.now });
    return one.after;
  });
  run.after = { ...run.after, otherLayers: seen };
  return false;
}

function medicalAid(run: Run): boolean {
  const feeds = inForce(nameOf(run, "feedsAid"), run.benefits.feedsAid, run.on);
  if (!feeds.value.includes(careOf(run))) return false;
  const seen = payYearLayer(run, "medicalAid", "medicalAid", run.benefits.medicalAid, run.year.medicalAid);
  run.paid.medicalAid = seen.now;
  run.after = { ...run.after, medicalAid: seen.after };
  return false;
}

function furtherAid(run: Run): boolean {
  const feeds = inForce(nameOf(run, "feedsAid"), run.benefits.feedsAid, run.on);
  if (!feeds.value.includes(careOf(run))) return false;
  const seen = payYearLayer(run, "furtherAid", "furtherAid", run.benefits.furtherAid, run.year.furtherAid);
  run.paid.furtherAid = seen.now;
  run.after = { ...run.after, furtherAid: seen.after };
  return false;
}

/** 兜底: takes what the person would still bear in scope above the greatest share that the area leaves to him. */
function guarantee(run: Run): boolean {
  const care = careOf(run);
  if (care !== "inpatient" && care !== "chronic-outpatient") return false;
  const kind = care === "inpatient" ? "inpatient" : "chronic";
  const rule = ask(run, `guarantee.${kind}`, run.benefits.guarantee[kind]);
  if (rule.value === notCovered) return false;
  const taken = rounded(Math.max(0, part(run.left, whole) - part(run.inScope, rule.value)) as Unrounded);
  const inputs = [
    [run.leftName, run.left],
    ["inScope", run.inScope],
  ] as const;
  run.paid.guarantee = step(run, "guarantee", "above", "guarantee", inputs, [{ rule, decided: taken > 0 }], taken);
  bear(run, "guarantee", "borneAfterGuarantee", ["guarantee", taken]);
  return false;
}

/**
 * A layer over the year: fen(F(base after)) − fen(F(base before)) of what the person still bears, at most the limit less
 * what the layer really paid this year. A person outside it still adds to its base.
 */
function payYearLayer(
  run: Run,
  layer: StepLayer,
  name: string,
  policy: YearLayer,
  before: Seen,
): { now: Yuan; after: Seen } {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const [baseBefore, baseAfter] = [`${last}BaseBefore`, `${last}BaseAfter`];
  const base = plus(before.base, run.left);
  step(run, layer, "given", baseBefore, [], [], before.base);
  const counted: Step["inputs"] = [
    [baseBefore, before.base],
    [run.leftName, run.left],
  ];
  step(run, layer, "sum", baseAfter, counted, [], base);
  const tiers = ask(run, `${name}.tiers`, policy.tiers);
  if (tiers.value === notCovered) {
    step(run, layer, "given", last, [], [{ rule: tiers, decided: false }], zero);
    return { now: zero, after: { base, paid: before.paid } };
  }
  const threshold = ask(run, `${name}.threshold`, policy.threshold);
  const charged = least(base, threshold.value) > least(before.base, threshold.value);
  const applied = base > threshold.value && base > before.base;
  const above = aboveThreshold(tiers.value, threshold.value);
  const amount = minus(rounded(marginal(above, zero, base)), rounded(marginal(above, zero, before.base)));
  const asked = [
    { rule: threshold, decided: charged },
    { rule: tiers, decided: applied },
  ];
  const atTiers = step(
    run,
    layer,
    "tiered",
    `${last}AtTiers`,
    [
      [baseBefore, before.base],
      [baseAfter, base],
    ],
    asked,
    amount,
  );
  const limit = ask(run, `${name}.limit`, policy.limit);
  const now = within(run, layer, last, [`${last}AtTiers`, atTiers], [`${last}Before`, before.paid], limit);
  bear(run, layer, `borneAfter${last[0]!.toUpperCase()}${last.slice(1)}`, [last, now]);
  return { now, after: { base, paid: plus(before.paid, now) } };
}
