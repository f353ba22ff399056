import { type Share, shareText, text, type Yuan } from "../money.ts";
import { parametersOf } from "./parameters.ts";
import type { Policy } from "./policy.ts";
import type { Register, Series } from "./series.ts";

/** The unit of a number, by the last word of the parameter's name or by the key that it stands under. */
const units: Record<string, "yuan" | "share"> = {
  standard: "yuan",
  fiscal: "yuan",
  amount: "yuan",
  deductible: "yuan",
  ceiling: "yuan",
  outpatientCeiling: "yuan",
  threshold: "yuan",
  limit: "yuan",
  caesarean: "yuan",
  largeExpense: "yuan",
  share: "share",
  province: "share",
  cityAndCounty: "share",
  bonus: "share",
  remoteUpfront: "share",
  stay: "yuan",
  visit: "yuan",
  inpatient: "share",
  chronic: "share",
};

/** The last word of a parameter's name: "benefits.resident.medicalAid.limit/favoured" is a `limit`. */
const leafOf = (parameter: string): string => {
  const name = parameter.split("/")[0]!;
  return name.slice(name.lastIndexOf(".") + 1);
};

/** Whether a number under this name can be published: as an amount or as a ratio. */
export const hasUnit = (parameter: string): boolean => units[leafOf(parameter)] !== undefined;

/** A value as text for people and machines: amounts "300.00", ratios "0.85", everything else as it is. */
export function written(parameter: string, value: unknown): unknown {
  const leaf = leafOf(parameter);
  const write = (inner: unknown, under: string): unknown => {
    if (typeof inner === "number") {
      // A tier begins at an amount; everywhere else `from` is an age or a year.
      const unit = under === "from" && leaf === "tiers" ? "yuan" : units[under];
      if (unit === "yuan") return text(inner as Yuan);
      return unit === "share" ? shareText(inner as Share) : inner;
    }
    if (Array.isArray(inner)) return inner.map((one) => write(one, under));
    if (typeof inner === "object" && inner !== null) {
      return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, write(one, name)]));
    }
    return inner;
  };
  return write(value, leaf);
}

/**
 * 公布的政策 · an area's policy as JSON for others: every parameter with its cases in order, each case with its condition
 * and its dated values (amounts, ratios and tiers as text), and the register of documents. A parameter without cases has
 * one, "", that asks nothing.
 */
export function publish<D extends Register>(policy: Policy, documents: D) {
  return {
    version: "policy/v1",
    area: policy.area,
    name: policy.name,
    province: policy.province,
    parameters: Object.fromEntries(
      parametersOf(policy).map(({ name: parameter, lines }) => [
        parameter,
        lines.map(({ name, when, series }) => ({ name, when, entries: entriesOf(parameter, series) })),
      ]),
    ),
    documents,
  };
}

const entriesOf = (parameter: string, series: Series<unknown>) =>
  series.map(({ from, value, standing, cite, note }) => ({
    from,
    value: written(parameter, value),
    standing,
    cite,
    note,
  }));
