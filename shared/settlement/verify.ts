/** 核验 · shares no code with the engine: amounts are big integers of fen, rules are looked up in the published policy. */
import type * as T from "./text.ts";

type Ground = { policy: T.PublishedPolicy; year: Map<string, bigint>; elsewhere: boolean; say(what: string): void };
const fees = ["total", "outsideCatalogue", "overPriceCap", "upfront"];
const paying = "fixedBenefit pooled largeExpense criticalIllness specialDrug medicalAid furtherAid guarantee";
const aids = ["medicalAid", "furtherAid"];
const amounts = [...fees, "inScope", "deductiblePaid", ...paying.split(" "), "fundsTotal", "patientTotal"];
const fen = (written: unknown) => (/^\d+\.\d\d$/.test(`${written}`) ? BigInt(`${written}`.replace(".", "")) : -1n);
const least = (a: bigint, b: bigint) => (a < b ? a : b);
const most = (a: bigint, b: bigint) => (a > b ? a : b);
const halfUp = (amount: bigint, unit: bigint) => (amount + unit / 2n) / unit;
const spelt = (line: unknown, { value, from, cite, standing, note }: Record<string, unknown>) =>
  JSON.stringify([line, value, from, cite, standing, note]);
/** A decimal text as a whole number of its last place: "0.85" with four places is 8500. */
function scaled(written: unknown, places: number): bigint {
  const [int = "", part = ""] = String(written).split(".");
  return BigInt(int + part.padEnd(places, "0"));
}

function holds(when: Record<string, unknown>, facts: T.FactsText): boolean {
  const code = facts.disease.length < 3 ? "" : facts.disease.slice(0, 3).toUpperCase();
  return Object.entries(when).every(([name, wanted]) => {
    if (name === "ageUnder") return facts.age < Number(wanted);
    if (name === "ageFrom") return facts.age >= Number(wanted);
    if (name === "stayFrom") return facts.stay >= Number(wanted);
    if (name === "disease") return (wanted as string[][]).some(([a = "", b = ""]) => a <= code && code <= b);
    return Array.isArray(wanted) ? wanted.includes(facts[name]) : facts[name] === wanted;
  });
}

/** Marginal tiers above a threshold, each share raised or cut by a bonus, from nothing to an amount. */
function tiered(rules: readonly T.RuleText[], upTo: bigint): bigint {
  const of = (leaf: string) => rules.find(({ parameter }) => parameter.includes(`.${leaf}/`))?.value;
  const [tiers, points] = [of("tiers") as { from: string; share: string }[], scaled(of("bonus") ?? "0", 4)];
  const exact = tiers.reduce((sum, { from, share }, i) => {
    const low = most(fen(from), fen(of("threshold") ?? "0.00"));
    const high = i + 1 < tiers.length ? least(upTo, fen(tiers[i + 1]!.from)) : upTo;
    return sum + most(0n, high - low) * least(most(0n, scaled(share, 4) + points), 10_000n);
  }, 0n);
  return halfUp(exact, 10_000n);
}

/** What a step must give, of its inputs and first rule; null where only the claim itself knows. */
function outcome({ op, name, rules }: T.StepText, inputs: bigint[], year: Map<string, bigint>): bigint | null {
  const [a = 0n, b = 0n] = inputs;
  const value = rules[0]?.value;
  if (op === "given" && name.endsWith("Before")) return year.get(name) ?? 0n;
  if (op === "given") return value === "not covered" ? 0n : null;
  if (op === "less") return inputs.slice(1).reduce((left, one) => left - one, a);
  if (op === "sum") return inputs.reduce((sum, one) => sum + one, 0n);
  if (op === "least") return least(a, fen(value));
  if (op === "portion") return halfUp(a * scaled(value, 4), 10_000n);
  if (op === "tiered") return inputs.length === 1 ? tiered(rules, a) : tiered(rules, b) - tiered(rules, a);
  if (op === "within") return value === "no limit" ? a : least(a, most(0n, fen(value) - b));
  return halfUp(most(0n, a * 10_000n - b * scaled(value, 4)), 10_000n);
}

/** Whether a rule decided the step's amount: a deductible charged, a share applied, a limit that bound. */
function decides({ op, name, rules }: T.StepText, { parameter, value }: T.RuleText, inputs: bigint[], result: bigint) {
  const [a = 0n, b = 0n] = inputs;
  if (op === "within") return result < a || (name === "largeExpense" && result > 0n);
  if (parameter.includes(".bonus/")) return a > 0n && scaled(value, 4) !== 0n;
  if (parameter.includes(".threshold/")) return least(b, fen(value)) > least(a, fen(value));
  if (op === "tiered") return inputs.length === 1 ? a > 0n : b > a && b > fen(rules[0]!.value);
  return op !== "given" && op !== "less" && result > 0n;
}

function splitsOtherwise({ class: kind, price, quantity, priceCap, upfrontShare, result }: T.SplitText): boolean {
  const product = (unit: bigint) => halfUp(unit * scaled(quantity, 4), 100_000_000n);
  const total = product(scaled(price, 6));
  const over = kind === "C" || !priceCap ? 0n : product(most(0n, scaled(price, 6) - scaled(priceCap, 6)));
  const upfront = kind === "B" ? halfUp((total - over) * scaled(upfrontShare, 4), 10_000n) : 0n;
  return fees.some((name, i) => fen(result[name]) !== [total, kind === "C" ? total : 0n, over, upfront][i]);
}

/** The steps in the statutory order, each as layer:name=operation(inputs)[rules]; `value` looks a rule up. */
function skeleton(value: (rule: string) => unknown, care: string, elsewhere: boolean, cut: boolean, others: string[]) {
  const covered = (rule: string) => value(rule) !== "not covered";
  const feeds = (which: string) => (value(which) as string[]).includes(care.replace("caesarean", "inpatient"));
  const steps = fees.map((name) => `fees:${name}=given()[]`);
  let borne = "inScope";
  const add = (layer: string, some: string) => steps.push(...some.split(" ").map((one) => `${layer}:${one}`));
  const pays = (name: string, how: string, layer = name) => {
    const next = `borneAfter${name[0]!.toUpperCase()}${name.slice(1)}`;
    add(layer, `${name}=${how} ${next}=less(${borne},${name})[]`);
    borne = next;
  };
  const away = "remoteUpfront=portion(inScopeAtHome)[remoteUpfront] inScope=less(inScopeAtHome,remoteUpfront)[]";
  if (value("remoteUpfront") === "0" || elsewhere) add("fees", `inScope=less(${fees})[remoteUpfront]`);
  else add("fees", `inScopeAtHome=less(${fees})[] ${away} upfrontInAll=sum(upfront,remoteUpfront)[]`);
  if (care === "caesarean" && covered(care)) return [...steps, "fixedBenefit:fixedBenefit=least(total)[caesarean]"];
  if (care === "caesarean") add("fixedBenefit", "fixedBenefitNotCovered=given()[caesarean]");
  const kind = care === "caesarean" ? "inpatient" : care.replace("-outpatient", "");
  const [used, top] = kind === "outpatient" ? ["outpatientBefore", "outpatientCeiling"] : ["pooledBefore", "ceiling"];
  if (elsewhere) for (const name of ["pooled", "largeExpense"]) pays(name, "given()[]");
  else if (care !== "special-drug" && !covered(`${kind}.tiers`)) add("pooled", `pooled=given()[${kind}.tiers]`);
  else if (care !== "special-drug") {
    add("pooled", `deductiblePaid=least(inScope)[${kind}.deductible] aboveDeductible=less(inScope,deductiblePaid)[]`);
    add("pooled", `pooledAtShare=tiered(aboveDeductible)[${kind}.tiers,${kind}.bonus] ${used}=given()[]`);
    pays("pooled", `within(pooledAtShare,${used})[${top}]`);
  }
  const cutOff = "cutOffByCeiling=less(pooledAtShare,pooled)[] largeExpenseBefore=given()[]";
  if (cut) add("largeExpense", covered("largeExpense") ? cutOff : "largeExpenseNotCovered=given()[largeExpense]");
  if (cut && covered("largeExpense")) pays("largeExpense", "within(cutOffByCeiling,largeExpenseBefore)[largeExpense]");
  const own = [feeds("feedsCriticalIllness") && "criticalIllness", care === "special-drug" && "specialDrug"];
  for (const rules of [...own, ...(feeds("feedsAid") ? [...others.map((one) => `otherLayers.${one}`), ...aids] : [])]) {
    const [layer = "", name = layer] = (rules || "").split(".");
    const [before, after, at] = [`${name}BaseBefore`, `${name}BaseAfter`, `${name}AtTiers`];
    if (layer) add(layer, `${before}=given()[] ${after}=sum(${before},${borne})[]`);
    if (layer && !covered(`${rules}.tiers`)) add(layer, `${name}=given()[${rules}.tiers]`);
    else if (layer) {
      add(layer, `${at}=tiered(${before},${after})[${rules}.threshold,${rules}.tiers] ${name}Before=given()[]`);
      pays(name, `within(${at},${name}Before)[${rules}.limit]`, layer);
    }
  }
  if (["inpatient", "chronic"].includes(kind) && covered(`guarantee.${kind}`))
    pays("guarantee", `above(${borne},inScope)[guarantee.${kind}]`);
  return steps;
}

/** Follows the steps of one claim under one identity: the skeleton, every rule, every input, every result. */
function follow(steps: readonly T.StepText[], { facts, on, scheme, rules: ways }: T.HeadingText, ground: Ground) {
  const { policy, year, elsewhere, say } = ground;
  const known = new Map<string, bigint>();
  const prefix = `benefits.${scheme}.`;
  const inForce = (rule: string) => {
    const found = policy.parameters[rule]?.find(({ when }) => holds(when, facts));
    const entry = found?.entries.filter((one) => one.from <= on).at(-1);
    return { value: entry?.value, text: spelt(found?.name, entry ?? {}) };
  };
  for (const rule of [...ways, ...steps.flatMap((step) => step.rules)]) {
    const [parameter = "", line = ""] = rule.parameter.split("/");
    if (spelt(line, rule) !== inForce(parameter).text) say(`${rule.parameter} is not what the policy says`);
  }
  const assumed = steps.some(({ rules }) => rules.some((one) => one.decided && one.standing === "assumed"));
  for (const step of steps) {
    const [inputs, result] = [Object.values(step.inputs).map(fen), fen(step.result)];
    const wrong = step.rules.find((rule) => rule.decided !== decides(step, rule, inputs, result));
    if (wrong) say(`${wrong.parameter} decided: ${wrong.decided}`);
    const taken = Object.entries(step.inputs).filter(([name, amount]) => known.get(name) !== fen(amount));
    if (taken.length > 0) say(`${step.name} takes ${taken.join()}`);
    if (result < 0n || (outcome(step, inputs, year) ?? result) !== result) say(`${step.name} is ${step.result}`);
    known.set(step.name, result);
  }
  const inside = (one: string) => one.split(`${prefix}otherLayers.`)[1]?.split(".")[0] ?? [];
  const others = [...new Set(Object.keys(policy.parameters).flatMap(inside))];
  const of = (name: string) => known.get(name) ?? 0n;
  const cut = facts.careType !== "outpatient" && of("pooledAtShare") > of("pooled");
  const body = skeleton((rule) => inForce(prefix + rule).value, facts.careType, elsewhere, cut, others);
  const order = paying.replace("medicalAid", `${others.join(" ")} medicalAid`).split(" ");
  const paid = order.filter((name) => of(name) > 0n);
  const totals = `total:fundsTotal=sum(${paid})[] total:patientTotal=less(total,fundsTotal)[]`;
  const rule = ({ parameter }: T.RoutingRuleText) => parameter.replace(prefix, "").split("/")[0];
  const told = (one: T.StepText) => `${one.name}=${one.op}(${Object.keys(one.inputs)})[${one.rules.map(rule)}]`;
  const said = [...ways.map(rule), ...steps.map((one) => `${one.layer}:${told(one)}`)].join(" ");
  const wanted = ["feedsCriticalIllness", "feedsAid", ...body, totals].join(" ");
  if (said !== wanted) say(`the steps are ${said}, and should be ${wanted}`);
  return { known, assumed, others };
}

/** Re-derives one settled claim after the others of its year, and adds it to the year; a sentence a finding. */
export function verify(claim: T.SettledText, policy: T.PublishedPolicy, elsewhere: boolean, year: Map<string, bigint>) {
  const findings: string[] = [];
  const say = (what: string) => findings.push(`${claim.id}: ${what}`);
  const [heading, ...parts] = claim.trace;
  const { identities, facts } = heading;
  if (heading.version !== "settlement-trace/v1" || heading.area !== policy.area) say("not of this policy");
  const ground: Ground = { policy, year, elsewhere, say };
  const taken = follow(parts.filter((one) => "name" in one) as T.StepText[], heading, ground);
  const of = (name: string) => taken.known.get(name) ?? 0n;
  const lines = parts.filter((one) => "code" in one) as T.SplitText[];
  const sum = (name: string) => lines.reduce((all, one) => all + fen(one.result[name]), 0n);
  if (lines.some(splitsOtherwise) || (lines[0] && fees.some((name) => sum(name) !== of(name))))
    say("the fee lines give other sums");
  const own = new Map([...taken.known, ["upfront", taken.known.get("upfrontInAll") ?? of("upfront")]]);
  for (const name of amounts) if (fen(claim[name]) !== (own.get(name) ?? 0n)) say(`${name} is ${claim[name]}`);
  const others = String(taken.others.map((name) => [name, of(name)]));
  if (String(claim.otherLayers.map((one) => [one.name, fen(one.amount)])) !== others) say(`others are ${others}`);
  if (claim.assumed !== taken.assumed) say(`assumed is ${claim.assumed}`);
  const shown = [facts.identity ?? ""];
  for (const { alternative, patientTotal, steps } of parts.filter((one) => "alternative" in one)) {
    shown.push(alternative);
    const { known } = follow(steps, { ...heading, facts: { ...facts, identity: alternative } }, ground);
    const more = fen(patientTotal) - of("patientTotal");
    const first = identities.indexOf(alternative) < identities.indexOf(String(facts.identity));
    if (more < 0n || (more === 0n && first)) say(`${alternative} leaves no more to pay`);
    const same = fees.every((name) => known.get(name) === of(name)) && known.get("patientTotal") === fen(patientTotal);
    if (!same) say(`${alternative} is not settled for this bill`);
  }
  if (String(shown.sort()) !== String([...identities].sort())) say("the identities are not those shown");
  for (const [name, amount] of taken.known) {
    const add = (to: string) => year.set(to, (year.get(to) ?? 0n) + amount);
    if (name.endsWith("BaseAfter")) year.set(name.replace("After", "Before"), amount);
    else if (name === "pooled" && facts.careType !== "special-drug")
      add(facts.careType === "outpatient" ? "outpatientBefore" : "pooledBefore");
    else if (name === "largeExpense" || taken.known.has(`${name}BaseAfter`)) add(`${name}Before`);
  }
  return findings;
}
