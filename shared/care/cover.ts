import { type Cover, coverOf } from "../contribution/cover.ts";
import { type Day, yearOf } from "../day.ts";
import { Refusal } from "../refusal.ts";

/** What cover asks of a person: enrolments of the years in question, employee cover, and the day of death. */
export interface Covered {
  readonly enrolments: readonly {
    readonly benefitYear: number;
    readonly coverFrom: Day;
    readonly coverUntil: Day;
    readonly waitingMonths: number;
  }[];
  readonly employeeCovered: boolean;
  readonly diedOn: Day | null;
}

/** 待遇资格 · where a person stands on a day of care; `died` goes before everything else. */
export function careCover({ enrolments, employeeCovered, diedOn }: Covered, on: Day): Cover | { state: "died" } {
  if (diedOn && on > diedOn) return { state: "died" };
  return coverOf(yearOf(on), on, enrolments, employeeCovered);
}

/** Throws unless care that begins on this day is covered (2001 待遇检查: 以开始时间为准). */
export function mustBeCovered(person: Covered, on: Day): void {
  const cover = careCover(person, on);
  switch (cover.state) {
    case "covered":
      return;
    case "died":
      throw new Refusal("deceased");
    case "waiting":
      throw new Refusal("in-waiting", { detail: `待遇从${cover.from}开始` });
    case "starts-later":
      throw new Refusal("cover-not-begun", { detail: `待遇从${cover.from}开始` });
    case "employee":
      throw new Refusal("covered-as-employee");
    default:
      throw new Refusal("not-enrolled");
  }
}

/**
 * 跨年住院 · a stay is settled by the rules and in the year of the day of discharge, with one deductible (湖北 2021 按出院
 * 年度, a report; no document of an area in the package says: assumed). So cover must hold on that day too; where it does
 * not, the part until 31 December is settled in the middle of the stay. Who dies in a stay leaves it on that day.
 */
export function mustBeCoveredUntil(person: Covered, admittedOn: Day, until: Day): void {
  mustBeCovered(person, admittedOn);
  if (yearOf(until) === yearOf(admittedOn)) return;
  const { state } = careCover(person, until);
  if (state !== "covered")
    throw new Refusal("cover-ended", { detail: `请先把${yearOf(admittedOn)}年12月31日以前的费用做中途结算` });
}
