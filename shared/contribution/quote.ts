import { nationalFloor } from "../areas/national.ts";
import { addDays, addMonths, ageOn, type Day, dayOf, dayShown, daysBetween, yearOf } from "../day.ts";
import { least, minus, plus, portion, shareText, text, times, type Yuan, zero } from "../money.ts";
import type { LocalSplit, Payer, Subsidy, Window } from "../policy/contribution.ts";
import { type IdentityKind, identitiesOn } from "../policy/identity.ts";
import { firstDay, type Policy } from "../policy/policy.ts";
import { forYear, inForce, type Rule } from "../policy/series.ts";
import { NoRuleInForce, Refusal } from "../refusal.ts";
import type { Channel, Enquiry } from "./enquiry.ts";
import { movedFromEmployee, type Repair, repairOf, waitingOf } from "./waiting.ts";

/** One step of the reasoning: what was looked at, the rules that decided, what came out; amounts and ratios as text. */
interface QuoteStep {
  readonly step: "standard" | "channel" | "subsidy" | "fiscal" | "waiting" | "repair" | "cover";
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly rules: readonly Rule[];
  readonly result: unknown;
}

export interface Quote {
  readonly window: { readonly from: Day; readonly until: Day };
  readonly channel: Channel;
  readonly standard: Yuan;
  readonly subsidised: Yuan;
  readonly due: Yuan;
  readonly subsidies: readonly { readonly payer: Payer; readonly amount: Yuan }[];
  readonly fiscal: { readonly total: Yuan; readonly localSplit: LocalSplit | null };
  readonly cover: {
    readonly from: Day | null;
    readonly waitingMonths: number;
    readonly fixedMonths: number;
    readonly variableMonths: number;
  };
  readonly repair: Repair | null;
  readonly warnings: readonly "cover-starts-after-the-benefit-year"[];
  /** True when an assumed parameter decided any part of the answer. */
  readonly assumed: boolean;
  readonly trace: readonly QuoteStep[];
}

/**
 * 应缴 · what one person owes for one benefit year on a day, and when cover starts, with every rule that decided it.
 *
 * Amounts are yuan to the fen; subsidised + due = standard. Refuses with `malformed`, `already-enrolled`,
 * `duplicate-enrolment` or `window-not-open`; throws `NoRuleInForce` where policy is silent.
 * 国办发〔2024〕38号 for waiting; the area's own documents for amounts, windows and subsidies.
 */
export function quote(enquiry: Enquiry, policy: Policy): Quote {
  const { benefitYear, on, person } = enquiry;
  const rules = policy.contribution;
  const yearBegins = dayOf(benefitYear, 1, 1);
  const yearEnds = dayOf(benefitYear, 12, 31);
  const trace: QuoteStep[] = [];
  const note = (step: QuoteStep["step"], inputs: QuoteStep["inputs"], decided: readonly Rule[], result: unknown) =>
    trace.push({ step, inputs, rules: decided, result });

  checkFacts(enquiry);
  if (yearBegins < firstDay(policy)) throw new NoRuleInForce("begins", yearBegins);
  if (person.employeeCovered) throw new Refusal("duplicate-enrolment");
  if (person.coveredYears.includes(benefitYear)) throw new Refusal("already-enrolled");

  // 标准: the area's own, else the national floor, which is then an assumption.
  const standardRule = standardFor(policy, benefitYear);
  const standard = standardRule.value[enquiry.tier - 1];
  if (standard === undefined) throw new Refusal("malformed", { detail: `没有第${enquiry.tier}档` });
  note(
    "standard",
    { benefitYear, tier: enquiry.tier, tiers: standardRule.value.length },
    [{ ...standardRule, value: standardRule.value.map(text) }],
    text(standard),
  );

  // 渠道: the first that applies.
  const windowRule = windowFor(policy, benefitYear, person.student);
  const window = windowDays(windowRule.value, benefitYear);
  const [channel, channelRules] = channelOf(enquiry, policy, window);
  note(
    "channel",
    { on, window, bornOn: person.bornOn, employeeCoverEndedOn: person.employeeCoverEndedOn },
    [windowRule, ...channelRules],
    channel,
  );

  // 资助: on the identities of that day, reckoned on the lowest tier.
  // The first window of an area lies before its first day.
  const timing = inForce("identityTiming", policy.identityTiming, on < firstDay(policy) ? firstDay(policy) : on);
  const identities = identitiesOn(person.identities, on, timing.value);
  const lowest = standardRule.value[0]!;
  const subsidy = subsidyOf(policy, benefitYear, lowest, identities, ageOn(person.bornOn, yearBegins));
  const subsidies = payersOf(policy, yearBegins).map((payer) => ({
    payer,
    amount: payer === subsidy.payer ? subsidy.amount : zero,
  }));
  note(
    "subsidy",
    { identities, reckonedOn: text(lowest) },
    [...(person.identities.length > 0 ? [timing] : []), ...subsidy.rules],
    text(subsidy.amount),
  );

  // 财政补助: goes to the fund for every enrolled person, whoever pays the individual part.
  const fiscalRule = fiscalFor(policy, benefitYear);
  const splitRule = inForce("contribution.localSplit", rules.localSplit, yearBegins);
  const localSplit = splitRule.value === "not stated" ? null : splitRule.value;
  const splitText = localSplit && {
    province: shareText(localSplit.province),
    cityAndCounty: shareText(localSplit.cityAndCounty),
  };
  note(
    "fiscal",
    { benefitYear },
    [{ ...fiscalRule, value: text(fiscalRule.value) }, ...(splitText ? [{ ...splitRule, value: splitText }] : [])],
    text(fiscalRule.value),
  );

  // 等待期 and 修复.
  const waiting = waitingOf(enquiry, channel, identities, rules, yearBegins);
  const { fixedMonths, variableMonths, lapsedYears } = waiting;
  const waitingMonths = fixedMonths + variableMonths;
  note("waiting", { channel, coveredYears: person.coveredYears, lapsedYears, identities }, waiting.rules, {
    fixedMonths,
    variableMonths,
  });
  const { repair, rules: repairRules } = repairOf(waiting, standard, rules.waiting, yearBegins);
  if (repair)
    note("repair", { lapsedYears, standard: text(standard) }, repairRules, {
      ...repair,
      cost: text(repair.cost),
    });

  const from = coverFrom(enquiry, channel, waitingMonths);
  note("cover", { channel, on, waitingMonths }, [], from);

  return {
    window,
    channel,
    standard,
    subsidised: subsidy.amount,
    due: minus(standard, subsidy.amount),
    subsidies,
    fiscal: { total: fiscalRule.value, localSplit },
    cover: {
      from: from > yearEnds ? null : from,
      waitingMonths,
      fixedMonths,
      variableMonths,
    },
    repair,
    warnings: from > yearEnds ? ["cover-starts-after-the-benefit-year"] : [],
    assumed: trace.some((step) => step.rules.some((rule) => rule.standing === "assumed")),
    trace,
  };
}

/** Facts that contradict each other; what cannot be read at all was refused at the edge. */
function checkFacts({ benefitYear, on, person }: Enquiry): void {
  const wrong = (detail: string) => new Refusal("malformed", { detail });
  if (person.bornOn > on) throw wrong("出生日期晚于查询日期");
  if (person.employeeCoverEndedOn && person.employeeCoverEndedOn > on) throw wrong("职工医保停保日期晚于查询日期");
  if (person.employeeCoverEndedOn && person.employeeCovered) throw wrong("职工医保既在参保又已停保");
  if (person.firstEnrolment && person.coveredYears.length > 0) throw wrong("首次参保的人不会有已参保年度");
  if (person.coveredYears.some((year) => year < yearOf(person.bornOn))) throw wrong("参保年度早于出生");
  if (benefitYear < yearOf(person.bornOn)) throw wrong("待遇年度早于出生");
}

/** The amounts of an area's tiers in a benefit year, the lowest first. */
export const tiersOf = (policy: Policy, benefitYear: number): Yuan[] => [...standardFor(policy, benefitYear).value];

/** The area's own standard of a benefit year; where it has none, the national floor as the area's assumed standard. */
function standardFor(policy: Policy, benefitYear: number): Rule<readonly Yuan[]> {
  const own = policy.contribution.standard;
  if (own.some((entry) => yearOf(entry.from) === benefitYear))
    return forYear("contribution.standard", own, benefitYear);
  const floor = forYear("contribution.standard", nationalFloor.individual, benefitYear);
  return { ...asFloor(floor), value: [floor.value] };
}

function fiscalFor(policy: Policy, benefitYear: number): Rule<Yuan> {
  const own = policy.contribution.fiscal;
  if (own.some((entry) => yearOf(entry.from) === benefitYear)) return forYear("contribution.fiscal", own, benefitYear);
  return asFloor(forYear("contribution.fiscal", nationalFloor.fiscal, benefitYear));
}

const asFloor = <T>(floor: Rule<T>): Rule<T> => ({
  ...floor,
  standing: "assumed",
  note: `当地标准没有文件，取国家最低标准${floor.note && `；${floor.note}`}`,
});

function windowFor(policy: Policy, benefitYear: number, student: boolean): Rule<Window> {
  const firstOfYear = dayOf(benefitYear, 1, 1);
  const { window, studentWindow } = policy.contribution;
  const own = inForce("contribution.studentWindow", studentWindow, firstOfYear);
  if (student && own.value !== "same as everybody") return { ...own, value: own.value };
  return inForce("contribution.window", window, firstOfYear);
}

/** 集中缴费期 · the first and the last day on which everybody may pay for a benefit year. */
export const windowOf = (policy: Policy, benefitYear: number): { from: Day; until: Day } =>
  windowDays(windowFor(policy, benefitYear, false).value, benefitYear);

function windowDays({ from, until, untilNextYear }: Window, benefitYear: number): { from: Day; until: Day } {
  return {
    from: monthDay(benefitYear - 1, from),
    until: monthDay(untilNextYear ? benefitYear : benefitYear - 1, until),
  };
}

const monthDay = (year: number, written: string): Day =>
  dayOf(year, Number(written.slice(0, 2)), Number(written.slice(3)));

/** The channel and the rules that were asked for it. */
function channelOf(
  { benefitYear, on, person }: Enquiry,
  policy: Policy,
  window: { from: Day; until: Day },
): [Channel, Rule[]] {
  const rules = policy.contribution;
  const yearBegins = dayOf(benefitYear, 1, 1);
  const newborn = inForce("contribution.newbornDays", rules.newbornDays, yearBegins);
  if (yearOf(person.bornOn) === benefitYear && daysBetween(person.bornOn, on) <= newborn.value)
    return ["newborn", [newborn]];
  if (on > dayOf(benefitYear, 12, 31)) throw new Refusal("window-not-open", { detail: `${benefitYear}年度已经结束` });
  if (window.from <= on && on <= window.until) return ["window", []];

  const gap = inForce("contribution.employeeGapMonths", rules.employeeGapMonths, yearBegins);
  if (movedFromEmployee(person, on, gap.value)) return ["moved-from-employee", [gap]];
  const anyTime = inForce("contribution.firstEnrolmentAnyTime", rules.firstEnrolmentAnyTime, yearBegins);
  if (person.coveredYears.length === 0 && anyTime.value) return ["first-enrolment", [anyTime]];
  if (on < window.from) throw new Refusal("window-not-open", { detail: `集中缴费期从${dayShown(window.from)}开始` });
  return ["late", []];
}

/** The most favourable of what the person's identities and age would be given (就高不重复); the first on a tie. */
function subsidyOf(
  policy: Policy,
  benefitYear: number,
  lowest: Yuan,
  identities: readonly IdentityKind[],
  age: number,
): { amount: Yuan; payer: Payer | null; rules: Rule[] } {
  const yearBegins = dayOf(benefitYear, 1, 1);
  const { identity, aged } = policy.contribution.subsidies;
  const offers: Rule<Subsidy | "none">[] = identities.flatMap((kind) => {
    const series = identity[kind];
    return series ? [inForce(`contribution.subsidies.identity.${kind}`, series, yearBegins)] : [];
  });
  const byAge = inForce("contribution.subsidies.aged", aged, yearBegins);
  if (byAge.value !== "none" && age >= byAge.value.from) offers.push({ ...byAge, value: byAge.value });

  let best: { amount: Yuan; payer: Payer | null; rules: Rule[] } = { amount: zero, payer: null, rules: [] };
  for (const offer of offers) {
    if (offer.value === "none") continue;
    const { payer, pays } = offer.value;
    const amount = least("share" in pays ? portion(lowest, pays.share) : pays.amount, lowest);
    const written = "share" in pays ? { share: shareText(pays.share) } : { amount: text(pays.amount) };
    if (best.payer === null || amount > best.amount) {
      best = { amount, payer, rules: [{ ...offer, value: { payer, ...written } }] };
    }
  }
  return best;
}

/** Everybody who pays a subsidy in the area, in the order of its rules. */
function payersOf(policy: Policy, on: Day): Payer[] {
  const { identity, aged } = policy.contribution.subsidies;
  const inUse = [...Object.values(identity), aged].flatMap((series) => {
    const entry = series.findLast((one) => one.from <= on);
    return entry?.value && entry.value !== "none" ? [entry.value.payer] : [];
  });
  return [...new Set(inUse)];
}

/** When cover starts, waiting included; the year's end is looked at by the caller. */
function coverFrom({ benefitYear, on, person }: Enquiry, channel: Channel, waitingMonths: number): Day {
  if (channel === "newborn") return person.bornOn;
  const yearBegins = dayOf(benefitYear, 1, 1);
  const dayAfter = addDays(on, 1);
  return addMonths(channel === "window" || dayAfter < yearBegins ? yearBegins : dayAfter, waitingMonths);
}

/** 修复后 · the same enquiry with some lapsed years paid for: what they cost, how long to wait, when cover starts. */
export function withRepair(
  enquiry: Enquiry,
  quoted: Quote,
  repairYears: number,
  policy: Policy,
): { readonly cost: Yuan; readonly waitingMonths: number; readonly coverFrom: Day | null } {
  if (repairYears === 0) return { cost: zero, waitingMonths: quoted.cover.waitingMonths, coverFrom: quoted.cover.from };
  if (!quoted.repair || repairYears > quoted.repair.years)
    throw new Refusal("malformed", { detail: "修复年数超出可修复的年数" });
  const yearBegins = dayOf(enquiry.benefitYear, 1, 1);
  const perYear = inForce(
    "contribution.waiting.monthsRemovedPerRepairedYear",
    policy.contribution.waiting.monthsRemovedPerRepairedYear,
    yearBegins,
  );
  const waitingMonths = Math.max(
    quoted.repair.waitingMonthsAfter,
    quoted.cover.waitingMonths - repairYears * perYear.value,
  );
  const from = coverFrom(enquiry, quoted.channel, waitingMonths);
  return {
    cost: times(quoted.standard, repairYears),
    waitingMonths,
    coverFrom: from > dayOf(enquiry.benefitYear, 12, 31) ? null : from,
  };
}

/** 修复的选择 · not to repair, or to pay for one or more of the lapsed years: each with its price, wait and first day. */
export function choicesOf(enquiry: Enquiry, quoted: Quote, policy: Policy) {
  return Array.from({ length: (quoted.repair?.years ?? 0) + 1 }, (_, repairYears) => {
    const { cost, waitingMonths, coverFrom } = withRepair(enquiry, quoted, repairYears, policy);
    return { repairYears, cost, total: plus(quoted.due, cost), waitingMonths, coverFrom };
  });
}
