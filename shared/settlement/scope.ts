import { minus, plus, portion, type Share, type Yuan, zero } from "../money.ts";
import type { Fees } from "./claim.ts";

/** 费用明细 · one fee line. Price in millionths of a yuan, quantity in ten-thousandths: whole numbers, as text gave them. */
export interface FeeLine {
  readonly code: string;
  readonly class: "A" | "B" | "C";
  readonly price: number;
  readonly quantity: number;
  readonly priceCap: number | null;
  readonly upfrontShare: Share;
}

/** 明细分割 · how one line splits; the four parts add up to it. */
export interface LineSplit extends Fees {
  readonly code: string;
}

/**
 * Splits a line: class C is wholly outside the catalogue; of the rest, what lies over the price cap, then the up-front
 * share of class B, each rounded half up to the fen; in scope is the remainder.
 */
export function splitLine({ code, class: kind, price, quantity, priceCap, upfrontShare }: FeeLine): LineSplit {
  const total = product(price, quantity);
  if (kind === "C") return { code, total, outsideCatalogue: total, overPriceCap: zero, upfront: zero };
  const overPriceCap = priceCap !== null && price > priceCap ? product(price - priceCap, quantity) : zero;
  const upfront = kind === "B" ? portion(minus(total, overPriceCap), upfrontShare) : zero;
  return { code, total, outsideCatalogue: zero, overPriceCap, upfront };
}

/** The sums of some lines. */
export const sumLines = (lines: readonly LineSplit[]): Fees => ({
  total: plus(zero, ...lines.map((line) => line.total)),
  outsideCatalogue: plus(zero, ...lines.map((line) => line.outsideCatalogue)),
  overPriceCap: plus(zero, ...lines.map((line) => line.overPriceCap)),
  upfront: plus(zero, ...lines.map((line) => line.upfront)),
});

const perFen = 100_000_000;

/** Price × quantity in fen, half up; by big integers where doubles would no longer be exact. */
function product(price: number, quantity: number): Yuan {
  const exact = price * quantity;
  if (exact <= Number.MAX_SAFE_INTEGER - perFen) return Math.floor((exact + perFen / 2) / perFen) as Yuan;
  const big = (BigInt(price) * BigInt(quantity) + BigInt(perFen / 2)) / BigInt(perFen);
  return Number(big) as Yuan;
}
