import type { Output } from "../shared/gateway/wire.ts";

/** 一行费用 · a line as it was sent and as the gateway answered it; amounts in fen, price in millionths, quantity in ten-thousandths. */
export interface Line {
  readonly serial: string;
  readonly itemCode: string;
  readonly price: number;
  readonly quantity: number;
  readonly total: number;
  /** 01 甲, 02 乙, 03 丙. */
  readonly classCode: string;
  /** 0 is no cap. */
  readonly priceCap: number;
  /** Ten-thousandths. */
  readonly upfrontShare: number;
  readonly outsideCatalogue: number;
  readonly overPriceCap: number;
  readonly upfront: number;
  readonly inScope: number;
  readonly chargedAt: string;
  /** The line that it takes back. */
  readonly original: string | null;
  /** The hospital's approval failed: the person's own. */
  readonly ownPay?: boolean;
}

/** The sums of a preview or a settlement as they were answered. */
export type Answered = Output<"2206">["settlement"] | Output<"2303">["settlement"];
type Payments = Output<"2207">["payments"];

type Parts = Readonly<Record<"total" | "outsideCatalogue" | "overPriceCap" | "upfront" | "inScope", number>>;
const partNames = ["total", "outsideCatalogue", "overPriceCap", "upfront", "inScope"] as const;

/** price × quantity in fen, half up. Big integers: nothing here is shared with the law that is checked. */
const product = (price: number, quantity: number): number =>
  Number((BigInt(price) * BigInt(quantity) + 50_000_000n) / 100_000_000n);
const portion = (amount: number, share: number): number => Number((BigInt(amount) * BigInt(share) + 5_000n) / 10_000n);

/** How a line of a quantity splits by domain rules: outside, over the cap, up-front, in scope. */
function split({ price, classCode, priceCap, upfrontShare, ownPay }: Line, quantity: number): Parts {
  const total = product(price, quantity);
  if (classCode === "03" || ownPay) return { total, outsideCatalogue: total, overPriceCap: 0, upfront: 0, inScope: 0 };
  const overPriceCap = priceCap > 0 && price > priceCap ? product(price - priceCap, quantity) : 0;
  const upfront = classCode === "02" ? portion(total - overPriceCap, upfrontShare) : 0;
  return { total, outsideCatalogue: 0, overPriceCap, upfront, inScope: total - overPriceCap - upfront };
}

/** What a line and its returns together must be: as one line of what is left. */
const less = (after: Parts, before: Parts): Parts =>
  Object.fromEntries(partNames.map((name) => [name, after[name] - before[name]])) as unknown as Parts;

/** The total that a return of some of a line must say: what is left is worth, less what was left before. */
export const returnTotal = (price: number, leftBefore: number, returned: number): number =>
  product(price, leftBefore - returned) - product(price, leftBefore);

/** What is wrong with the splits of some lines, in the order in which they were charged; a sentence each. */
export function faultsOfLines(lines: readonly Line[]): string[] {
  const left = new Map<string, number>();
  return lines.flatMap((line) => {
    const origin = line.original === null ? line : lines.find((one) => one.serial === line.original);
    if (!origin) return [`明细${line.serial}退的是不存在的明细${line.original}`];
    const before = line.original === null ? 0 : (left.get(origin.serial) ?? 0);
    const after = before + line.quantity;
    left.set(origin.serial, after);
    const expected = line.original === null ? split(line, after) : less(split(origin, after), split(origin, before));
    return partNames
      .filter((name) => line[name] !== expected[name])
      .map((name) => `明细${line.serial}的${words[name]}应为${yuan(expected[name])}，答的是${yuan(line[name])}`);
  });
}

const words: Readonly<Record<(typeof partNames)[number], string>> = {
  total: "总额",
  outsideCatalogue: "全自费",
  overPriceCap: "超限价",
  upfront: "先行自付",
  inScope: "符合范围",
};

/** The sums of some lines. */
export const sumsOf = (lines: readonly Line[]): Parts =>
  Object.fromEntries(
    partNames.map((name) => [name, lines.reduce((sum, line) => sum + line[name], 0)]),
  ) as unknown as Parts;

const fundNames = [
  "pooled",
  "civilServant",
  "employer",
  "criticalIllness",
  "largeExpense",
  "medicalAid",
  "otherPaid",
] as const;

/** 总额恒等式 · what is wrong with the sums of a settlement of some lines (medfee = funds + person + provider, and so on). */
export function faultsOfSums(said: Answered, payments: Payments, lines: readonly Line[]): string[] {
  const sums = sumsOf(lines);
  const patient = said.patientTotal ?? 0;
  const funds = fundNames.reduce((sum, name) => sum + said[name], 0);
  const paid = payments.reduce((sum, one) => sum + one.paid, 0);
  const equal = (what: string, left: number, right: number) =>
    left === right ? [] : [`${what}：${yuan(left)}不等于${yuan(right)}`];
  const negative = [...partNames, ...fundNames, "patientTotal", "cash", "deductiblePaid"] as const;
  return [
    ...partNames.flatMap((name) => equal(`${words[name]}与明细之和`, said[name], sums[name])),
    ...equal("总额与四部分之和", said.total, said.outsideCatalogue + said.overPriceCap + said.upfront + said.inScope),
    ...equal("总额与基金、个人、医院之和", said.total, said.fundsTotal + patient + (said.providerPaid ?? 0)),
    ...equal("个人负担与账户、共济、现金之和", patient, said.account + said.cash + said.familyAccount),
    ...equal("基金支付总额与各基金之和", said.fundsTotal, funds),
    ...equal("基金支付总额与分项之和", said.fundsTotal, paid),
    ...negative.filter((name) => (said[name] ?? 0) < 0).map((name) => `${name}是负数`),
    ...((said.deductiblePaid ?? 0) > said.inScope ? ["起付线比符合范围的金额还多"] : []),
    ...payments.filter((one) => one.paid > one.payableLimit).map((one) => `${one.fundName}支付超过本次可支付限额`),
  ];
}

const compared = [
  ...partNames,
  ...fundNames,
  "deductiblePaid",
  "fundsTotal",
  "patientTotal",
  "account",
  "cash",
  "familyAccount",
  "providerPaid",
] as const;
type Comparable = { readonly [Name in (typeof compared)[number]]?: number | null };

/** Where two answers about the same bill differ; a reversal (`sign` −1) must say the same with the signs turned. */
export const differences = (one: Comparable, other: Comparable, sign: 1 | -1 = 1): string[] =>
  compared
    .filter((name) => (one[name] ?? 0) !== sign * (other[name] ?? 0) + 0)
    .map((name) => `${name}：${yuan(one[name] ?? 0)}与${yuan(sign * (other[name] ?? 0))}不同`);

/** Fen as yuan. */
export const yuan = (fen: number): string =>
  `${fen < 0 ? "-" : ""}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
