import { documentOf, documents } from "../../../../../shared/areas/documents.ts";
import { payerNames } from "../../../../../shared/policy/contribution.ts";
import { type IdentityKind, identityNames } from "../../../../../shared/policy/identity.ts";
import type { Choice, Owed } from "../../../api.ts";
import { dayWords, money } from "../../../words.ts";

type Quote = Owed["quote"];
type Step = Quote["trace"][number];
export type Rule = Step["rules"][number];

/** Each thing that can be asked "为什么" about, and the steps of the trace that answer. */
export const questions = {
  due: { title: "应缴多少", steps: ["standard", "subsidy"] },
  standard: { title: "个人缴费标准", steps: ["standard"] },
  subsidy: { title: "缴费资助", steps: ["subsidy"] },
  fiscal: { title: "财政补助", steps: ["fiscal"] },
  window: { title: "什么时候可以缴", steps: ["channel"] },
  cover: { title: "从哪天起能报销", steps: ["channel", "waiting", "cover"] },
  repair: { title: "补缴断保的年份", steps: ["repair"] },
} as const satisfies Record<string, { title: string; steps: readonly Step["step"][] }>;
export type Question = keyof typeof questions;

/** One sentence of an answer, and the rules that decided it. */
interface Reason {
  readonly sentence: string;
  readonly rules: readonly Rule[];
}

/** 为什么 · the answer to a question: a sentence for each step, made from the trace, then what the chosen repair changes. */
export function reasonsFor(quote: Quote, question: Question, choice: Choice): Reason[] {
  const repairs = choice.repairYears > 0 && (question === "due" || question === "cover");
  const steps: readonly string[] = [...questions[question].steps, ...(repairs ? ["repair"] : [])];
  const reasons = quote.trace
    .filter((step) => steps.includes(step.step))
    .map((step) => ({ sentence: sentenceOf(step, quote), rules: step.rules }));
  return repairs ? [...reasons, { sentence: repairedSentence(choice), rules: [] }] : reasons;
}

function repairedSentence({ repairYears, cost, total, waitingMonths, coverFrom }: Choice): string {
  const starts = coverFrom ? `，${dayWords(coverFrom)}起能报销` : "";
  return `您选了补缴${repairYears}年，多付 ${money(cost)}，一共 ${money(total)}，等${waitingMonths}个月${starts}。`;
}

function sentenceOf({ step, inputs, rules, result }: Step, quote: Quote): string {
  switch (step) {
    case "standard":
      return standardSentence(inputs, String(result));
    case "channel":
      return channelSentence(inputs, rules, quote);
    case "subsidy":
      return subsidySentence(inputs, String(result), quote);
    case "fiscal":
      return `除了自己缴的，财政每年再补助 ${money(String(result))}，直接进医保基金，不用您付。`;
    case "waiting":
      return waitingSentence(inputs, rules, quote);
    case "repair":
      return repairSentence(inputs, quote);
    case "cover":
      return quote.cover.from
        ? `${quote.repair ? "不补缴的话，" : ""}${dayWords(String(result))}起能报销。`
        : `等到${dayWords(String(result))}才能报销，那时这个待遇年度已经结束，缴了也享受不到。`;
    default:
      return String(result);
  }
}

function standardSentence({ benefitYear, tier, tiers }: Step["inputs"], amount: string): string {
  const which = Number(tiers) > 1 ? `第${tier}档` : "";
  return `${benefitYear}年度${which}的个人缴费标准是每人 ${money(amount)}。`;
}

function channelSentence(inputs: Step["inputs"], rules: readonly Rule[], { window, channel }: Quote): string {
  const period = `${dayWords(window.from)}到${dayWords(window.until)}`;
  switch (channel) {
    case "window":
      return `集中缴费期是${period}，今天（${dayWords(String(inputs.on))}）在里面。`;
    case "newborn":
      return `孩子${dayWords(String(inputs.bornOn))}出生，还在新生儿缴费的期限里：缴了，从出生那天起就能报销。`;
    case "moved-from-employee":
      return `职工医保${dayWords(String(inputs.employeeCoverEndedOn))}停的，没有超过${ruleValue(rules, "employeeGapMonths")}个月，转过来不算断保。`;
    case "first-enrolment":
      return "第一次参加居民医保，随时可以缴，不用等。";
    case "late":
      return `集中缴费期是${period}，今天（${dayWords(String(inputs.on))}）已经过了。`;
  }
}

function subsidySentence({ identities }: Step["inputs"], amount: string, { subsidies }: Quote): string {
  const who = (identities as IdentityKind[]).map((kind) => identityNames[kind]).join("、");
  const payer = subsidies.find((one) => one.amount === amount)?.payer;
  if (Number(amount) === 0) return who ? `登记的身份是${who}，没有查到缴费资助。` : "没有登记可以享受缴费资助的身份。";
  const reason = who ? `登记的身份是${who}` : "按年龄";
  return `${reason}，由${payer ? payerNames[payer] : "政府"}资助 ${money(amount)}。`;
}

function waitingSentence(inputs: Step["inputs"], rules: readonly Rule[], { cover, channel }: Quote): string {
  if (cover.waitingMonths === 0) {
    if (ruleOf(rules, "waiting.exempt")) return "属于低收入和救助对象，不用等待。";
    if (ruleValue(rules, "waiting.applies") === false) return "这个年度没有等待的规定。";
    return channel === "window" ? "没有断保，又在集中缴费期里缴，不用等待。" : "不用等待。";
  }
  const lapsed = (inputs.lapsedYears as number[]).map((year) => `${year}年`).join("、");
  const fixed = `要固定等${cover.fixedMonths}个月，因为${channel === "late" ? "过了集中缴费期" : "断过保"}`;
  const variable = cover.variableMonths > 0 ? `；${lapsed}没有参保，再加${cover.variableMonths}个月` : "";
  return `${fixed}${variable}。一共等${cover.waitingMonths}个月（待遇等待期）。`;
}

function repairSentence({ standard }: Step["inputs"], { repair }: Quote): string {
  if (!repair) return "";
  return `断保的年份可以补缴，每补一年缴 ${money(String(standard))}。补${repair.years}年，少等${repair.removesMonths}个月，还要等${repair.waitingMonthsAfter}个月。`;
}

/** A rule's parameter without the part of the policy that it stands in. */
const nameOf = ({ parameter }: Rule) => parameter.replace(/^contribution\./, "");
const ruleOf = (rules: readonly Rule[], name: string) => rules.find((rule) => nameOf(rule) === name);
const ruleValue = (rules: readonly Rule[], name: string) => ruleOf(rules, name)?.value;

const parameterNames: Record<string, string> = {
  standard: "个人缴费标准",
  fiscal: "财政补助标准",
  window: "集中缴费期",
  studentWindow: "在校学生的集中缴费期",
  newbornDays: "新生儿缴费期限",
  employeeGapMonths: "职工医保转居民医保的期限",
  firstEnrolmentAnyTime: "首次参保随时缴费",
  identityTiming: "身份从什么时候算起",
  localSplit: "财政补助由谁分担",
  "subsidies.aged": "按年龄资助",
  "waiting.applies": "待遇等待期",
  "waiting.fixedMonths": "固定等待的月数",
  "waiting.monthsPerLapsedYear": "每断保一年增加的月数",
  "waiting.firstLapsedYearCounts": "断保第一年算不算",
  "waiting.lapsesCountedFrom": "断保从哪年算起",
  "waiting.monthsRemovedPerRepairedYear": "每补缴一年减少的月数",
  "waiting.floorFromLapsedYears": "断保几年以上另有规定",
  "waiting.floorMonths": "补缴后至少等的月数",
  "waiting.exempt": "谁不用等待",
};

/** What a rule is about. */
export function ruleName(rule: Rule): string {
  const name = nameOf(rule);
  const kind = name.replace("subsidies.identity.", "");
  if (kind !== name) return `${identityNames[kind as IdentityKind]}的缴费资助`;
  return parameterNames[name] ?? name;
}

/** How well a rule's value is known. */
export function standingWords({ standing, cite }: Rule): string {
  if (standing === "stated") return "文件写明";
  if (standing === "derived") return "由文件推算";
  return cite ? "当地没有查到文件，先这样假定" : "没有查到文件，先这样假定";
}

/** The full title of the document that a rule cites, where it is registered. */
export function titleOf({ cite }: Rule): string {
  const found = documentOf(cite);
  return found ? documents[found].title : "";
}

/** What has to be said beside an amount that rests on an assumption; empty where nothing is assumed. */
export function assumptionWords({ assumed, trace }: Quote): string {
  if (!assumed) return "";
  const standard = trace.find((step) => step.step === "standard")?.rules[0];
  return standard?.standing === "assumed"
    ? "按国家最低标准，当地文件尚未收录。"
    : "有的规定没有查到文件，先按通常做法算，点“为什么”可以逐条看。";
}
