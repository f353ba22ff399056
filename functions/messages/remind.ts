import * as z from "zod";
import { areas, policyOf } from "../../shared/areas/areas.ts";
import { quote, windowOf } from "../../shared/contribution/quote.ts";
import { type Day, daysBetween, yearOf } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { stageOf } from "../../shared/messages.ts";
import { NoRuleInForce, Refusal } from "../../shared/refusal.ts";
import { byClock } from "../background.ts";
import { childrenOf } from "../callers/units.ts";
import { now, today } from "../clock.ts";
import { key } from "../key.ts";
import { insured, type PersonPage, personPage } from "../people/page.ts";
import { villagers } from "../progress/store.ts";
import { itemAt } from "../read.ts";
import { either, having, isNew, toPut, write } from "../write.ts";
import { forget, type Notice, noticesUntil, tell } from "./store.ts";

/** A run ends by then; what is left is done by the next, from where this one stood. */
const runsFor = 40_000;
const noticesAtOnce = 50;

/** 提醒进度 · how far one reminder of an area has come; villages are done in the order of their codes. */
const Progress = z.object({ on: CalendarDay, village: z.string(), done: z.boolean() });
type Progress = z.output<typeof Progress>;

/**
 * 每日提醒 · tells whose cover starts or whose waiting is over, and who has not paid as the window closes, each once. It runs
 * every few minutes and does nothing where the day's work is done; two at once tell nothing twice.
 */
export const handler = byClock("remind", async (): Promise<{ told: number }> => {
  const until = now() + runsFor;
  let told = 0;
  for (let due = await noticesUntil(today(), noticesAtOnce); due.length > 0 && now() < until; ) {
    for (const notice of due) told += await tellStart(notice);
    due = await noticesUntil(today(), noticesAtOnce);
  }
  for (const area of areas.keys())
    for (const benefitYear of [yearOf(today()), yearOf(today()) + 1]) told += await remind(area, benefitYear, until);
  return { told };
});

/** Cover that begins: where the enrolment still stands as it was told. */
async function tellStart(notice: Notice): Promise<number> {
  const { profile, enrolments } = await personPage(notice.personNo);
  const standing = enrolments.find((one) => one.benefitYear === notice.benefitYear);
  const holds = standing?.coverFrom === notice.from && profile.diedOn === null;
  if (standing && holds) {
    const { benefitYear, coverFrom: from, coverUntil: until, waitingMonths } = standing;
    const about = waitingMonths > 0 ? "waiting-ends" : "cover-starts";
    await tell(profile.personNo, { about, benefitYear, from, until }, from);
  }
  await forget(notice);
  return holds ? 1 : 0;
}

/** The reminder that is due in an area, from the village where it stands; 0 where none is, or it is done. */
async function remind(area: string, benefitYear: number, runUntil: number): Promise<number> {
  const window = windowIn(area, benefitYear);
  const on = today();
  if (window === null || on < window.from) return 0;
  const { until } = window;
  const stage = stageOf(daysBetween(on, until));
  if (stage === null) return 0;
  const place = key.reminder(area, benefitYear, stage);
  const progress = (await progressAt(place)) ?? { on, village: "", done: false };
  if (progress.done) return 0;
  let told = 0;
  for (const village of await villagesOf(area, progress.village)) {
    if (now() >= runUntil) return told;
    told += await remindVillage(village, { area, benefitYear, until, stage, on: progress.on });
    await keep(place, { ...progress, village });
  }
  await keep(place, { ...progress, village: "", done: true });
  return told;
}

/** The window of an area; null where no document says one. */
function windowIn(area: string, benefitYear: number): { from: Day; until: Day } | null {
  try {
    return windowOf(policyOf(area), benefitYear);
  } catch (error) {
    if (error instanceof NoRuleInForce) return null;
    throw error;
  }
}

const progressAt = (place: { pk: string; sk: string }): Promise<Progress | null> => itemAt(place, Progress);

/** Another run that was faster has kept more: what is done stays done. */
async function keep(place: { pk: string; sk: string }, progress: Progress): Promise<void> {
  await write(toPut({ ...place, ...progress }, either(isNew, having({ done: false }))));
}

/** The villages of an area after one of them, in order. */
async function villagesOf(area: string, after: string): Promise<string[]> {
  const found: string[] = [];
  let units = [area];
  while (units.length > 0) {
    const below = (await Promise.all(units.map(childrenOf))).flat().map(({ code }) => code);
    found.push(...below.filter((code) => code.length === 12));
    units = below.filter((code) => code.length < 12);
  }
  return found.filter((code) => code > after).sort();
}

interface Reminder {
  readonly area: string;
  readonly benefitYear: number;
  readonly until: Day;
  readonly stage: number;
  readonly on: Day;
}

const atATime = 20;

/** Everybody of a village who may still be enrolled, and whose window this is: students may have one of their own. */
async function remindVillage(village: string, { area, benefitYear, until, stage, on }: Reminder): Promise<number> {
  const owing = (await villagers(village, benefitYear)).flatMap(({ profile, enrolments }) => {
    if (profile.poolingArea !== area || profile.diedOn !== null) return [];
    const quoted = quoteFor({ profile, enrolments }, benefitYear, on);
    return quoted?.window.until === until ? [{ personNo: profile.personNo, due: quoted.due }] : [];
  });
  const daysLeft = daysBetween(on, until);
  for (let from = 0; from < owing.length; from += atATime)
    await Promise.all(
      owing
        .slice(from, from + atATime)
        .map(({ personNo, due }) =>
          tell(personNo, { about: "window-closing", benefitYear, until, daysLeft, due, stage }, on),
        ),
    );
  return owing.length;
}

/** What a person owes; null where the law says no: enrolled, in employee cover. */
function quoteFor(page: PersonPage, benefitYear: number, on: Day) {
  try {
    return quote({ benefitYear, on, tier: 1, person: insured(page) }, policyOf(page.profile.poolingArea));
  } catch (error) {
    if (error instanceof Refusal || error instanceof NoRuleInForce) return null;
    throw error;
  }
}
