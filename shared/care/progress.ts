import type { Day } from "../day.ts";
import { minus, most, text, type Yuan, yuan, zero } from "../money.ts";
import type { IdentityKind } from "../policy/identity.ts";
import { benefitsOf, decide, type Named, type Parameter } from "../policy/parameters.ts";
import { firstDay, type Policy } from "../policy/policy.ts";
import type { Rule } from "../policy/series.ts";
import { type Benefits, noLimit, notCovered, type YearLayer } from "../policy/settlement.ts";
import type { CareType } from "../policy/table.ts";
import { type Claim, factsOf, nothing, type Person, type Seen, type Year } from "../settlement/claim.ts";
import { layerWord, spoken } from "../settlement/reading.ts";
import { identitiesFor, settle } from "../settlement/settle.ts";

/** 进度条 · how far a person's year has come towards one threshold or limit, and the rule that sets it. */
export interface Bar {
  /** The layer as traces name it, or `outpatient` for its own yearly limit. */
  readonly layer: string;
  readonly kind: "threshold" | "limit";
  readonly name: string;
  readonly used: Yuan;
  readonly bound: Yuan;
  /** What may still come before the threshold is passed, or what may still be paid; never below 0. */
  readonly left: Yuan;
  readonly sentence: string;
  readonly rule: Rule;
}

interface Progress {
  /** The identity that the bars are for, and all that are in force on the day. */
  readonly identity: IdentityKind | null;
  readonly identities: readonly IdentityKind[];
  readonly bars: readonly Bar[];
}

/**
 * 年度进度 · the bars of a person's year on a day, in statutory order: what they have borne towards each threshold, what was paid
 * of each limit. The rules are those for care in their own county; a layer that they do not have has no bar.
 */
export function progress(person: Person, year: Year, policy: Policy, on: Day): Progress {
  const benefits = benefitsOf(policy, "resident");
  if (!benefits || on < firstDay(policy)) return { identity: null, identities: [], bars: [] };
  const identities = identitiesFor(person, on, policy);
  const identity = takenOf(identities, person, year, policy, on);
  const asking = (careType: CareType) => {
    const facts = factsOf(person, atHome(person, on, careType, zero), year, identity);
    return <T>(parameter: Parameter<T>): Rule<T> => decide(parameter, facts, on);
  };
  return { identity, identities, bars: barsOf(benefits, year, asking) };
}

/** Enough to come to every layer. */
const muchCost = yuan("300000");

/** Of several identities the one that `settle` takes for a long stay at home; they compete anew in each claim. */
function takenOf(identities: readonly IdentityKind[], person: Person, year: Year, policy: Policy, on: Day) {
  if (identities.length < 2) return identities[0] ?? null;
  return settle(person, atHome(person, on, "inpatient", muchCost), year, policy, "resident").identity;
}

/** Care in a level 2 hospital of one's own county. */
const atHome = ({ homeCounty }: Person, on: Day, careType: CareType, total: Yuan): Claim => ({
  careType,
  admittedOn: on,
  dischargedOn: on,
  level: "secondary",
  county: homeCounty,
  reformed: false,
  filing: "none",
  transferred: false,
  disease: "",
  fees: { total, outsideCatalogue: zero, overPriceCap: zero, upfront: zero },
  elsewhere: null,
});

type Ask = <T>(parameter: Parameter<T>) => Rule<T>;

function barsOf(benefits: Named<Benefits>, year: Year, asking: (careType: CareType) => Ask): Bar[] {
  const [stay, visit, drug] = [asking("inpatient"), asking("outpatient"), asking("special-drug")];
  const outpatient = visit(benefits.outpatient.tiers).value !== notCovered;
  return [
    ...(outpatient ? limitBar("outpatient", "门诊全年限额", year.outpatient, visit(benefits.outpatientCeiling)) : []),
    ...limitBar("pooled", "基本医保封顶线", year.pooled, stay(benefits.ceiling)),
    ...yearBars("criticalIllness", benefits.criticalIllness, year.criticalIllness, stay),
    // Few people need these drugs: for the others the bar would only be in the way.
    ...(year.specialDrug.base > 0 ? yearBars("specialDrug", benefits.specialDrug, year.specialDrug, drug) : []),
    ...benefits.otherLayers.flatMap(({ name, layer }, i) =>
      yearBars(name, layer, year.otherLayers[i] ?? nothing, stay),
    ),
    ...yearBars("medicalAid", benefits.medicalAid, year.medicalAid, stay),
    ...yearBars("furtherAid", benefits.furtherAid, year.furtherAid, stay),
  ];
}

/** The threshold and the limit of a layer over the year; none where the person does not have the layer. */
function yearBars(layer: string, { threshold, tiers, limit }: Named<YearLayer>, seen: Seen, ask: Ask): Bar[] {
  if (ask(tiers).value === notCovered) return [];
  const name = layerWord(layer);
  return [
    ...thresholdBar(layer, `${name}起付线`, seen.base, ask(threshold)),
    ...limitBar(layer, `${name}全年限额`, seen.paid, ask(limit)),
  ];
}

const aids = ["medicalAid", "furtherAid"];
const verbOf = (layer: string) => (aids.includes(layer) ? "付" : "报");

function thresholdBar(layer: string, name: string, used: Yuan, rule: Rule<Yuan>): Bar[] {
  const bound = rule.value;
  if (bound === 0) return [];
  const left = most(zero, minus(bound, used));
  const [who, verb] = [layerWord(layer), verbOf(layer)];
  const sofar = used > 0 ? `今年由您负担、能算进来的已有${said(used)}，` : "今年还没有能算进来的费用，";
  const sentence =
    left > 0
      ? `${sofar}还差${said(left)}到起付线；超过的部分${who}开始${verb}。`
      : `${sofar}已经到了起付线${said(bound)}，再多的部分${who}按比例${verb}。`;
  return [{ layer, kind: "threshold", name, used, bound, left, sentence, rule }];
}

function limitBar(layer: string, name: string, used: Yuan, rule: Rule<Yuan | typeof noLimit>): Bar[] {
  const bound = rule.value;
  if (bound === noLimit) return [];
  const left = most(zero, minus(bound, used));
  const verb = verbOf(layer);
  const sofar = used > 0 ? `今年已经${verb}了${said(used)}，` : `今年还没有${verb}过，`;
  const sentence =
    left > 0 ? `${sofar}还能${verb}${said(left)}。` : `今年已经${verb}满${said(bound)}，不能再${verb}了。`;
  return [{ layer, kind: "limit", name, used, bound, left, sentence, rule }];
}

const said = (amount: Yuan) => spoken(text(amount));
