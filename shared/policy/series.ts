import type { Day } from "../day.ts";
import { day } from "../day.ts";
import { NoRuleInForce } from "../refusal.ts";

/** How well a value is known: a document in hand gives it, it follows from one by arithmetic, or nobody gives it. */
type Standing = "stated" | "derived" | "assumed";

/** 参数的一次取值 · one value, one day, one article. `null` repeals; there is no end date: the next entry ends this one. */
export interface Entry<T> {
  readonly from: Day;
  readonly value: T | null;
  readonly standing: Standing;
  /** The document's key in the register, then the article: "烟政办发〔2022〕25号 二(二)". Empty where assumed. */
  readonly cite: string;
  /** How it was derived, why it was assumed, or what is doubtful about the reading. */
  readonly note: string;
}

export type Series<T> = readonly Entry<T>[];

const entry =
  (standing: Standing) =>
  <T>(from: string, cite: string, value: T | null, note = ""): Entry<T> => ({
    from: day(from),
    value,
    standing,
    cite,
    note,
  });

/** A value that a document in hand gives. */
export const stated = entry("stated");
/** A value that follows from a document by arithmetic; `note` shows the arithmetic. */
export const derived = entry("derived");
/** A value that no document in hand gives; `why` says on what the assumption rests. */
export const assumed = <T>(from: string, why: string, value: T | null): Entry<T> =>
  entry("assumed")(from, "", value, why);

/** What an answer says about the rule that made it. */
export interface Rule<T = unknown> {
  readonly parameter: string;
  readonly value: T;
  readonly from: Day;
  readonly cite: string;
  readonly standing: Standing;
  readonly note: string;
}

/** What an entry says under a parameter's name; a repeal says `null`. */
export const ruleOf = <T>(parameter: string, { value, from, cite, standing, note }: Entry<T>): Rule<T | null> => ({
  parameter,
  value,
  from,
  cite,
  standing,
  note,
});

/** The rule of a series that applies on a day; throws `NoRuleInForce` before the first entry and after a repeal. */
export function inForce<T>(parameter: string, series: Series<T>, on: Day): Rule<T> {
  return ruled(
    parameter,
    series.findLast((one) => one.from <= on),
    on,
  );
}

/**
 * The rule made for one benefit year. Unlike `inForce` it never reaches back: a yearly number that was not published
 * for a year is unknown, not last year's.
 */
export function forYear<T>(parameter: string, series: Series<T>, benefitYear: number): Rule<T> {
  const firstDay = day(`${benefitYear}-01-01`);
  return ruled(
    parameter,
    series.find((one) => one.from === firstDay),
    firstDay,
  );
}

function ruled<T>(parameter: string, entry: Entry<T> | undefined, on: Day): Rule<T> {
  if (!entry || entry.value === null) throw new NoRuleInForce(parameter, on);
  return ruleOf(parameter, entry) as Rule<T>;
}

/** 文件登记 · the documents that a citation may name, by their keys. */
export type Register<K extends string = string> = Readonly<Record<K, unknown>>;

/** The registered document that a citation names, or undefined. */
export function keyCited<K extends string>(register: Register<K>, cite: string): K | undefined {
  return (Object.keys(register) as K[]).find((key) => cite === key || cite.startsWith(`${key} `));
}

/** What is wrong with a series, one sentence a fault; empty when it may be used. */
export function faultsOf(parameter: string, series: Series<unknown>, register: Register): string[] {
  const faults: string[] = [];
  if (series.length === 0) faults.push(`${parameter}: no entry`);
  series.forEach((one, i) => {
    const before = series[i - 1];
    if (before && one.from <= before.from) faults.push(`${parameter}: ${one.from} does not come after ${before.from}`);
    if (one.standing === "assumed") {
      if (one.cite !== "") faults.push(`${parameter}: assumed from ${one.from}, yet it cites ${one.cite}`);
      if (one.note === "") faults.push(`${parameter}: assumed from ${one.from} without saying why`);
    } else if (!keyCited(register, one.cite)) {
      faults.push(`${parameter}: ${one.from} cites a document that is not registered: "${one.cite}"`);
    }
    if (one.standing === "derived" && one.note === "")
      faults.push(`${parameter}: derived from ${one.from} without the arithmetic`);
  });
  return faults;
}
