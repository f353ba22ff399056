import type { Share, Yuan } from "../money.ts";
import type { IdentityKind } from "./identity.ts";
import type { Series } from "./series.ts";

/** Who pays a subsidy to the individual contribution: 医疗救助基金 or 财政. */
export type Payer = "medical-aid-fund" | "finance";
export const payerNames = { "medical-aid-fund": "医疗救助基金", finance: "财政" } as const satisfies Record<
  Payer,
  string
>;

/** 参保资助 · a share of the lowest tier's standard, or a fixed amount of at most that standard. */
export interface Subsidy {
  readonly payer: Payer;
  readonly pays: { readonly share: Share } | { readonly amount: Yuan };
}

/** 集中缴费期 · month and date, of the year before the benefit year; `untilNextYear` where it ends in the benefit year. */
export interface Window {
  readonly from: string;
  readonly until: string;
  readonly untilNextYear: boolean;
}

/** 地方财政补助分担 · how the local part of the fiscal subsidy is divided (黑龙江 6∶4). */
export interface LocalSplit {
  readonly province: Share;
  readonly cityAndCounty: Share;
}

/**
 * 筹资 · what a pooling area asks for, and when. `standard` and `fiscal` have one entry a benefit year, dated 1 January
 * of it, and never reach into another year; every other series holds until its next entry, read on 1 January of the
 * benefit year.
 */
export interface ContributionPolicy {
  /** 个人缴费标准, one amount a tier, the lowest first; a benefit year left out takes the national floor, assumed. */
  readonly standard: Series<readonly Yuan[]>;
  /** 财政补助标准; a benefit year left out takes the national floor, assumed. */
  readonly fiscal: Series<Yuan>;
  readonly localSplit: Series<LocalSplit | "not stated">;
  readonly window: Series<Window>;
  readonly studentWindow: Series<Window | "same as everybody">;
  readonly subsidies: {
    readonly identity: Partial<Record<IdentityKind, Series<Subsidy | "none">>>;
    /** By age in full years on 1 January of the benefit year, `from` that age on. */
    readonly aged: Series<(Subsidy & { readonly from: number }) | "none">;
  };
  /** 首次参保可随时缴费. */
  readonly firstEnrolmentAnyTime: Series<boolean>;
  /** 个人缴费不得低于现有水平 (HLJ-09): a new year's standard is not below the year before. */
  readonly neverBelowLastYear: Series<boolean>;
  /** 新生儿: the last day, counted from the birth, on which enrolment still covers from the birth. */
  readonly newbornDays: Series<number>;
  /** 职工医保中断: calendar months after its end in which a person moves over without a gap. */
  readonly employeeGapMonths: Series<number>;
  readonly waiting: WaitingPolicy;
}

/** 待遇等待期 · each reading of 国办发〔2024〕38号 a named parameter of its own. */
export interface WaitingPolicy {
  readonly applies: Series<boolean>;
  readonly fixedMonths: Series<number>;
  readonly monthsPerLapsedYear: Series<number>;
  /** 断保首年是否计入变动等待期. */
  readonly firstLapsedYearCounts: Series<boolean>;
  /** Lapses of earlier benefit years are not counted. */
  readonly lapsesCountedFrom: Series<number>;
  readonly monthsRemovedPerRepairedYear: Series<number>;
  /** With so many consecutive lapsed years, repair leaves `floorMonths` at the least. */
  readonly floorFromLapsedYears: Series<number>;
  readonly floorMonths: Series<number>;
  /** Identities that do not wait. */
  readonly exempt: Series<readonly IdentityKind[]>;
}
