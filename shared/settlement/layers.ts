import { plus, type Yuan, zero } from "../money.ts";
import type { Named, Parameter } from "../policy/parameters.ts";
import type { Rule } from "../policy/series.ts";
import { type BasicLayer, type NotCovered, notCovered, type YearLayer } from "../policy/settlement.ts";
import type { CareType } from "../policy/table.ts";
import { nothing, type Seen, type Year } from "./claim.ts";
import {
  above,
  amountOf,
  ask,
  given,
  less,
  paid,
  type Run,
  shareOf,
  smaller,
  sum,
  tiered,
  tieredOverYear,
  within,
} from "./run.ts";
import type { StepLayer } from "./trace.ts";

/** 一层待遇 · pays its part and says how. One that stands `insteadOfAll` ends the settlement where it is given. */
interface Layer {
  readonly layer: StepLayer;
  readonly pay: (run: Run) => void;
  readonly insteadOfAll?: true;
}

/**
 * 结算顺序 · the statutory order: basic, 大额, 大病, 特药, local layers, then assistance ("先保险后救助"), and what
 * guarantees leave. A fixed benefit stands in place of all others. Adding a layer is adding an entry.
 */
export const statutoryOrder: readonly Layer[] = [
  { layer: "fixedBenefit", pay: fixedBenefit, insteadOfAll: true },
  { layer: "pooled", pay: basic },
  { layer: "largeExpense", pay: largeExpense },
  { layer: "criticalIllness", pay: criticalIllness },
  { layer: "specialDrug", pay: specialDrug },
  { layer: "otherLayers", pay: otherLayers },
  { layer: "medicalAid", pay: medicalAid },
  { layer: "furtherAid", pay: furtherAid },
  { layer: "guarantee", pay: guarantee },
];

/** 符合政策范围金额: what is left of the bill, less 异地先行自付, before any layer sees it. */
export function fees(run: Run): void {
  const { total, outsideCatalogue, overPriceCap, upfront } = run.claim.fees;
  given(run, "total", total);
  given(run, "outsideCatalogue", outsideCatalogue);
  given(run, "overPriceCap", overPriceCap);
  given(run, "upfront", upfront);
  const outside = ["outsideCatalogue", "overPriceCap", "upfront"];
  const remote = ask(run, run.benefits.remoteUpfront);
  // What another system settled, it settled after moving.
  if (remote.value === 0 || run.claim.elsewhere) {
    less(run, "inScope", "total", outside, [{ rule: remote, decided: false }]);
    return;
  }
  less(run, "inScopeAtHome", "total", outside);
  shareOf(run, "remoteUpfront", "inScopeAtHome", remote);
  less(run, "inScope", "inScopeAtHome", ["remoteUpfront"]);
  sum(run, "upfrontInAll", ["upfront", "remoteUpfront"]);
}

export function totals(run: Run): void {
  sum(run, "fundsTotal", run.funds);
  less(run, "patientTotal", "total", ["fundsTotal"]);
}

/** The care as the layers see it: a caesarean without a fixed sum is settled as an in-patient stay. */
const careOf = ({ claim: { careType } }: Run): CareType => (careType === "caesarean" ? "inpatient" : careType);

/** Whether a rule covers the claim; where it does not, the trace says so under the name. */
function covers<T>(run: Run, rule: Rule<T | NotCovered>, name: string): rule is Rule<T> {
  if (rule.value !== notCovered) return true;
  given(run, name, zero, rule);
  return false;
}

/** 剖宫产等定额: a fixed sum, at most the bill, in place of the other layers. */
function fixedBenefit(run: Run): void {
  if (run.claim.careType !== "caesarean") return;
  const rule = ask(run, run.benefits.caesarean);
  if (!covers(run, rule, "fixedBenefitNotCovered")) return;
  if (smaller(run, "fixedBenefit", "total", rule) > 0) run.funds.push("fixedBenefit");
}

/** Basic cover, or what another system settled in its place. */
function basic(run: Run): void {
  const { benefits, claim, year } = run;
  if (claim.elsewhere) {
    given(run, "pooled", claim.elsewhere.pooled);
    paid(run, "pooled");
    return;
  }
  const care = careOf(run);
  if (care === "outpatient")
    payBasic(run, benefits.outpatient, benefits.outpatientCeiling, ["outpatientBefore", year.outpatient]);
  if (care === "chronic-outpatient") payBasic(run, benefits.chronic, benefits.ceiling, ["pooledBefore", year.pooled]);
  if (care === "inpatient") payBasic(run, benefits.inpatient, benefits.ceiling, ["pooledBefore", year.pooled]);
}

/** 起付线, 比例, 封顶线. */
function payBasic(
  run: Run,
  layer: Named<BasicLayer>,
  ceiling: Run["benefits"]["ceiling"],
  [used, before]: readonly [string, Yuan],
): void {
  const tiers = ask(run, layer.tiers);
  if (!covers(run, tiers, "pooled")) return;
  smaller(run, "deductiblePaid", "inScope", ask(run, layer.deductible));
  less(run, "aboveDeductible", "inScope", ["deductiblePaid"]);
  tiered(run, "pooledAtShare", "aboveDeductible", tiers, ask(run, layer.bonus));
  given(run, used, before);
  within(run, "pooled", ["pooledAtShare", used], ask(run, ceiling));
  paid(run, "pooled");
}

/** 职工大额: what the ceiling cut off of the pooled payment. */
function largeExpense(run: Run): void {
  const { elsewhere } = run.claim;
  if (elsewhere) {
    given(run, "largeExpense", elsewhere.largeExpense);
    paid(run, "largeExpense");
    return;
  }
  if (careOf(run) === "outpatient" || amountOf(run, "pooledAtShare") === amountOf(run, "pooled")) return;
  const limit = ask(run, run.benefits.largeExpense);
  if (!covers(run, limit, "largeExpenseNotCovered")) return;
  less(run, "cutOffByCeiling", "pooledAtShare", ["pooled"]);
  given(run, "largeExpenseBefore", run.year.largeExpense);
  within(run, "largeExpense", ["cutOffByCeiling", "largeExpenseBefore"], limit, "whenever it pays");
  paid(run, "largeExpense");
}

/** Whether the claim's care counts towards a yearly layer. */
const feeds = (run: Run, which: Parameter<readonly CareType[]>) => ask(run, which).value.includes(careOf(run));

function criticalIllness(run: Run): void {
  const { benefits, year } = run;
  if (!feeds(run, benefits.feedsCriticalIllness)) return;
  payYearLayer(run, "criticalIllness", benefits.criticalIllness, year.criticalIllness);
}

function specialDrug(run: Run): void {
  if (run.claim.careType !== "special-drug") return;
  payYearLayer(run, "specialDrug", run.benefits.specialDrug, run.year.specialDrug);
}

function otherLayers(run: Run): void {
  const { benefits, year } = run;
  if (benefits.otherLayers.length === 0 || !feeds(run, benefits.feedsAid)) return;
  benefits.otherLayers.forEach(({ name, layer }, i) => {
    payYearLayer(run, name, layer, year.otherLayers[i] ?? nothing);
  });
}

function medicalAid(run: Run): void {
  const { benefits, year } = run;
  if (feeds(run, benefits.feedsAid)) payYearLayer(run, "medicalAid", benefits.medicalAid, year.medicalAid);
}

function furtherAid(run: Run): void {
  const { benefits, year } = run;
  if (feeds(run, benefits.feedsAid)) payYearLayer(run, "furtherAid", benefits.furtherAid, year.furtherAid);
}

/** 兜底: takes what the person would still bear in scope above the greatest share that the area leaves to them. */
function guarantee(run: Run): void {
  const care = careOf(run);
  if (care !== "inpatient" && care !== "chronic-outpatient") return;
  const rule = ask(run, run.benefits.guarantee[care === "inpatient" ? "inpatient" : "chronic"]);
  if (rule.value === notCovered) return;
  above(run, "guarantee", [run.left, "inScope"], rule as Rule<typeof rule.value>);
  paid(run, "guarantee");
}

/**
 * A layer over the year: fen(F(base after)) − fen(F(base before)) of what the person still bears, at most the limit less
 * what the layer really paid this year. A person outside it still adds to its base.
 */
function payYearLayer(run: Run, name: string, layer: Named<YearLayer>, before: Seen): void {
  const { baseBefore, baseAfter, atTiers, paidBefore } = yearNames(name);
  given(run, baseBefore, before.base);
  sum(run, baseAfter, [baseBefore, run.left]);
  const tiers = ask(run, layer.tiers);
  if (!covers(run, tiers, name)) return;
  tieredOverYear(run, atTiers, [baseBefore, baseAfter], tiers, ask(run, layer.threshold));
  given(run, paidBefore, before.paid);
  within(run, name, [atTiers, paidBefore], ask(run, layer.limit));
  paid(run, name);
}

const namesOf = (name: string) => ({
  baseBefore: `${name}BaseBefore`,
  baseAfter: `${name}BaseAfter`,
  atTiers: `${name}AtTiers`,
  paidBefore: `${name}Before`,
});
const namesKnown = new Map<string, ReturnType<typeof namesOf>>();

/** Layers are few and the same each time, so their names are put together once. */
function yearNames(name: string): ReturnType<typeof namesOf> {
  const known = namesKnown.get(name) ?? namesOf(name);
  namesKnown.set(name, known);
  return known;
}

/** The year after the claim. What was pooled counts towards the ceiling of its care; special drugs have none. */
export function yearAfter(run: Run): Year {
  const { benefits, claim, year } = run;
  const care = careOf(run);
  const pooled = amountOf(run, "pooled");
  const seen = (name: string, before: Seen): Seen => {
    const base = run.known.get(yearNames(name).baseAfter);
    return base === undefined ? before : { base, paid: plus(before.paid, amountOf(run, name)) };
  };
  return {
    stays: claim.careType === "inpatient" ? year.stays + 1 : year.stays,
    pooled: care === "inpatient" || care === "chronic-outpatient" ? plus(year.pooled, pooled) : year.pooled,
    outpatient: care === "outpatient" ? plus(year.outpatient, pooled) : year.outpatient,
    largeExpense: plus(year.largeExpense, amountOf(run, "largeExpense")),
    criticalIllness: seen("criticalIllness", year.criticalIllness),
    specialDrug: seen("specialDrug", year.specialDrug),
    otherLayers: benefits.otherLayers.map(({ name }, i) => seen(name, year.otherLayers[i] ?? nothing)),
    medicalAid: seen("medicalAid", year.medicalAid),
    furtherAid: seen("furtherAid", year.furtherAid),
  };
}
