import { readFileSync } from "node:fs";
import { join } from "node:path";
import { settleLine } from "../../shared/settlement/lines.ts";
import type { SettledText } from "../../shared/settlement/text.ts";
import { type CaseText, fenOf, findings, yuanText } from "./cases.ts";

/** A settled claim whose parts may be written to, as somebody who cheats would. */
export interface Rule extends Record<string, unknown> {
  parameter: string;
  decided: boolean;
}
export interface Step {
  layer: string;
  op: string;
  name: string;
  inputs: Record<string, string>;
  rules: Rule[];
  result: string;
}
interface Heading extends Record<string, unknown> {
  facts: Record<string, unknown>;
  identities: string[];
}
interface FeeLine {
  code: string;
  result: Record<string, string>;
}
interface Alternative {
  alternative: string;
  patientTotal: string;
  steps: Step[];
}
export interface Claim {
  [name: string]: unknown;
  otherLayers: { name: string; amount: string }[];
  assumed: boolean;
  trace: (Heading | FeeLine | Step | Alternative)[];
}

export const headingOf = (claim: Claim) => claim.trace[0] as Heading;
export const stepsOf = ({ trace }: Claim) => trace.filter((one): one is Step => "op" in one && "name" in one);
export const linesOf = ({ trace }: Claim) => trace.filter((one): one is FeeLine => "code" in one);
export const otherOf = ({ trace }: Claim) => trace.find((one): one is Alternative => "alternative" in one)!;
export const stepIn = (steps: readonly Step[], name: string) => steps.find((one) => one.name === name)!;
export const stepOf = (claim: Claim, name: string) => stepIn(stepsOf(claim), name);
/** The rule of a leaf ("medicalAid.limit") wherever a step asked it. */
export const ruleOf = (claim: Claim, leaf: string) =>
  stepsOf(claim)
    .flatMap(({ rules }) => rules)
    .find(({ parameter }) => parameter.includes(`.${leaf}/`))!;
/** Every input of one name, under another. */
export const renamed = (steps: readonly Step[], from: string, to: string) => {
  for (const step of steps) {
    step.inputs = Object.fromEntries(
      Object.entries(step.inputs).map(([name, one]) => [name === from ? to : name, one]),
    );
  }
};
export const without = (claim: Claim, ...names: string[]) => {
  claim.trace = claim.trace.filter((one) => !("op" in one && names.includes(String(one.name))));
};

const folder = join(import.meta.dirname, "../vectors");
const vector = (file: string, name: string): CaseText => {
  const rows = JSON.parse(readFileSync(join(folder, `settle-${file}.json`), "utf8"));
  return rows.find((row: { name: string }) => row.name === name).case;
};
export const settled = (asked: CaseText): Claim[] => JSON.parse(settleLine(JSON.stringify(asked)).line).claims;
export const findingsOf = (asked: CaseText, claims: Claim[]) => findings(asked, claims as unknown as SettledText[]);

export const vectors = {
  twoLists: vector(
    "yantai",
    "防返贫监测 and 返贫致贫 at once, 120,000 borne: one identity for all layers, the better one",
  ),
  threeBills: vector("yantai", "低保, 120,000 borne in three equal bills: the person pays 8,165 in all, as on one"),
  tie: vector("yantai", "低保边缘 and 防返贫监测 at once: the same benefits, paid once"),
  feeLines: vector("yantai", "特困, a bill of lines: what is in scope goes through the layers"),
  noList: vector("yantai", "no identity, 100000.01 borne: ordinary 大病, derived from “降低50%” and “提高5个百分点”"),
  poor: vector("nanchong", "低保 and 建档立卡 at once, in-county: 建档立卡 leaves nothing to pay"),
  stays: vector("taizhou", "four stays in a tertiary hospital: no deductible from the third"),
  employee: vector("haiyuan", "a working employee, three stays: the pool's 60,000 and 大额's 100,000 are the year's"),
} as const satisfies Record<string, CaseText>;

// ------------------------------------------------ a dishonest engine: after an edit, its arithmetic agrees again

const ratio = (written: unknown) => Math.round(Number(written) * 10_000);
const halfUp = (exact: number) => Math.floor((exact + 5_000) / 10_000);

function tiered(rules: readonly Rule[], base: number): number {
  const found = (leaf: string) => rules.find(({ parameter }) => parameter.includes(`.${leaf}/`))?.value;
  const tiers = found("tiers") as { from: string; share: string }[];
  const threshold = fenOf(found("threshold") ?? "0.00");
  const bonus = ratio(found("bonus") ?? "0");
  const parts = tiers.map(({ from, share }, i) => {
    const upTo = Math.min(base, i + 1 < tiers.length ? fenOf(tiers[i + 1]!.from) : base);
    return Math.max(0, upTo - Math.max(fenOf(from), threshold)) * Math.max(0, Math.min(10_000, ratio(share) + bonus));
  });
  return halfUp(parts.reduce((sum, one) => sum + one, 0));
}

function resultOf({ op, rules, result }: Step, [a = 0, ...more]: number[]): number {
  const value = rules[0]?.value;
  const rest = more.reduce((sum, one) => sum + one, 0);
  if (op === "less") return a - rest;
  if (op === "sum") return a + rest;
  if (op === "least") return Math.min(a, fenOf(value));
  if (op === "within") return value === "no limit" ? a : Math.min(a, Math.max(0, fenOf(value) - rest));
  if (op === "above") return halfUp(Math.max(0, a * 10_000 - rest * ratio(value)));
  if (op === "tiered") return more.length === 0 ? tiered(rules, a) : tiered(rules, rest) - tiered(rules, a);
  return fenOf(result);
}

const order =
  "fixedBenefit pooled largeExpense criticalIllness specialDrug supplementary medicalAid furtherAid guarantee";

/** Every result after its inputs, every input after its step, the funds after what they paid. */
export function recompute(steps: readonly Step[]): Map<string, number> {
  const known = new Map<string, number>();
  for (const step of steps) {
    if (step.name === "fundsTotal") {
      const paid = order.split(" ").filter((name) => (known.get(name) ?? 0) > 0);
      step.inputs = Object.fromEntries(paid.map((name) => [name, ""]));
    }
    for (const name of Object.keys(step.inputs)) {
      if (!known.has(name)) throw new Error(`${step.name} takes ${name}, which nothing gave`);
      step.inputs[name] = yuanText(known.get(name)!);
    }
    step.result = yuanText(resultOf(step, Object.values(step.inputs).map(fenOf)));
    known.set(step.name, fenOf(step.result));
  }
  return known;
}

/** A claim made to agree with itself: steps, amounts, other layers, and whether an assumption decided. */
export function agree(claim: Claim): void {
  const known = recompute(stepsOf(claim));
  for (const [name, amount] of Object.entries(claim)) {
    if (typeof amount === "string" && name !== "id") claim[name] = yuanText(known.get(name) ?? 0);
  }
  for (const one of claim.otherLayers) one.amount = yuanText(known.get(one.name) ?? 0);
  claim.assumed = stepsOf(claim).some(({ rules }) => rules.some((one) => one.decided && one.standing === "assumed"));
}

export type Edit = (claim: Claim) => unknown;
/** By the claim of a vector, "vector 0": what was done to it, as a sentence. */
export type Tampered = Record<string, Record<string, Edit>>;

export const more = (written: unknown, fen: number) => yuanText(fenOf(written) + fen);
export const flat = (share: string) => [{ from: "0.00", share }];
