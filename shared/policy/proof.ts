import type { Day } from "../day.ts";
import { identityKinds } from "./identity.ts";
import type { Line, Parameter } from "./parameters.ts";
import { hasUnit } from "./publish.ts";
import type { Tiers } from "./settlement.ts";
import { careTypes, type Facts, filings, levels, places, type When } from "./table.ts";

/**
 * 装载证明 · what is wrong with a parameter of the benefits, one sentence a fault, each with its name: a claim that no line
 * answers (every level and identity is answered, if only by "not covered"), a line that no claim reaches, a name used
 * twice, a day since the area's first without a value, tiers that do not part all amounts, a number without a unit.
 */
export function faultsOfBenefit({ name, lines }: Parameter, begins: Day): string[] {
  const faults = lines.flatMap((line) => faultsOfLine(line, begins));
  const names = lines.map((line) => line.name);
  for (const twice of new Set(names.filter((one, i) => names.indexOf(one) !== i)))
    faults.push(`${name}/${twice}: two lines of this name`);

  const reached = new Set<Line>();
  const unanswered: string[] = [];
  for (const claim of claimsThatDiffer(lines.map((line) => line.when))) {
    const found = lines.find((line) => line.holds({ ...nobody, ...claim }));
    if (found) reached.add(found);
    else unanswered.push(JSON.stringify(claim));
  }
  if (unanswered[0]) faults.push(`${name}: no line answers ${unanswered[0]} (${unanswered.length} kinds of claims)`);
  for (const line of lines) if (!reached.has(line)) faults.push(`${line.rule}: no claim reaches this line`);
  return faults;
}

function faultsOfLine({ rule, rules }: Line, begins: Day): string[] {
  const faults: string[] = [];
  if (!rules[0] || rules[0].from > begins) faults.push(`${rule}: silent from ${begins}, the area's first day`);
  for (const { value, from } of rules) {
    if (value === null) faults.push(`${rule}: silent from ${from}; a benefit that ends is "not covered", not nothing`);
    if (typeof value === "number" && !hasUnit(rule)) faults.push(`${rule}: a number without a unit`);
    if (Array.isArray(value) && typeof value[0] === "object") faults.push(...faultsOfTiers(rule, from, value as Tiers));
  }
  return faults;
}

function faultsOfTiers(rule: string, on: Day, tiers: Tiers): string[] {
  if (tiers[0]?.from !== 0) return [`${rule}: the tiers of ${on} do not begin at 0`];
  const falls = tiers.some(({ from }, i) => i > 0 && from <= tiers[i - 1]!.from);
  return falls ? [`${rule}: the tiers of ${on} do not ascend`] : [];
}

const nobody: Facts = {
  careType: "inpatient",
  level: "tertiary",
  place: "in-county",
  filing: "none",
  transferred: false,
  age: 40,
  stay: 1,
  retired: false,
  familyDoctor: false,
  reformed: false,
  identity: null,
  disease: "",
};

/** One claim of every kind that the conditions can tell apart: all values of what they ask, both sides of each bound. */
function claimsThatDiffer(conditions: readonly When[]): Partial<Facts>[] {
  const asked = (name: keyof When) => conditions.some((one) => one[name] !== undefined);
  const bounds = (...names: ("ageUnder" | "ageFrom" | "stayFrom")[]) =>
    conditions.flatMap((one) => names.flatMap((name) => one[name] ?? []));
  const sides = (first: number, at: number[]) => [
    ...new Set([first, ...at.flatMap((bound) => [bound - 1, bound]).filter((one) => one >= first)]),
  ];
  const yesOrNo = [false, true];
  const ranges = conditions.flatMap((one) => one.disease ?? []).flat();
  const values: Partial<Record<keyof Facts, readonly unknown[]>> = {
    ...(asked("careType") && { careType: careTypes }),
    ...(asked("level") && { level: levels }),
    ...(asked("place") && { place: places }),
    ...(asked("filing") && { filing: filings }),
    ...(asked("transferred") && { transferred: yesOrNo }),
    ...((asked("ageUnder") || asked("ageFrom")) && { age: sides(0, bounds("ageUnder", "ageFrom")) }),
    ...(asked("stayFrom") && { stay: sides(1, bounds("stayFrom")) }),
    ...(asked("retired") && { retired: yesOrNo }),
    ...(asked("familyDoctor") && { familyDoctor: yesOrNo }),
    ...(asked("reformed") && { reformed: yesOrNo }),
    ...(asked("identity") && { identity: [null, ...identityKinds] }),
    ...(asked("disease") && { disease: ["", ...new Set(ranges)] }),
  };
  let claims: Partial<Facts>[] = [{}];
  for (const [name, each] of Object.entries(values))
    claims = claims.flatMap((claim) => each.map((value) => ({ ...claim, [name]: value })));
  return claims;
}
