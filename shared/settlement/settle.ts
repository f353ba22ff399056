import type { Day } from "../day.ts";
import { minus, plus, portion, type Yuan, zero } from "../money.ts";
import { parametersOf } from "../policy/check.ts";
import { type IdentityKind, identitiesOn } from "../policy/identity.ts";
import { firstDay, type Policy } from "../policy/policy.ts";
import { inForce, NoRuleInForce, type Rule } from "../policy/series.ts";
import type { Benefits } from "../policy/settlement.ts";
import { decide, type Scheme } from "../policy/table.ts";
import { type Claim, factsOf, type Person, type Year } from "./claim.ts";
import { statutoryOrder } from "./layers.ts";
import type { Paid, Run } from "./run.ts";
import type { Heading, Step } from "./trace.ts";

/** 结算结果 · what each layer pays for one claim, what the person pays, why, and the year afterwards. */
export interface Settlement extends Paid {
  readonly total: Yuan;
  readonly outsideCatalogue: Yuan;
  readonly overPriceCap: Yuan;
  readonly upfront: Yuan;
  readonly inScope: Yuan;
  readonly fundsTotal: Yuan;
  readonly patientTotal: Yuan;
  /** True when an assumed parameter decided an amount of this claim. */
  readonly assumed: boolean;
  /** The identity taken, and all those in force in the order listed. */
  readonly identity: IdentityKind | null;
  readonly identities: readonly IdentityKind[];
  readonly heading: Heading;
  readonly steps: readonly Step[];
  /** What the other identities would have left the person to pay, and how. */
  readonly alternatives: readonly Settlement[];
  readonly after: Year;
}

/**
 * 结算 · one claim of one person in one year: basic, 大病 and assistance in one pass, every amount to the fen with its rule.
 *
 * The insured area's rules on the day of discharge apply; of several identities the one that leaves the person paying
 * least, one for all layers, the first listed on a tie (就高不重复). Never refuses: it throws `NoRuleInForce` where policy
 * is silent. `year` is the calendar year of discharge before this claim.
 */
export function settle(person: Person, claim: Claim, year: Year, policy: Policy, scheme: Scheme): Settlement {
  const on = claim.dischargedOn;
  if (on < firstDay(policy)) throw new NoRuleInForce("begins", on);
  const listed = identitiesFor(person, on, policy);
  const candidates = listed.length > 0 ? listed : [null];
  const settled = candidates.map((identity) => settleAs(identity, person, claim, year, policy, scheme));
  const chosen = settled.reduce((best, one) => (one.patientTotal < best.patientTotal ? one : best));
  return { ...chosen, identities: listed, alternatives: settled.filter((one) => one !== chosen) };
}

/**
 * The identities with benefit on a day, in the order listed. 因病致贫 is for people in none of the other groups: beside one
 * that the area has a rule for it is ignored; an identity that the area has no rule for changes nothing.
 */
export function identitiesFor(person: Person, on: Day, policy: Policy): IdentityKind[] {
  if (person.identities.length === 0) return [];
  const timing = inForce("identityTiming", policy.identityTiming, on);
  const kinds = [...new Set(identitiesOn(person.identities, on, timing.value))];
  const ruled = kinds.filter((kind) => kind !== "illness-impoverished" && ruledIdentities(policy).has(kind));
  return ruled.length > 0 ? kinds.filter((kind) => kind !== "illness-impoverished") : kinds;
}

const ruled = new WeakMap<Policy, ReadonlySet<IdentityKind>>();

/** The identities that some rule of an area's benefits names. */
function ruledIdentities(policy: Policy): ReadonlySet<IdentityKind> {
  const known = ruled.get(policy);
  if (known) return known;
  const named = parametersOf(policy).flatMap(({ cases }) => cases.flatMap(({ when }) => when.identity ?? []));
  const made = new Set(named);
  ruled.set(policy, made);
  return made;
}

function settleAs(
  identity: IdentityKind | null,
  person: Person,
  claim: Claim,
  year: Year,
  policy: Policy,
  scheme: Scheme,
): Settlement {
  const on = claim.dischargedOn;
  const benefits = policy.benefits?.[scheme];
  if (!benefits) throw new NoRuleInForce(`benefits.${scheme}`, on);
  const facts = factsOf(person, claim, year, identity);
  const { total, outsideCatalogue, overPriceCap } = claim.fees;
  const given = (name: string, result: Yuan): Step => ({
    layer: "fees",
    op: "given",
    name,
    inputs: [],
    asked: [],
    result,
  });
  const steps: Step[] = [
    given("total", total),
    given("outsideCatalogue", outsideCatalogue),
    given("overPriceCap", overPriceCap),
    given("upfront", claim.fees.upfront),
  ];

  // 异地先行自付 moves money from in scope to the person's own before any layer sees it.
  const remote = decide(`benefits.${scheme}.remoteUpfront`, benefits.remoteUpfront, facts, on);
  let upfront = claim.fees.upfront;
  let inScope = minus(total, outsideCatalogue, overPriceCap, upfront);
  const fees = [
    ["total", total],
    ["outsideCatalogue", outsideCatalogue],
    ["overPriceCap", overPriceCap],
    ["upfront", upfront],
  ] as const;
  // What another system settled, it settled after moving.
  if (remote.value > 0 && !claim.elsewhere) {
    steps.push({
      layer: "fees",
      op: "less",
      name: "inScopeAtHome",
      inputs: fees,
      asked: [],
      result: inScope,
    });
    const moved = portion(inScope, remote.value);
    steps.push({
      layer: "fees",
      op: "portion",
      name: "remoteUpfront",
      inputs: [["inScopeAtHome", inScope]],
      asked: [{ rule: remote, decided: moved > 0 }],
      result: moved,
    });
    steps.push({
      layer: "fees",
      op: "less",
      name: "inScope",
      inputs: [
        ["inScopeAtHome", inScope],
        ["remoteUpfront", moved],
      ],
      asked: [],
      result: minus(inScope, moved),
    });
    steps.push({
      layer: "fees",
      op: "sum",
      name: "upfrontInAll",
      inputs: [
        ["upfront", upfront],
        ["remoteUpfront", moved],
      ],
      asked: [],
      result: plus(upfront, moved),
    });
    upfront = plus(upfront, moved);
    inScope = minus(inScope, moved);
  } else {
    steps.push({
      layer: "fees",
      op: "less",
      name: "inScope",
      inputs: fees,
      asked: [{ rule: remote, decided: false }],
      result: inScope,
    });
  }

  const paid: Paid = {
    deductiblePaid: zero,
    pooled: zero,
    largeExpense: zero,
    criticalIllness: zero,
    specialDrug: zero,
    medicalAid: zero,
    furtherAid: zero,
    guarantee: zero,
    fixedBenefit: zero,
    otherLayers: [],
  };
  const stays = claim.careType === "inpatient" ? year.stays + 1 : year.stays;
  const run: Run = {
    claim,
    facts,
    on,
    scheme,
    benefits,
    year,
    total,
    inScope,
    paid,
    steps,
    left: inScope,
    leftName: "inScope",
    after: { ...year, stays },
  };
  for (const layer of statutoryOrder) if (layer(run)) break;
  // A layer of the area is told even where the care does not come to it.
  for (const { name } of benefits.otherLayers) {
    if (!paid.otherLayers.some((one) => one.name === name)) paid.otherLayers.push({ name, amount: zero });
  }

  const funds = fundsOf(paid);
  const fundsTotal = plus(zero, ...funds.map(([, amount]) => amount));
  steps.push({ layer: "total", op: "sum", name: "fundsTotal", inputs: funds, asked: [], result: fundsTotal });
  const patientTotal = minus(total, fundsTotal);
  steps.push({
    layer: "total",
    op: "less",
    name: "patientTotal",
    inputs: [
      ["total", total],
      ["fundsTotal", fundsTotal],
    ],
    asked: [],
    result: patientTotal,
  });
  return {
    total,
    outsideCatalogue,
    overPriceCap,
    upfront,
    inScope,
    ...paid,
    fundsTotal,
    patientTotal,
    assumed: steps.some(({ asked }) => asked.some(({ rule, decided }) => decided && rule.standing === "assumed")),
    identity,
    identities: [],
    heading: {
      area: policy.area,
      scheme,
      on,
      facts,
      asked: routing(benefits, scheme, on),
    },
    steps,
    alternatives: [],
    after: run.after,
  };
}

/** What the funds pay, by the names of the trace; a layer that paid nothing is left out. */
function fundsOf(paid: Paid): [string, Yuan][] {
  const named: [string, Yuan][] = [
    ["fixedBenefit", paid.fixedBenefit],
    ["pooled", paid.pooled],
    ["largeExpense", paid.largeExpense],
    ["criticalIllness", paid.criticalIllness],
    ["specialDrug", paid.specialDrug],
    ...paid.otherLayers.map(({ name, amount }): [string, Yuan] => [name, amount]),
    ["medicalAid", paid.medicalAid],
    ["furtherAid", paid.furtherAid],
    ["guarantee", paid.guarantee],
  ];
  return named.filter(([, amount]) => amount > 0);
}

/** The rules that say which care counts towards which layer. */
const routing = (benefits: Benefits, scheme: Scheme, on: Day): Rule[] => [
  inForce(`benefits.${scheme}.feedsCriticalIllness`, benefits.feedsCriticalIllness, on),
  inForce(`benefits.${scheme}.feedsAid`, benefits.feedsAid, on),
];
