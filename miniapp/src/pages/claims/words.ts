import type { Claims, Pay } from "../../api.ts";

/** The colour of whoever pays; the legend says it in words. */
const colours: Readonly<Record<string, string>> = {
  own: "own",
  fixedBenefit: "basic",
  pooled: "basic",
  largeExpense: "basic",
  criticalIllness: "critical",
  specialDrug: "critical more",
  medicalAid: "aid",
  furtherAid: "aid more",
  guarantee: "aid most",
};

/** The colour of a layer, or of the person. */
export const colourOf = (layer: string): string => colours[layer] ?? "other";

/** Who paid how much of something. */
export interface Paid {
  readonly patientTotal: string;
  readonly fundsTotal: string;
  readonly pays: readonly Pay[];
}

/** "医保" or "医保和救助": who paid what the person did not. */
export const fundsWords = ({ pays }: Pick<Paid, "pays">): string =>
  pays.some(({ layer }) => colourOf(layer).startsWith("aid")) ? "医保和救助" : "医保";

/** "63.5" of a ratio as the API spells it. */
const hundred = (ratio: string) => String(Math.round(Number(ratio) * 10_000) / 100);

/** 两个比例 · of the whole bill and of what is in scope, in one sentence (HLJ-15); why they differ in another. */
export function ratioWords({ real, inScope }: Claims["ratios"], who: string): string[] {
  if (real === null) return [];
  const whole = `整张账单每100元，${who}付了${hundred(real)}元（实际报销比例${hundred(real)}%）`;
  if (inScope === null) return [`${whole}。`];
  const scope = `只看医保能报的那部分，每100元付了${hundred(inScope)}元（政策范围内报销比例${hundred(inScope)}%）`;
  if (real === inScope) return [`${whole}；${scope}。`];
  return [`${whole}；${scope}。`, "两个数不一样，是因为目录以外、超过限价和按规定先由您付的钱，医保不报。"];
}

/** How well a value is known. */
export const standingWords: Readonly<Record<string, string>> = {
  stated: "文件写明",
  derived: "由文件推算",
  assumed: "没有查到文件，先这样假定",
};
