import { text, type Yuan } from "../money.ts";
import { written } from "../policy/publish.ts";
import type { Rule } from "../policy/series.ts";
import type { Facts, Scheme } from "../policy/table.ts";

const traceVersion = "settlement-trace/v1";

/**
 * What a step does with its inputs, in their order, and with its rules.
 * given: a fact, or what the year already held. less: the first less the others. sum. least: the smallest of the inputs
 * and the rule's amount. portion: input × share, half up. tiered: fen(F(last)) − fen(F(first)), F the tiers' marginal
 * shares (each raised or cut by the bonus, within 0 and 1) above the threshold; a lone input starts from 0. within: the first, at
 * most the limit less the second, never below 0. above: fen(first − second × share), never below 0.
 */
export type Operation = "given" | "less" | "sum" | "least" | "portion" | "tiered" | "within" | "above";

/** The layer a step belongs to; `fees` and `total` frame the layers. */
export type StepLayer =
  | "fees"
  | "fixedBenefit"
  | "pooled"
  | "largeExpense"
  | "criticalIllness"
  | "specialDrug"
  | "otherLayers"
  | "medicalAid"
  | "furtherAid"
  | "guarantee"
  | "total";

/** A rule that a step asked, and whether it decided an amount: a deductible charged, a share applied, a limit that bound. */
export interface Asked {
  readonly rule: Rule;
  readonly decided: boolean;
}

export type Input = readonly [name: string, amount: Yuan];

/** 计算步骤 · one step; its name is an input of later ones. */
export interface Step {
  readonly layer: StepLayer;
  readonly op: Operation;
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly asked: readonly Asked[];
  readonly result: Yuan;
}

/** What a trace says before its steps: whose rules, on which day, for which facts. */
export interface Heading {
  readonly area: string;
  readonly scheme: Scheme;
  readonly on: string;
  readonly facts: Facts;
  /** Rules that decided no amount but which way was taken: which care counts towards which layer. */
  readonly asked: readonly Rule[];
}

/** Rules are the same objects each time, so each is spelt once. */
const spelt = new WeakMap<Rule, RuleTexts>();

/** A rule as JSON: alone, and in a step that it decided or not. */
interface RuleTexts {
  readonly alone: string;
  readonly decided: string;
  readonly asked: string;
}

function ruleTexts(rule: Rule): RuleTexts {
  const known = spelt.get(rule);
  if (known) return known;
  const { parameter, value, from, cite, standing, note } = rule;
  const open = JSON.stringify({ parameter, value: written(parameter, value), from, cite, standing, note }).slice(0, -1);
  const made = {
    alone: flat(`${open}}`),
    decided: flat(`${open},"decided":true}`),
    asked: flat(`${open},"decided":false}`),
  };
  spelt.set(rule, made);
  return made;
}

/** The same text in one piece; a text put together from parts is copied wherever it is used. */
const flat = (text: string): string => [text].join("");

/** A step as JSON; names are plain words, so nothing of it needs escaping. */
export function stepText({ layer, op, name, inputs, asked, result }: Step): string {
  let step = `{"layer":"${layer}","op":"${op}","name":"${name}","inputs":{`;
  for (let i = 0; i < inputs.length; i++) {
    const [of, amount] = inputs[i]!;
    step += `${i === 0 ? '"' : ',"'}${of}":"${text(amount)}"`;
  }
  step += '},"rules":[';
  for (let i = 0; i < asked.length; i++) {
    const { rule, decided } = asked[i]!;
    const texts = ruleTexts(rule);
    if (i > 0) step += ",";
    step += decided ? texts.decided : texts.asked;
  }
  return `${step}],"result":"${text(result)}"}`;
}

/** The first element of a trace: its version, whose rules, on which day, for which facts. */
export function headingText({ asked, ...heading }: Heading, identities: readonly string[]): string {
  const rules = asked.map((rule) => ruleTexts(rule).alone).join(",");
  const head = JSON.stringify({ version: traceVersion, ...heading, identities });
  return `${head.slice(0, -1)},"rules":[${rules}]}`;
}
