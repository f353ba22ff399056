import type { Day } from "../day.ts";
import { NoRuleInForce } from "../refusal.ts";
import type { Policy } from "./policy.ts";
import { type Rule, ruleOf, type Series } from "./series.ts";
import type { Benefits } from "./settlement.ts";
import { type Case, conditionOf, type Facts, type Scheme, type Table } from "./table.ts";

/** 参数 · one parameter of an area by its full name, with its lines in order; a plain series is one line that asks nothing. */
export interface Parameter<T = unknown> {
  readonly name: string;
  readonly lines: readonly Line<T>[];
}

/** A line of a parameter: `rule` is what a trace calls it, "benefits.resident.inpatient.deductible/level-1". */
export interface Line<T = unknown> extends Case<T> {
  readonly rule: string;
  readonly holds: (facts: Facts) => boolean;
  /** What the series says, entry by entry; a repeal has the value `null`. */
  readonly rules: readonly Rule<T | null>[];
}

/** The same tree with every table and series as the parameter that it is. */
export type Named<T> =
  T extends Table<infer V>
    ? Parameter<V>
    : T extends Series<infer V>
      ? Parameter<V>
      : T extends readonly (infer One)[]
        ? readonly Named<One>[]
        : T extends object
          ? { readonly [K in keyof T]: Named<T[K]> }
          : T;

/** The rule of a parameter for a claim on a day; throws `NoRuleInForce` where it is silent. */
export function decide<T>({ name, lines }: Parameter<T>, facts: Facts, on: Day): Rule<T> {
  for (const line of lines) {
    if (line.holds(facts)) return lineOn(line, on);
  }
  throw new NoRuleInForce(name, on);
}

function lineOn<T>({ rule, rules }: Line<T>, on: Day): Rule<T> {
  for (let i = rules.length - 1; i >= 0; i--) {
    const one = rules[i]!;
    if (one.from > on) continue;
    if (one.value === null) break;
    return one as Rule<T>;
  }
  throw new NoRuleInForce(rule, on);
}

/** Every parameter of a policy in the order of the file; empty yearly series are left out. */
export const parametersOf = (policy: Policy): readonly Parameter[] => indexOf(policy).all;

/** Every series of a policy by its name, a table's lines as "parameter/line". */
export const seriesOf = (policy: Policy): [parameter: string, series: Series<unknown>][] =>
  parametersOf(policy).flatMap(({ lines }) =>
    lines.map(({ rule, series }): [string, Series<unknown>] => [rule, series]),
  );

/** What a scheme of an area pays, parameter by parameter; undefined where the area's file has no such scheme. */
export const benefitsOf = (policy: Policy, scheme: Scheme): Named<Benefits> | undefined =>
  indexOf(policy).tree.benefits?.[scheme];

interface Index {
  readonly tree: { readonly benefits?: Partial<Record<Scheme, Named<Benefits>>> };
  readonly all: readonly Parameter[];
}

/** Policies never change, so each is walked once. */
const indexes = new WeakMap<Policy, Index>();

function indexOf(policy: Policy): Index {
  const known = indexes.get(policy);
  if (known) return known;
  const all: Parameter[] = [];
  const named = (value: unknown, name: string): unknown => {
    if (name.endsWith(".otherLayers")) {
      const layers = value as Benefits["otherLayers"];
      return layers.map((one) => ({ name: one.name, layer: named(one.layer, `${name}.${one.name}`) }));
    }
    if (Array.isArray(value)) {
      const made = isTable(value)
        ? parameterOf(name, value)
        : parameterOf(name, [{ name: "", when: {}, series: value }]);
      if (value.length > 0 || !yearly.has(name)) all.push(made);
      return made;
    }
    if (typeof value !== "object" || value === null) return value;
    const under = Object.entries(value).map(([key, inner]) => [key, named(inner, name ? `${name}.${key}` : key)]);
    return Object.fromEntries(under);
  };
  const made: Index = { tree: named(policy, "") as Index["tree"], all };
  indexes.set(policy, made);
  return made;
}

function parameterOf(name: string, table: Table<unknown>): Parameter {
  const lines = table.map((one) => {
    const rule = one.name ? `${name}/${one.name}` : name;
    return { ...one, rule, holds: conditionOf(one.when), rules: one.series.map((entry) => ruleOf(rule, entry)) };
  });
  return { name, lines };
}

const isTable = (value: readonly unknown[]): value is Table<unknown> =>
  typeof value[0] === "object" && value[0] !== null && "when" in value[0];

/** Where an area may have no entry of its own and takes the national floor. */
const yearly = new Set(["contribution.standard", "contribution.fiscal"]);
