import { addDays, type Day, nextMonth } from "../day.ts";

/** 救助身份 · the identities that policies know, each on a department's list. */
export const identityKinds = [
  "destitute",
  "minimum-living",
  "returned-to-poverty",
  "low-income-edge",
  "monitored",
  "illness-impoverished",
  "registered-poor",
] as const;
export type IdentityKind = (typeof identityKinds)[number];

export const identityNames = {
  destitute: "特困人员",
  "minimum-living": "低保对象",
  "returned-to-poverty": "返贫致贫人口",
  "low-income-edge": "低保边缘家庭成员",
  monitored: "防止返贫监测帮扶对象",
  "illness-impoverished": "因病致贫重病患者",
  "registered-poor": "建档立卡贫困人口",
} as const satisfies Record<IdentityKind, string>;

/** 身份起止 · `from`: the day the list includes the person; `until`: the day it drops the person, null while listed. */
export interface Identity {
  readonly kind: IdentityKind;
  readonly from: Day;
  readonly until: Day | null;
}

/** When a listing takes effect: on the day itself, or on the first day of the following month (烟台 二(二)). */
export type IdentityTiming = "same-day" | "following-month";

/**
 * The first and the last day of benefit of a listing; `last` is null while listed, and before `first` where there is none.
 * 因病致贫 is a period of benefit already, both days included, whatever the area's timing.
 */
export function benefitPeriod(identity: Identity, timing: IdentityTiming): { first: Day; last: Day | null } {
  if (identity.kind === "illness-impoverished") return { first: identity.from, last: identity.until };
  const begins = timing === "following-month" ? nextMonth : (on: Day) => on;
  return { first: begins(identity.from), last: identity.until && addDays(begins(identity.until), -1) };
}

/** The identities with benefit on a day, in the order listed. */
export function identitiesOn(identities: readonly Identity[], on: Day, timing: IdentityTiming): IdentityKind[] {
  return identities
    .filter((one) => {
      const { first, last } = benefitPeriod(one, timing);
      return first <= on && (last === null || on <= last);
    })
    .map((one) => one.kind);
}
