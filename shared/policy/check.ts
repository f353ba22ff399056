import { yearOf } from "../day.ts";
import { text } from "../money.ts";
import { nationalFloor } from "./national.ts";
import type { Policy } from "./policy.ts";
import { faultsOf, inForce, type Series } from "./series.ts";
import type { Table } from "./table.ts";

/**
 * 装载检查 · what is wrong with an area's policy, one sentence a fault that names the parameter; empty when it may be used.
 * Series ascend and cite; tiers ascend; no standard is below the national floor, nor, where the area forbids it
 * (HLJ-09), below the year before.
 */
export function faultsOfPolicy(policy: Policy): string[] {
  const faults: string[] = [];
  for (const [parameter, series] of seriesOf(policy)) faults.push(...faultsOf(parameter, series));
  if (faults.length > 0) return faults.map((fault) => `${policy.area} ${fault}`);

  const { standard, neverBelowLastYear } = policy.contribution;
  standard.forEach(({ from, value: tiers }, i) => {
    const year = yearOf(from);
    if (!tiers || tiers.length === 0) return;
    if (tiers.some((amount, tier) => tier > 0 && amount <= tiers[tier - 1]!)) {
      faults.push(`contribution.standard: the tiers of ${year} do not ascend`);
    }
    const floor = nationalFloor.individual.find((one) => one.from === from)?.value;
    if (floor && tiers[0]! < floor)
      faults.push(`contribution.standard: ${year} is below the national floor ${text(floor)}`);
    const before = standard[i - 1]?.value;
    if (before && inForce("neverBelowLastYear", neverBelowLastYear, from).value && tiers[0]! < before[0]!) {
      faults.push(`contribution.standard: ${year} is below ${yearOf(standard[i - 1]!.from)} (HLJ-09)`);
    }
  });
  return faults.map((fault) => `${policy.area} ${fault}`);
}

/** One parameter: its cases in order; a plain series is one case that asks nothing. */
export interface Parameter {
  readonly parameter: string;
  readonly cases: Table<unknown>;
}

/** Every parameter of a policy by its name, in the order of the file; empty yearly series are left out. */
export function parametersOf(policy: Policy): Parameter[] {
  const found: Parameter[] = [];
  const walk = (value: unknown, parameter: string) => {
    if (isTable(value)) found.push({ parameter, cases: value });
    else if (Array.isArray(value) && parameter.endsWith(".otherLayers")) {
      for (const one of value) walk(one.layer, `${parameter}.${one.name}`);
    } else if (Array.isArray(value)) {
      if (value.length > 0 || !yearly.has(parameter))
        found.push({ parameter, cases: [{ name: "", when: {}, series: value }] });
    } else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) walk(inner, parameter ? `${parameter}.${name}` : name);
    }
  };
  walk(policy, "");
  return found;
}

/** Every series of a policy by its name, a table's lines as "parameter/line". */
export const seriesOf = (policy: Policy): [parameter: string, series: Series<unknown>][] =>
  parametersOf(policy).flatMap(({ parameter, cases }) =>
    cases.map(({ name, series }): [string, Series<unknown>] => [name ? `${parameter}/${name}` : parameter, series]),
  );

const isTable = (value: unknown): value is Table<unknown> =>
  Array.isArray(value) && value.length > 0 && typeof value[0] === "object" && "when" in value[0];

/** Where an area may have no entry of its own and takes the national floor. */
const yearly = new Set(["contribution.standard", "contribution.fiscal"]);
