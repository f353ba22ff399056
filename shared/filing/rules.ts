import { type Covered, careCover } from "../care/cover.ts";
import { addDays, addMonths, type Day, dayShown } from "../day.ts";
import type { Policy } from "../policy/policy.ts";
import { type FilingKind, filingKinds, groupOf, type RemoteRules, remoteOn } from "../policy/remote.ts";
import type { Place } from "../policy/table.ts";
import { Refusal } from "../refusal.ts";
import { placeOf } from "../settlement/claim.ts";
import { type Brief, isInForce, lastDay, stateOn } from "./filing.ts";
import { destinationOf, destinationShown, liesIn } from "./places.ts";

/** 申请 · what somebody files for. `replaces`: the long-term filing that this one is to take the place of. */
export interface Application {
  readonly kind: FilingKind;
  readonly destination: string;
  readonly from: Day;
  readonly replaces: string | null;
}

/** Who files: where they are insured, and what cover asks of them. */
interface Applicant {
  readonly homeCounty: string;
  readonly covered: Covered;
}

/** 前景 · what an application would come to: how long it is good for, what it needs, and what stands beside it. */
export interface Prospect {
  readonly until: Day | null;
  readonly place: Place;
  readonly rules: RemoteRules;
  /** Filings for other places that go on: at each place its own counts. */
  readonly beside: readonly Brief[];
  readonly replaces: Brief | null;
  /** It begins before today, for a stay that goes on. */
  readonly late: boolean;
}

/**
 * 能不能备案 · what an application would come to on a day, or a refusal that says what is wrong. `briefs` are all of the
 * person's filings that wait or are in force. 医保发〔2022〕22号 and the area's own rules.
 */
export function prospectOf(
  asked: Application,
  applicant: Applicant,
  briefs: readonly Brief[],
  policy: Policy,
  on: Day,
): Prospect {
  const rules = remoteOn(policy, on);
  const destination = destinationOf(asked.destination);
  if (asked.kind === "emergency") throw new Refusal("filing-emergency");
  const place = placeTo(applicant.homeCounty, asked.destination);
  if (rules.exempt.value.includes(place))
    throw new Refusal("filing-not-needed", { detail: destinationShown(destination) });
  const live = briefs.filter((one) =>
    ["submitted", "returned", "in-force", "awaiting-proof"].includes(stateOn(one, on)),
  );
  const replaces = replacedBy(asked, briefs, rules, on);
  mustBeginWell(asked.from, replaces !== null, rules, on);
  mustBeCoveredFrom(applicant.covered, asked.from);
  const { months } = rules.kinds[asked.kind];
  const until = months.value === "open" ? null : addDays(addMonths(asked.from, months.value), -1);
  const others = live.filter((one) => one !== replaces);
  const period = { from: asked.from, until };
  mustNotRepeat(asked, period, others);
  mustNotReachBack(asked, briefs, on);
  return {
    until,
    place,
    rules,
    beside: others.filter((one) => isInForce(one.state) && touches(one, period)),
    replaces,
    late: asked.from < on,
  };
}

/** Where a destination lies, seen from home: a destination is a city or all of a municipality. */
export const placeTo = (homeCounty: string, destination: string): Place =>
  liesIn(homeCounty, destination) ? "in-city" : placeOf(homeCounty, destination);

function mustBeginWell(from: Day, isChange: boolean, rules: RemoteRules, on: Day): void {
  const back = rules.lateBeforeDischarge.value && !isChange ? rules.backwardsDays.value : 0;
  const ahead = isChange ? 0 : rules.aheadDays.value;
  const [first, last] = [addDays(on, -back), addDays(on, ahead)];
  if (from < first || from > last) {
    const bounds = first === last ? `变更从${dayShown(on)}当天起` : `可以选${dayShown(first)}到${dayShown(last)}`;
    throw new Refusal("filing-dates", { detail: bounds });
  }
}

/** Cover must hold on the day that the filing begins; who waits is told from which day on they may file. */
function mustBeCoveredFrom(covered: Covered, from: Day): void {
  const cover = careCover(covered, from);
  switch (cover.state) {
    case "covered":
      return;
    case "died":
      throw new Refusal("deceased");
    case "waiting":
      throw new Refusal("in-waiting", { detail: `待遇从${dayShown(cover.from)}开始，可以备案到那天起` });
    case "starts-later":
      throw new Refusal("cover-not-begun", { detail: `待遇从${dayShown(cover.from)}开始，可以备案到那天起` });
    case "employee":
      throw new Refusal("covered-as-employee");
    default:
      throw new Refusal("not-enrolled");
  }
}

/**
 * The filing that a change takes the place of: a long-term one that is in force and not locked, by a long-term one. Null where
 * it is over by now: nothing is left to be replaced.
 */
function replacedBy(
  { kind, replaces }: Application,
  briefs: readonly Brief[],
  rules: RemoteRules,
  on: Day,
): Brief | null {
  if (replaces === null) return null;
  const old = briefs.find((one) => one.filingNo === replaces);
  if (!old || groupOf(old.kind) !== "long-term" || groupOf(kind) !== "long-term") throw new Refusal("filing-state");
  if (["ended", "changed", "expired"].includes(stateOn(old, on))) return null;
  if (!isInForce(old.state)) throw new Refusal("filing-state");
  mustBeUnlocked(old, rules, on);
  return old;
}

/** 变更限制 · throws while a long-term filing is locked. */
export function mustBeUnlocked({ kind, from }: Brief, rules: RemoteRules, on: Day): void {
  if (groupOf(kind) !== "long-term") return;
  const free = addMonths(from, rules.lockMonths.value);
  if (on < free) throw new Refusal("filing-locked", { detail: `${dayShown(free)}起可以` });
}

/**
 * 重叠 · one long-term filing at a time; at one place one filing of a kind at a time, and none where a long-term one stands.
 * Everything else stands side by side: at each place its own filing counts.
 */
function mustNotRepeat(
  { kind, destination }: Pick<Application, "kind" | "destination">,
  period: Period,
  others: readonly Brief[],
): void {
  const group = groupOf(kind);
  for (const one of others.filter((other) => meets(other, period))) {
    const theirs = groupOf(one.kind);
    if (group === "long-term" && theirs === "long-term")
      throw new Refusal("filing-long-stands", { detail: toldOf(one) });
    if (one.destination === destination && (theirs === group || theirs === "long-term"))
      throw new Refusal("filing-stands", { detail: toldOf(one) });
  }
}

/** Do a filing and a period meet? One by commitment is reckoned with as long as it may hold once its paper is there. */
const meets = (one: Brief, period: Period): boolean =>
  touches(isInForce(one.state) ? { ...one, proofBy: null } : one, period);

/** Throws where a long-term filing would reach back over days for which another one stood. */
function mustNotReachBack({ kind, from, replaces }: Application, briefs: readonly Brief[], on: Day): void {
  if (groupOf(kind) !== "long-term") return;
  const before = briefs.find(
    (one) =>
      one.filingNo !== replaces &&
      groupOf(one.kind) === "long-term" &&
      ["ended", "changed", "expired"].includes(stateOn(one, on)) &&
      (lastDay(one) ?? from) > from,
  );
  if (before) throw new Refusal("filing-dates", { detail: `之前已有长期备案：${toldOf(before)}` });
}

/** Throws unless a filing may take effect beside what stands by now; what it replaces goes with it. */
export function mustStandAlone(one: Brief, briefs: readonly Brief[], on: Day, replaces: string | null): void {
  const others = briefs.filter(
    (other) => other.filingNo !== one.filingNo && other.filingNo !== replaces && isInForce(stateOn(other, on)),
  );
  mustNotRepeat(one, { from: one.from, until: one.until }, others);
}

/** 南昌市，异地长期居住，到2026年6月1日. */
function toldOf(one: Brief): string {
  const last = lastDay(one);
  return `${destinationShown(destinationOf(one.destination))}，${filingKinds[one.kind].name}${last ? `，到${dayShown(last)}` : ""}`;
}

interface Period {
  readonly from: Day;
  readonly until: Day | null;
}

/** Do a filing and a period have a day in common? */
export function touches(one: Brief, { from, until }: Period): boolean {
  const last = lastDay(one);
  // One that ended before it began never held.
  if (last !== null && last < one.from) return false;
  return (last === null || last >= from) && (until === null || one.from <= until);
}

/** 办理方式 · at once by rule, at once by commitment, or by an officer. */
type Way = "at-once" | "on-commitment" | "officer";

/** How an application is decided, or a refusal that says what is missing: papers need an officer's eyes. */
export function wayOf(
  kind: FilingKind,
  rules: RemoteRules,
  given: { readonly commitment: boolean; readonly attachments: number },
): Way {
  const { papers, commitment } = rules.kinds[kind];
  if (papers.value.length === 0) return "at-once";
  if (given.attachments > 0) return "officer";
  if (!given.commitment) throw new Refusal("filing-paper-needed");
  if (commitment.value === "not accepted") throw new Refusal("filing-commitment");
  return commitment.value === "no paper follows" ? "at-once" : "on-commitment";
}

/** 补交证明的最后一天, null where no paper follows. */
export function proofByOf(kind: FilingKind, rules: RemoteRules, on: Day): Day | null {
  const { value } = rules.kinds[kind].commitment;
  return typeof value === "object" ? addDays(addMonths(on, value.proofWithinMonths), -1) : null;
}
