import { addDays, addMonths, type Day, dayOf, dayShown, monthLength, monthOf, yearOf } from "../day.ts";
import { refusalOf } from "../edge.ts";
import type { Yuan } from "../money.ts";
import type { Policy } from "../policy/policy.ts";
import type { RefusalCode } from "../refusal.ts";
import { coverUntil } from "./cover.ts";
import type { Enquiry } from "./enquiry.ts";
import { choicesOf, quote } from "./quote.ts";

/** What a calendar looks at of an enrolment, or of cover that was taken over. */
export interface CoverYear {
  readonly benefitYear: number;
  readonly coverFrom: Day;
  readonly coverUntil: Day;
  readonly waitingMonths: number;
}

/**
 * 月份状态 · covered, waiting: the whole month, or what is left of it before cover; starts, ends: on that day of the month;
 * employee: in employee cover today, so for this month and later ones as far as anybody knows.
 */
const monthStates = {
  covered: "有保障",
  waiting: "等待期，还不能报销",
  starts: "从这一天起有保障",
  ends: "保障到这一天为止",
  employee: "在职工医保里",
  "not-covered": "没有居民医保保障",
} as const;
export type MonthState = keyof typeof monthStates;
export const monthStateNames = Object.keys(monthStates) as [MonthState, ...MonthState[]];

export interface Month {
  readonly year: number;
  readonly month: number;
  readonly state: MonthState;
  /** The first or the last day of cover within the month, where the state says so. */
  readonly on: Day | null;
  readonly sentence: string;
}

/** What paying today would make of the calendar. */
interface AfterPaying {
  readonly repairYears: number;
  readonly total: Yuan;
  readonly waitingMonths: number;
  readonly coverFrom: Day | null;
  readonly months: readonly Month[];
  readonly sentence: string;
}

export interface Calendar {
  readonly months: readonly Month[];
  readonly sentence: string;
  /** Without repair, and with as much of it as helps; empty where nothing can be paid today. */
  readonly payments: readonly AfterPaying[];
  /** Why nothing can be paid today. */
  readonly refused: { readonly code: RefusalCode; readonly message: string } | null;
}

/**
 * 参保日历 · the twelve months of a benefit year and of the next: as they are now, and as a payment today at the enquiry's
 * tier would make them. Nothing here decides on cover: it shows what enrolments and the quote say.
 */
export function calendarOf(enquiry: Enquiry, years: readonly CoverYear[], policy: Policy): Calendar {
  const { benefitYear, on, person } = enquiry;
  const seen = { benefitYear, on, employee: person.employeeCovered };
  const now = { months: monthsOf(seen, years), sentence: sentenceFor(seen, years) };
  try {
    const quoted = quote(enquiry, policy);
    const choices = choicesOf(enquiry, quoted, policy);
    const shown = choices.length > 1 ? [choices[0]!, choices[choices.length - 1]!] : choices;
    const payments = shown.map(({ repairYears, total, waitingMonths, coverFrom }) => {
      const paid =
        coverFrom === null
          ? years
          : [...years, { benefitYear, coverFrom, coverUntil: coverUntil(benefitYear), waitingMonths }];
      const months = monthsOf(seen, paid);
      const sentence = coverFrom === null ? "等待期满时这个年度已经结束，缴了也享受不到。" : sentenceFor(seen, paid);
      return { repairYears, total, waitingMonths, coverFrom, months, sentence };
    });
    return { ...now, payments, refused: null };
  } catch (error) {
    const { code, sentence: message } = refusalOf(error);
    return { ...now, payments: [], refused: { code, message } };
  }
}

interface Seen {
  readonly benefitYear: number;
  readonly on: Day;
  readonly employee: boolean;
}

/** The twenty-four months of a benefit year and the next, in order. */
function monthsOf(seen: Seen, years: readonly CoverYear[]): Month[] {
  return Array.from({ length: 24 }, (_, i) => {
    const [year, month] = [seen.benefitYear + Math.floor(i / 12), (i % 12) + 1];
    return { year, month, ...stateOf(seen, years, dayOf(year, month, 1)) };
  });
}

function stateOf({ on, employee }: Seen, years: readonly CoverYear[], first: Day): Omit<Month, "year" | "month"> {
  const last = addDays(first, monthLength(yearOf(first), monthOf(first)) - 1);
  const shown = (state: MonthState, day: Day | null = null) => ({
    state,
    on: day,
    sentence: monthSentence(state, day),
  });
  const touching = years.filter((one) => one.coverFrom <= last && one.coverUntil >= first);
  if (touching.some((one) => one.coverFrom <= first && one.coverUntil >= last)) return shown("covered");
  const starting = touching.find((one) => one.coverFrom > first && one.coverUntil >= last);
  if (starting) return shown("starts", starting.coverFrom);
  const ending = touching.find((one) => one.coverUntil < last);
  if (ending) return shown("ends", ending.coverUntil);
  const waiting = years.some(
    (one) => one.waitingMonths > 0 && addMonths(one.coverFrom, -one.waitingMonths) <= last && first < one.coverFrom,
  );
  if (waiting) return shown("waiting");
  return shown(employee && last >= on ? "employee" : "not-covered");
}

function monthSentence(state: MonthState, day: Day | null): string {
  if (state === "starts") return `从${dayShown(day!)}起有保障`;
  if (state === "ends") return `保障到${dayShown(day!)}为止`;
  return monthStates[state];
}

/** The benefit year in one sentence. */
function sentenceFor({ benefitYear, on, employee }: Seen, years: readonly CoverYear[]): string {
  const enrolled = years.find((one) => one.benefitYear === benefitYear);
  if (!enrolled) {
    return employee ? "正在职工医保里，不用参加居民医保。" : `${benefitYear}年度没有居民医保保障。`;
  }
  const { coverFrom, coverUntil: until, waitingMonths } = enrolled;
  if (on > until) return `${benefitYear}年度的保障已经在${dayShown(until)}结束。`;
  if (on >= coverFrom) return `现在有保障，到${dayShown(until)}。`;
  const wait = waitingMonths > 0 ? `要等${waitingMonths}个月，` : "";
  return `${wait}从${dayShown(coverFrom)}起有保障，到${dayShown(until)}。`;
}
