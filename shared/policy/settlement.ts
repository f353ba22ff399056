import type { Points, Share, Yuan } from "../money.ts";
import type { Series } from "./series.ts";
import type { CareType, Table } from "./table.ts";

/** 分段比例 · shares by how far an amount reaches: each tier holds from its `from` (included) to the next one's. */
export type Tiers = readonly { readonly from: Yuan; readonly share: Share }[];

/** A benefit that the area does not have. */
export const notCovered = "not covered" as const;
export type NotCovered = typeof notCovered;
/** A benefit without a limit. */
export const noLimit = "no limit" as const;
export type NoLimit = typeof noLimit;

/**
 * 基本医保 of one kind of care: a deductible for each claim, shares of what lies above it (one tier, or several where the
 * area pays by segments 共付段), and points added to every share, or taken off it where they are negative (降低支付比例).
 */
export interface BasicLayer {
  readonly deductible: Table<Yuan>;
  readonly tiers: Table<Tiers | NotCovered>;
  readonly bonus: Table<Points>;
}

/** 年度层 · 大病, 特药, 救助, 再救助: shares of the year's cumulative base above a threshold, within a limit for the year. */
export interface YearLayer {
  readonly threshold: Table<Yuan>;
  readonly tiers: Table<Tiers | NotCovered>;
  readonly limit: Table<Yuan | NoLimit>;
}

/** 待遇 · everything that one scheme of an area pays, layer by layer. */
export interface Benefits {
  /** 先行自付: the share of in-scope cost that moves to the person's own before anything else, for care away. */
  readonly remoteUpfront: Table<Share>;
  readonly inpatient: BasicLayer;
  /** 门诊慢特病. */
  readonly chronic: BasicLayer;
  /** 普通门诊. */
  readonly outpatient: BasicLayer;
  /** 封顶线: what the pooled fund pays in a year for in-patient and chronic care together. */
  readonly ceiling: Table<Yuan | NoLimit>;
  /** 门诊年度限额: what it pays in a year for ordinary out-patient care. */
  readonly outpatientCeiling: Table<Yuan | NoLimit>;
  /** 剖宫产定额: a fixed sum in place of every other layer. */
  readonly caesarean: Table<Yuan | NotCovered>;
  /** 职工大额: what the ceiling cut off, up to so much a year. */
  readonly largeExpense: Table<Yuan | NotCovered>;
  readonly criticalIllness: YearLayer;
  readonly specialDrug: YearLayer;
  /** Further layers between 大病 and 救助, by their Chinese names. */
  readonly otherLayers: readonly { readonly name: string; readonly layer: YearLayer }[];
  readonly medicalAid: YearLayer;
  readonly furtherAid: YearLayer;
  /** 兜底: the greatest share of in-scope cost that the person is left with, by care. */
  readonly guarantee: {
    readonly inpatient: Table<Share | NotCovered>;
    readonly chronic: Table<Share | NotCovered>;
  };
  /** Which care counts towards 大病, and which towards 救助. */
  readonly feedsCriticalIllness: Series<readonly CareType[]>;
  readonly feedsAid: Series<readonly CareType[]>;
}
