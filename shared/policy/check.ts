import { yearOf } from "../day.ts";
import { text, type Yuan } from "../money.ts";
import { parametersOf, seriesOf } from "./parameters.ts";
import { firstDay, type Policy } from "./policy.ts";
import { faultsOfBenefit } from "./proof.ts";
import { faultsOf, inForce, type Register, type Series } from "./series.ts";

/** What an area is held against: the documents that may be cited, and the least that the country lets a person pay. */
interface Held {
  readonly documents: Register;
  readonly individualFloor: Series<Yuan>;
}

/**
 * 装载检查 · what is wrong with an area's policy, one sentence a fault that names the parameter; empty when it may be used.
 * Series ascend and cite; every benefit answers every claim; no standard is below the national floor, nor, where the
 * area forbids it (HLJ-09), below the year before.
 */
export function faultsOfPolicy(policy: Policy, { documents, individualFloor }: Held): string[] {
  const faults: string[] = [];
  for (const [parameter, series] of seriesOf(policy)) faults.push(...faultsOf(parameter, series, documents));
  for (const parameter of parametersOf(policy)) {
    if (parameter.name.startsWith("benefits.")) faults.push(...faultsOfBenefit(parameter, firstDay(policy)));
  }
  if (faults.length > 0) return faults.map((fault) => `${policy.area} ${fault}`);

  const { standard, neverBelowLastYear } = policy.contribution;
  standard.forEach(({ from, value: tiers }, i) => {
    const year = yearOf(from);
    if (!tiers || tiers.length === 0) return;
    if (tiers.some((amount, tier) => tier > 0 && amount <= tiers[tier - 1]!)) {
      faults.push(`contribution.standard: the tiers of ${year} do not ascend`);
    }
    const floor = individualFloor.find((one) => one.from === from)?.value;
    if (floor && tiers[0]! < floor)
      faults.push(`contribution.standard: ${year} is below the national floor ${text(floor)}`);
    const before = standard[i - 1]?.value;
    if (before && inForce("neverBelowLastYear", neverBelowLastYear, from).value && tiers[0]! < before[0]!) {
      faults.push(`contribution.standard: ${year} is below ${yearOf(standard[i - 1]!.from)} (HLJ-09)`);
    }
  });
  return faults.map((fault) => `${policy.area} ${fault}`);
}
