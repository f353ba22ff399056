import type { Day } from "../day.ts";
import { type Share, whole, zero } from "../money.ts";
import type { FeeLine } from "../settlement/scope.ts";

/** 目录类别 · the four libraries. */
export const kinds = { drug: "药品", service: "诊疗项目", material: "医用耗材", disease: "病种" } as const;
export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as [Kind, ...Kind[]];

/** 甲乙丙 · A within the catalogue, B after an up-front share, C outside. */
export const classes = { A: "甲类", B: "乙类", C: "丙类" } as const;
export type Class = keyof typeof classes;
export const classNames = Object.keys(classes) as [Class, ...Class[]];

/** 限价等级 · the price level that a provider's agreement names. */
export const priceLevels = { primary: "一级", secondary: "二级", tertiary: "三级" } as const;
export type PriceLevel = keyof typeof priceLevels;
export const priceLevelNames = Object.keys(priceLevels) as [PriceLevel, ...PriceLevel[]];

/** 限价 · millionths of a yuan for a price level, or one for `all`; a level without one has no cap. */
export type PriceCaps = Readonly<Partial<Record<PriceLevel | "all", number>>>;

/** 使用标志 · what is written beside an item. */
export const flags = { limited: "限制使用", negotiated: "谈判药品", child: "儿童用药" } as const;
export type Flag = keyof typeof flags;
export const flagNames = Object.keys(flags) as [Flag, ...Flag[]];

/** 在目录中 · how an item stands from a day on, until its next version. A disease has no class: nobody is charged for one. */
export interface Listed {
  readonly from: Day;
  readonly class: Class | null;
  readonly upfrontShare: Share;
  readonly priceCaps: PriceCaps | null;
  readonly flags: readonly Flag[];
}

/** 调出目录 · from this day on the item is not in the catalogue. */
export interface Withdrawn {
  readonly from: Day;
  readonly withdrawn: true;
}
export type Version = Listed | Withdrawn;

/** 目录项目 · one code of the catalogue; versions ascend by day, and none is ever changed. */
export interface Item {
  readonly code: string;
  readonly name: string;
  readonly kind: Kind;
  /** The code of 医疗收费项目类别 as the file gave it; empty for a disease. */
  readonly chargeType: string;
  readonly versions: readonly Version[];
  /** Invented for a demonstration. */
  readonly synthetic?: true;
}

export const isWithdrawn = (version: Version): version is Withdrawn => "withdrawn" in version;

/** The version of a day; null before the first one, and from the day of withdrawal until the item is listed again. */
export function versionOn({ versions }: Pick<Item, "versions">, on: Day): Listed | null {
  const version = versions.findLast(({ from }) => from <= on);
  return version === undefined || isWithdrawn(version) ? null : version;
}

/** The cap at a price level, in millionths of a yuan; null where there is none. */
export const capAt = (caps: PriceCaps | null, level: PriceLevel): number | null => caps?.[level] ?? caps?.all ?? null;

/**
 * 费用明细 · the line that settling splits: price in millionths of a yuan, quantity in ten-thousandths.
 * A disease is no charge: that is a RangeError.
 */
export function feeLineOf(
  { code }: Pick<Item, "code">,
  version: Listed,
  priceLevel: PriceLevel,
  price: number,
  quantity: number,
): FeeLine {
  if (version.class === null) throw new RangeError(`not a charge: ${code}`);
  const { class: kind, upfrontShare, priceCaps } = version;
  return { code, class: kind, price, quantity, priceCap: capAt(priceCaps, priceLevel), upfrontShare };
}

/** 先行自付比例 that a class leaves no choice about; B has one of its own. */
export const fixedShare: Readonly<Record<Class, Share | null>> = { A: zero as number as Share, B: null, C: whole };

/** Reads a price in yuan with up to six decimals as millionths; anything else is a RangeError. */
export function price(written: string): number {
  if (!/^(0|[1-9]\d{0,8})(\.\d{1,6})?$/.test(written)) throw new RangeError(`not a price: ${written}`);
  const [int = "0", part = ""] = written.split(".");
  return Number(int) * 1_000_000 + Number(part.padEnd(6, "0"));
}

/** Writes a price with at least two decimals: 12.50, 0.123456. */
export function priceText(millionths: number): string {
  const part = String(millionths % 1_000_000)
    .padStart(6, "0")
    .replace(/0{1,4}$/, "");
  return `${Math.floor(millionths / 1_000_000)}.${part}`;
}
