import { policyOf } from "../areas/areas.ts";
import type { Day } from "../day.ts";
import { inForce } from "../policy/series.ts";
import { type Level, levelOne } from "../policy/table.ts";
import { type Person, placeOf } from "../settlement/claim.ts";
import { identitiesFor } from "../settlement/settle.ts";

/** What a stay's deposit hangs on: when and where it begins, and the level of the provider that referred the person. */
interface Stay {
  readonly on: Day;
  readonly county: string;
  readonly referredByLevel: Level | null;
}

/**
 * 先诊疗后付费 · may no deposit be asked of a person at admission, and by which rule: named identities, in the city, referred
 * after a first visit at a level-one provider (YT-24). An area that says nothing waives nothing, and cites nothing.
 */
export function depositWaived(
  person: Person,
  poolingArea: string,
  stay: Stay,
): { depositWaived: boolean; rule: string | null } {
  const policy = policyOf(poolingArea);
  if (!policy.depositWaived) return { depositWaived: false, rule: null };
  const rule = inForce("depositWaived", policy.depositWaived, stay.on);
  const place = placeOf(person.homeCounty, stay.county);
  const named = identitiesFor(person, stay.on, policy).some((one) => rule.value.includes(one));
  const local = place === "in-county" || place === "in-city";
  const referred = (levelOne as readonly (Level | null)[]).includes(stay.referredByLevel);
  return { depositWaived: named && local && referred, rule: rule.cite };
}
