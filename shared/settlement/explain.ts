import { type Day, dayShown } from "../day.ts";
import {
  amountOf,
  careWords,
  caseOf,
  fen,
  identityWord,
  isCut,
  layerWord,
  leafOf,
  levelWords,
  nothing,
  percent,
  type Reading,
  ratioOf,
  read,
  ruleOf,
  segments,
  spoken,
  tenThousandths,
  tiersOf,
  wordOf,
} from "./reading.ts";
import type { RoutingRuleText, RuleText, SettledText, StepText } from "./text.ts";

/** "按65%", "分段按65%、70%", "全部". */
function rate(shares: readonly number[]): string {
  const different = [...new Set(shares)];
  if (different.length === 1 && different[0] === 10_000) return "全部";
  return `${different.length > 1 ? "分段" : ""}按${different.map(percent).join("、")}`;
}

/** What a layer pays of what its shares give: all of it, or what is left of its limit. */
function withinLimit(step: StepText, verb: string, sofar = (at: string) => `算下来是${spoken(at)}。`): string {
  const [at = step.result, used = "0.00"] = Object.values(step.inputs);
  if (step.op !== "within" || fen(step.result) >= fen(at)) {
    return nothing(step.result) ? `算下来不到一分钱，这次不${verb}` : `${verb}${spoken(step.result)}`;
  }
  const [rule] = step.rules;
  const limit = rule && leafOf(rule) === "ceiling" ? "封顶线是一年" : `一年最多${verb}`;
  const before = nothing(used) ? "" : `，今年前面已经${verb}了${spoken(used)}`;
  const now = nothing(step.result) ? `这次不能再${verb}` : `这次${verb}${spoken(step.result)}`;
  return `${sofar(at)}${limit}${spoken(amountOf(rule))}${before}，所以${now}`;
}

/** Why care away is paid less, where the rule's line asks what was filed; "" where it does not. */
const filedWord = (rule: RoutingRuleText): string => wordOf(filedWords, caseOf(rule)) ?? "";
const filedWords: Record<string, string> = {
  "not-filed": "在外地看病没有备案",
  referral: "转诊到外地看病",
  emergency: "在外地急诊抢救",
  temporary: "临时外出看病",
  "back-home": "您备案长期住在外地，这次回参保地看病",
};

/** What the bill is, and what of it no layer looks at. */
function bill({ heading: { facts, on }, step }: Reading): string[] {
  const where = `在${wordOf(levelWords, facts.level) ?? "医院"}`;
  const day = dayShown(on as Day);
  const visits: Record<string, string> = {
    inpatient: `您${where}住院，${day}出院`,
    caesarean: `您${where}剖宫产，${day}出院`,
    outpatient: `您${day}${where}看普通门诊`,
    "chronic-outpatient": `您${day}${where}看门诊慢特病`,
    "special-drug": `您${day}用特药`,
  };
  const visit = wordOf(visits, facts.careType) ?? `您${day}${where}看病`;
  const total = step("total")?.result ?? "0.00";
  const said = [`${visit}，这次一共花了${spoken(total)}。`];
  if (nothing(total)) return said;
  const outside: readonly (readonly [string, string])[] = [
    ["outsideCatalogue", "医保目录以外的"],
    ["overPriceCap", "超过医保限价的"],
    ["upfront", "按规定先由您付的"],
  ];
  const parts = outside.flatMap(([name, word]) => {
    const amount = step(name)?.result;
    return amount === undefined || nothing(amount) ? [] : [`${word}${spoken(amount)}`];
  });
  if (parts.length > 0) said.push(`其中${parts.join("，")}，这些要您自己付。`);
  const moved = step("remoteUpfront");
  if (moved && !nothing(moved.result)) {
    const why = moved.rules.map(filedWord).join("") || "在外地看病";
    said.push(`因为${why}，另有${spoken(moved.result)}要先由您自己付。`);
  }
  if (!step("inScope") || step("fixedBenefit")) return said;
  const inScope = step("inScope")!.result;
  if (nothing(inScope)) said.push("没有剩下医保能报的费用，所以各层都不报。");
  else if (inScope === total)
    said.push(...(nothing(step("fundsTotal")?.result) ? [] : ["这些费用都在医保能报的范围内。"]));
  else said.push(`剩下的${spoken(inScope)}在医保能报的范围内。`);
  return said;
}

const dayWord = ({ careType }: Reading["heading"]["facts"]) =>
  careType === "inpatient" || careType === "caesarean" ? "出院那天" : "看病那天";

/** Which identity was taken, and what the others would have left to pay (就高不重复). */
function identities({ heading: { facts }, others, step }: Reading): string[] {
  if (!facts.identity) return [];
  const taken = identityWord(facts.identity);
  if (others.length === 0) return [`按${dayWord(facts)}有效的登记，您是${taken}。`];
  const paid = step("patientTotal")?.result;
  const names = [taken, ...others.map((one) => identityWord(one.alternative))].join("、");
  const instead = others.map(({ alternative, patientTotal }) => {
    const also = patientTotal === paid ? "也是" : "要";
    return `如果按${identityWord(alternative)}算，您${also}自己付${spoken(patientTotal)}。`;
  });
  const best = others.some((one) => one.patientTotal !== paid) ? "让您付得最少的" : "登记在前的";
  return [`您同时有${names}这几种身份，只能按一种算，这里按${best}${taken}算。`, ...instead];
}

function fixedBenefit(_: Reading, paid: StepText): string[] {
  const most = amountOf(paid.rules[0]);
  const how = most === paid.result ? "" : `最多补${spoken(most)}，不超过花的钱，`;
  return [`剖宫产有定额补助，${how}这次补${spoken(paid.result)}，其他各层不再报。`];
}

function basic({ heading: { facts }, step }: Reading, paid: StepText): string[] {
  if (paid.op === "given" && paid.rules.length > 0)
    return [`您这次的${wordOf(careWords, facts.careType) ?? ""}费用，当地的基本医保不报。`];
  if (paid.op === "given") {
    const amount = nothing(paid.result) ? "没有报钱" : `报了${spoken(paid.result)}`;
    return [`基本医保已经在别处结算，${amount}，这里接着往下算。`];
  }
  const [deductible, above, at] = [step("deductiblePaid"), step("aboveDeductible"), step("pooledAtShare")];
  if (!deductible?.rules[0] || !above || !at) return [`基本医保报${spoken(paid.result)}。`];
  const due = amountOf(deductible.rules[0]);
  if (nothing(above.result)) return [`基本医保：起付线是${spoken(due)}，这次的费用没有超过，所以不报。`];
  const why = caseOf(deductible.rules[0]);
  const stay = /(third|fourth)-stay/.test(why) ? `这是您今年第${facts.stay}次住院，` : "";
  const moved = why === "transferred" ? "您是转院来的，不再收起付线，" : "";
  const free = facts.careType === "inpatient" ? moved || `${stay}没有起付线，` : "";
  const opening = nothing(due) ? free : `起付线是${spoken(due)}，剩下的`;
  const shares = segments(at, "0.00", above.result).map(({ share }) => share);
  const bonus = ruleOf(at, "bonus");
  const raised = bonus?.decided ? changedBy(bonus, shares) : "";
  return [`基本医保：${opening}${spoken(above.result)}${rate(shares)}报${raised}，${withinLimit(paid, "报")}。`];
}
/** What points did to the shares that were paid: added, or taken off and why. */
function changedBy(bonus: RuleText, shares: readonly number[]): string {
  const points = ratioOf(bonus).replace(/[−%]/g, "");
  if (isCut(bonus)) return `（${filedWord(bonus) || "按当地规定"}，少报${points}个百分点）`;
  return shares.length === 1 && shares[0]! < 10_000 ? `（其中${points}个百分点是另外加的）` : "";
}

function largeExpense(_: Reading, paid: StepText): string[] {
  if (paid.op === "within")
    return [
      `超过封顶线、没报到的${spoken(Object.values(paid.inputs)[0]!)}，职工大额补助接着报，${withinLimit(paid, "报", () => "")}。`,
    ];
  return nothing(paid.result) ? [] : [`职工大额补助也已经在别处结算，报了${spoken(paid.result)}。`];
}

const aids = ["medicalAid", "furtherAid"];

/** A layer over the year: what counts, what was there before, the threshold, the shares, the limit. */
function yearly({ step }: Reading, name: string, counted: StepText): string[] {
  const [before = "0.00", borne = "0.00"] = Object.values(counted.inputs);
  const [paid, at] = [step(name), step(`${name}AtTiers`)];
  if (nothing(borne) || !paid || !at) return [];
  const verb = aids.includes(name) ? "付" : "报";
  const threshold = amountOf(ruleOf(at, "threshold"));
  const sum = `今年前面有${spoken(before)}，加上这次的${spoken(borne)}，一共${spoken(counted.result)}`;
  const head = nothing(before) ? `：还有${spoken(borne)}由您负担，` : `按全年累计算：${sum}。`;
  if (fen(counted.result) <= fen(threshold))
    return [`${layerWord(name)}${head}没有超过起付线${spoken(threshold)}，这次不${verb}；今年再看病，会接着加上去算。`];
  const shares = segments(at, before, counted.result).map(({ share }) => share);
  const part = nothing(before) ? "" : "这次的部分，";
  const passed =
    fen(before) >= fen(threshold)
      ? `已经超过起付线${spoken(threshold)}，这次的部分，`
      : `超过起付线${spoken(threshold)}的部分，`;
  const which = nothing(threshold) ? part : passed;
  return [`${layerWord(name)}${head}${which}${rate(shares)}${verb}，${withinLimit(paid, verb)}。`];
}

function guarantee(_: Reading, paid: StepText): string[] {
  if (nothing(paid.result)) return [];
  const [rule] = paid.rules;
  const some = rule && tenThousandths(String(rule.value)) > 0;
  const most = some ? `您最多付${ratioOf(rule)}，多出的` : "不用您付，剩下的";
  return [`兜底：当地规定，这类费用在医保能报的范围内${most}${spoken(paid.result)}由兜底的钱付。`];
}

/** Layers that the area does not have, or not for this person: said, because silence would look like a mistake. */
function notCovered({ heading: { facts, rules }, steps, step }: Reading): string[] {
  const outside = steps.filter(
    ({ name, op, rules: [rule] }) =>
      op === "given" &&
      rule?.value === "not covered" &&
      !nothing(Object.values(step(`${name}BaseAfter`)?.inputs ?? {})[1]),
  );
  const nobody = outside.filter(({ rules: [rule] }) => caseOf(rule!) === "everybody");
  const absent = nobody.filter(({ layer }) => facts.identity || layer === "criticalIllness" || layer === "specialDrug");
  const listed = outside.filter((one) => !nobody.includes(one));
  const names = (which: readonly StepText[]) => which.map(({ name }) => layerWord(name)).join("、");
  const said: string[] = [];
  if (absent.length > 0) said.push(`按当时的规定，当地没有${names(absent)}，所以不报。`);
  if (listed.length > 0) {
    const why = facts.identity
      ? `没有包括${identityWord(facts.identity)}`
      : `只给名单上的困难人员，${dayWord(facts)}没有查到您在有效的名单上`;
    said.push(`${names(listed)}${why}，所以这次没有。`);
  }
  const care = facts.careType;
  const unfed = rules.filter(({ value }) => Array.isArray(value) && !value.some((one) => one === care));
  if (care === "outpatient" && unfed.length > 0) {
    const words: Record<string, string> = { feedsCriticalIllness: "大病保险", feedsAid: "医疗救助" };
    said.push(
      `${careWords[care]}的费用不算进${unfed.map((rule) => wordOf(words, leafOf(rule)) ?? "别的层").join("和")}。`,
    );
  }
  return said;
}

const leafWords: Record<string, string> = {
  deductible: "起付线",
  threshold: "起付线",
  tiers: "比例",
  bonus: "多报的比例",
  limit: "全年限额",
  ceiling: "封顶线",
  outpatientCeiling: "全年限额",
  largeExpense: "全年限额",
  caesarean: "金额",
  remoteUpfront: "外地看病先付的比例",
};

/** What no document gives and yet decided an amount. */
function guesses({ steps }: Reading): string[] {
  const found = new Map<string, string[]>();
  for (const one of steps)
    for (const rule of one.rules) {
      if (!rule.decided || rule.standing !== "assumed") continue;
      const shares = tiersOf(rule).map(({ share }) => percent(tenThousandths(share)));
      const amount = nothing(amountOf(rule)) ? ratioOf(rule) : spoken(amountOf(rule));
      const shown = shares.length > 0 ? shares.join("、") : amount;
      const name = one.layer === "otherLayers" || one.layer === "fees" ? ruleLayer(rule) : one.layer;
      const leaf = isCut(rule) ? "少报的比例" : wordOf(leafWords, leafOf(rule));
      const what = `${leaf ?? "标准"}${shown && `（${shown.replace("−", "")}）`}`;
      found.set(name, [...(found.get(name) ?? []), what]);
    }
  if (found.size === 0) return [];
  const list = [...found].map(([name, whats]) => `${layerWord(name)}的${whats.join("、")}`).join("；");
  return [`提醒您：${list}，这些没有查到文件，是按估计的数算的，可能与当地实际不同。`];
}
const ruleLayer = ({ parameter }: RuleText) =>
  parameter.includes(".otherLayers.") ? parameter.split(".").at(-2)! : "fees";

function closing({ step }: Reading): string[] {
  const [funds, own] = [step("fundsTotal"), step("patientTotal")];
  const last = own ? `最后，您自己付${spoken(own.result)}。` : "最后您自己付多少，这份记录里没有写。";
  if (!funds) return [last];
  const names = Object.keys(funds.inputs);
  if (names.length === 0) return ["这次医保没有付钱。", last];
  const who = names.some((name) => aids.includes(name)) ? "医保和救助" : "医保";
  const each = Object.entries(funds.inputs).map(([name, amount]) => `${layerWord(name)}${spoken(amount)}`);
  return [`${who}一共付了${spoken(funds.result)}${each.length > 1 ? `：${each.join("，")}` : ""}。`, last];
}

const stories: Record<string, (reading: Reading, step: StepText) => string[]> = {
  fixedBenefit,
  fixedBenefitNotCovered: () => ["当地没有剖宫产的定额补助，按住院算。"],
  pooled: basic,
  largeExpense,
  largeExpenseNotCovered: () => ["超过封顶线的部分，基本医保不再报。"],
  guarantee,
};
/** Steps that the stories of their layers tell, or that only carry an amount on. */
const carried =
  /^(total|outsideCatalogue|overPriceCap|upfront|upfrontInAll|remoteUpfront|inScope|inScopeAtHome|deductiblePaid|aboveDeductible|pooledAtShare|outpatientBefore|cutOffByCeiling|fundsTotal|patientTotal|borneAfter.*|.*Before|.*AtTiers)$/;

function tell(reading: Reading, step: StepText): string[] {
  const story = Object.hasOwn(stories, step.name) ? stories[step.name] : undefined;
  if (story) return story(reading, step);
  if (step.name.endsWith("BaseAfter")) return yearly(reading, step.name.slice(0, -"BaseAfter".length), step);
  if (carried.test(step.name) || reading.step(`${step.name}BaseAfter`)) return [];
  return nothing(step.result) ? [] : [`另有一项新的规定，算下来是${spoken(step.result)}。`];
}

/** The official term with its plain word, where it is first said. */
const plainWords: Record<string, string> = {
  医保目录: "医保能报的药品和项目的名单",
  起付线: "先由您自己付的部分",
  封顶线: "基本医保一年最多报的数",
  门诊慢特病: "慢性病、特殊病的门诊",
  特药: "治大病的贵重药",
  大病保险: "花费大时再报一次的保险",
  医疗救助: "政府给困难人员的帮助",
  再救助: "救助以后还难的，再帮一次",
};

function withPlainWords(said: readonly string[]): string[] {
  const left = new Map(Object.entries(plainWords));
  return said.map((sentence) =>
    sentence.replace(new RegExp([...left.keys()].join("|") || "$^", "g"), (term) => {
      const plain = left.get(term);
      left.delete(term);
      return plain ? `${term}（${plain}）` : term;
    }),
  );
}

/** 说给本人听 · a settled claim in plain Chinese, to be read aloud; made from the trace alone, the last sentence is what they pay. */
export function sentences(claim: SettledText): string[] {
  const reading = read(claim);
  const empty = nothing(reading.step("inScope")?.result) && nothing(reading.step("fundsTotal")?.result);
  const layers = empty ? [] : [...reading.steps.flatMap((one) => tell(reading, one)), ...notCovered(reading)];
  return withPlainWords([
    ...bill(reading),
    ...identities(reading),
    ...layers,
    ...guesses(reading),
    ...closing(reading),
  ]);
}
