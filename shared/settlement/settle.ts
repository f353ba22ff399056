import type { Day } from "../day.ts";
import type { Yuan } from "../money.ts";
import { type IdentityKind, identitiesOn } from "../policy/identity.ts";
import { benefitsOf, parametersOf } from "../policy/parameters.ts";
import { firstDay, type Policy } from "../policy/policy.ts";
import { inForce } from "../policy/series.ts";
import type { Scheme } from "../policy/table.ts";
import { NoRuleInForce } from "../refusal.ts";
import { type Claim, factsOf, type Person, type Year } from "./claim.ts";
import { fees, statutoryOrder, totals, yearAfter } from "./layers.ts";
import { amountOf, ask, type Run } from "./run.ts";
import type { Heading, Step } from "./trace.ts";

/** 结算结果 · what each layer pays for one claim, what the person pays, why, and the year afterwards. */
export interface Settlement {
  readonly total: Yuan;
  readonly outsideCatalogue: Yuan;
  readonly overPriceCap: Yuan;
  readonly upfront: Yuan;
  readonly inScope: Yuan;
  readonly deductiblePaid: Yuan;
  readonly pooled: Yuan;
  readonly largeExpense: Yuan;
  readonly criticalIllness: Yuan;
  readonly specialDrug: Yuan;
  readonly medicalAid: Yuan;
  readonly furtherAid: Yuan;
  readonly guarantee: Yuan;
  readonly fixedBenefit: Yuan;
  readonly otherLayers: readonly { readonly name: string; readonly amount: Yuan }[];
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
  const known = kinds.filter((kind) => ruledIdentities(policy).has(kind));
  const others = known.filter((kind) => kind !== "illness-impoverished");
  return others.length > 0 ? others : known;
}

const ruled = new WeakMap<Policy, ReadonlySet<IdentityKind>>();

/** The identities that some rule of an area's benefits names. */
function ruledIdentities(policy: Policy): ReadonlySet<IdentityKind> {
  const known = ruled.get(policy);
  if (known) return known;
  const named = parametersOf(policy).flatMap(({ lines }) => lines.flatMap(({ when }) => when.identity ?? []));
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
  const benefits = benefitsOf(policy, scheme);
  if (!benefits) throw new NoRuleInForce(`benefits.${scheme}`, on);
  const facts = factsOf(person, claim, year, identity);
  const run: Run = {
    claim,
    facts,
    on,
    benefits,
    year,
    steps: [],
    known: new Map(),
    funds: [],
    layer: "fees",
    left: "inScope",
  };
  fees(run);
  for (const { layer, pay, insteadOfAll } of statutoryOrder) {
    run.layer = layer;
    pay(run);
    if (insteadOfAll && run.known.has(layer)) break;
  }
  run.layer = "total";
  totals(run);

  const amount = (name: string) => amountOf(run, name);
  return {
    total: amount("total"),
    outsideCatalogue: amount("outsideCatalogue"),
    overPriceCap: amount("overPriceCap"),
    upfront: run.known.get("upfrontInAll") ?? amount("upfront"),
    inScope: amount("inScope"),
    deductiblePaid: amount("deductiblePaid"),
    pooled: amount("pooled"),
    largeExpense: amount("largeExpense"),
    criticalIllness: amount("criticalIllness"),
    specialDrug: amount("specialDrug"),
    medicalAid: amount("medicalAid"),
    furtherAid: amount("furtherAid"),
    guarantee: amount("guarantee"),
    fixedBenefit: amount("fixedBenefit"),
    // A layer of the area is told even where the care does not come to it.
    otherLayers: benefits.otherLayers.map(({ name }) => ({ name, amount: amount(name) })),
    fundsTotal: amount("fundsTotal"),
    patientTotal: amount("patientTotal"),
    assumed: run.steps.some(({ asked }) => asked.some(({ rule, decided }) => decided && rule.standing === "assumed")),
    identity,
    identities: [],
    heading: {
      area: policy.area,
      scheme,
      on,
      facts,
      asked: [ask(run, benefits.feedsCriticalIllness), ask(run, benefits.feedsAid)],
    },
    steps: run.steps,
    alternatives: [],
    after: yearAfter(run),
  };
}
