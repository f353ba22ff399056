import * as z from "zod";
import { policyOf } from "../areas/areas.ts";
import { yearOf } from "../day.ts";
import { Amount, AreaCode, CalendarDay, decoded, errorText, idOf, readJson } from "../edge.ts";
import { minus, plus, share, shareText, text, tooMuch, type Yuan, zero } from "../money.ts";
import { IdentityText } from "../policy/identity-text.ts";
import type { Policy } from "../policy/policy.ts";
import { careTypes, filings, levels, type Scheme, schemes } from "../policy/table.ts";
import { Refusal } from "../refusal.ts";
import { type Claim, type Fees, freshYear, type Person, type Year } from "./claim.ts";
import { type FeeLine, type LineSplit, splitLine, sumLines } from "./scope.ts";
import { type Settlement, settle } from "./settle.ts";
import { headingText, stepText } from "./trace.ts";

/** Decimal text with so many decimals, as a whole number of its last place. */
const decimal = (decimals: number) => {
  const pattern = new RegExp(`^(0|[1-9]\\d{0,8})(\\.\\d{1,${decimals}})?$`);
  return z
    .string()
    .regex(pattern)
    .transform((written) => {
      const dot = written.indexOf(".");
      if (dot < 0) return Number(written) * 10 ** decimals;
      const part = Number(written.slice(dot + 1)) * 10 ** (decimals - (written.length - dot - 1));
      return Number(written.slice(0, dot)) * 10 ** decimals + part;
    });
};

const Line = z.strictObject({
  code: z.string().max(50),
  class: z.enum(["A", "B", "C"]),
  price: decimal(6),
  quantity: decimal(4),
  priceCap: decimal(6).nullable().default(null),
  upfrontShare: z
    .string()
    .regex(/^(0(\.\d{1,4})?|1(\.0{1,4})?)$/)
    .transform(share)
    .default(share("0")),
});
const Sums = z.strictObject({
  total: Amount,
  outsideCatalogue: Amount,
  overPriceCap: Amount,
  upfront: Amount,
});

const ClaimText = z.strictObject({
  id: z.string().max(200),
  careType: z.enum(careTypes),
  admittedOn: CalendarDay,
  dischargedOn: CalendarDay,
  provider: z.strictObject({
    level: z.enum(levels),
    county: AreaCode,
    reformed: z.boolean().default(false),
  }),
  filing: z.enum(filings).default("none"),
  transferFrom: z.string().max(200).nullable().default(null),
  diseases: z.array(z.string().max(20)).max(50).default([]),
  fees: z.union([z.strictObject({ lines: z.array(Line).min(1).max(20_000) }), Sums]),
  settledElsewhere: z
    .strictObject({ pooled: Amount, largeExpense: Amount.prefault("0.00") })
    .nullable()
    .default(null),
});
type ClaimText = z.output<typeof ClaimText>;

const Case = z.strictObject({
  id: z.string().max(200),
  poolingArea: AreaCode,
  scheme: z.enum(schemes).default("resident"),
  person: z.strictObject({
    bornOn: CalendarDay,
    sex: z.enum(["female", "male"]).nullable().default(null),
    retired: z.boolean().default(false),
    homeCounty: AreaCode.optional(),
    familyDoctor: z.boolean().default(false),
    identities: z.array(IdentityText).max(20).default([]),
  }),
  claims: z.array(ClaimText).max(10_000),
});

/** One settled claim of a case, with the fee lines that made its sums. */
export interface SettledClaim {
  readonly id: string;
  readonly splits: readonly { readonly line: FeeLine; readonly split: LineSplit }[];
  readonly settlement: Settlement;
}

/** A case as the commands and the explanation read it: the claims in order, each year built from those before. */
export function settleCase(input: unknown): { id: string; policy: Policy; claims: SettledClaim[] } {
  const { id, poolingArea, scheme, person, claims } = decoded(Case, input);
  const policy = policyOf(poolingArea);
  const insured: Person = { ...person, homeCounty: person.homeCounty ?? poolingArea };
  checkOrder(person.bornOn, claims);
  return { id, policy, claims: settleAll(insured, claims, policy, scheme) };
}

/** The greatest cost of a year whose products with a share are still exact in a double: 9e9 yuan. */
const exactYear = 900_000_000_000 as Yuan;

function settleAll(person: Person, claims: readonly ClaimText[], policy: Policy, scheme: Scheme): SettledClaim[] {
  let year: Year = freshYear;
  let calendarYear = 0;
  let cost = zero;
  return claims.map((written) => {
    if (yearOf(written.dischargedOn) !== calendarYear) {
      calendarYear = yearOf(written.dischargedOn);
      year = freshYear;
      cost = zero;
    }
    const splits = "lines" in written.fees ? written.fees.lines.map((line) => ({ line, split: splitLine(line) })) : [];
    const claim = claimOf(written, "lines" in written.fees ? sumLines(splits.map((one) => one.split)) : written.fees);
    cost = plus(cost, claim.fees.total);
    if (cost > exactYear)
      throw new Refusal("malformed", { detail: `claims.${written.id.slice(0, 40)}：全年总额超出上限` });
    const settlement = settle(person, claim, year, policy, scheme);
    year = settlement.after;
    return { id: written.id, splits, settlement };
  });
}

function claimOf(written: ClaimText, fees: Fees): Claim {
  const inScope = minus(fees.total, fees.outsideCatalogue, fees.overPriceCap, fees.upfront);
  const where = `claims.${written.id.slice(0, 40)}`;
  if (inScope < 0) throw new Refusal("malformed", { detail: `${where}：目录外、超限价与先行自付之和超过总额` });
  if (fees.total >= tooMuch) throw new Refusal("malformed", { detail: `${where}：总额超出上限` });
  const elsewhere = written.settledElsewhere;
  if (elsewhere && plus(elsewhere.pooled, elsewhere.largeExpense) > inScope) {
    throw new Refusal("malformed", { detail: `${where}：别处已结算的金额超过符合范围金额` });
  }
  return {
    careType: written.careType,
    admittedOn: written.admittedOn,
    dischargedOn: written.dischargedOn,
    level: written.provider.level,
    county: written.provider.county,
    reformed: written.provider.reformed,
    filing: written.filing,
    transferred: written.transferFrom !== null,
    disease: written.diseases[0] ?? "",
    fees,
    elsewhere,
  };
}

/** What only the claims together can get wrong. */
function checkOrder(bornOn: string, claims: readonly ClaimText[]): void {
  const seen = new Set<string>();
  let before = "";
  for (const { id, admittedOn, dischargedOn, transferFrom } of claims) {
    const where = `claims.${id.slice(0, 40)}`;
    if (dischargedOn < admittedOn) throw new Refusal("malformed", { detail: `${where}：出院早于入院` });
    if (admittedOn < bornOn) throw new Refusal("malformed", { detail: `${where}：就医早于出生` });
    if (dischargedOn < before) throw new Refusal("malformed", { detail: `${where}：没有按出院日期排列` });
    if (seen.has(id)) throw new Refusal("malformed", { detail: `${where}：编号重复` });
    if (transferFrom !== null && !seen.has(transferFrom)) {
      throw new Refusal("unknown-transfer", { detail: transferFrom.slice(0, 40) });
    }
    seen.add(id);
    before = dischargedOn;
  }
}

/** One line of the `settle` command in, one line out; never throws for anything a line can hold. */
export function settleLine(line: string): { line: string; ok: boolean } {
  let id: string | null = null;
  try {
    const input = readJson(line);
    id = idOf(input);
    const { claims } = settleCase(input);
    let texts = "";
    for (const claim of claims) texts += texts ? `,${claimText(claim)}` : claimText(claim);
    return { line: `{"id":${JSON.stringify(id)},"claims":[${texts}]}`, ok: true };
  } catch (error) {
    return { line: JSON.stringify({ id, error: errorText(error) }), ok: false };
  }
}

const amountNames = [
  "outsideCatalogue",
  "overPriceCap",
  "upfront",
  "inScope",
  "deductiblePaid",
  "pooled",
  "largeExpense",
  "criticalIllness",
  "specialDrug",
  "medicalAid",
  "furtherAid",
  "guarantee",
  "fixedBenefit",
] as const;

/** A settled claim as the contract spells it, trace and all. */
export function claimText({ id, splits, settlement: s }: SettledClaim): string {
  let written = `"total":"${text(s.total)}"`;
  for (const name of amountNames) written += `,"${name}":"${text(s[name])}"`;
  const others = JSON.stringify(s.otherLayers.map(({ name, amount }) => ({ name, amount: text(amount) })));
  const sums = `"fundsTotal":"${text(s.fundsTotal)}","patientTotal":"${text(s.patientTotal)}"`;
  return `{"id":${JSON.stringify(id)},${written},"otherLayers":${others},${sums},"assumed":${s.assumed},"trace":${traceText(splits, s)}}`;
}

/** The trace: a heading, the fee lines where there are any, the steps in statutory order, then the identities not taken. */
function traceText(splits: SettledClaim["splits"], settlement: Settlement): string {
  let trace = headingText(settlement.heading, settlement.identities);
  for (const { line, split } of splits) trace += `,${splitText(line, split)}`;
  for (const step of settlement.steps) trace += `,${stepText(step)}`;
  for (const other of settlement.alternatives) {
    const steps = other.steps.map(stepText).join(",");
    trace += `,{"alternative":"${other.identity}","patientTotal":"${text(other.patientTotal)}","steps":[${steps}]}`;
  }
  return `[${trace}]`;
}

function splitText({ code, class: kind, price, quantity, priceCap, upfrontShare }: FeeLine, split: LineSplit): string {
  const cap = priceCap === null ? "null" : `"${decimalText(priceCap, 6)}"`;
  const sums = `"total":"${text(split.total)}","outsideCatalogue":"${text(split.outsideCatalogue)}","overPriceCap":"${text(split.overPriceCap)}","upfront":"${text(split.upfront)}"`;
  return `{"layer":"fees","op":"split","code":${JSON.stringify(code)},"class":"${kind}","price":"${decimalText(price, 6)}","quantity":"${decimalText(quantity, 4)}","priceCap":${cap},"upfrontShare":"${shareText(upfrontShare)}","result":{${sums}}}`;
}

/** A whole number of a last place, as decimal text. */
function decimalText(value: number, decimals: number): string {
  const unit = 10 ** decimals;
  const rest = value % unit;
  return `${(value - rest) / unit}.${String(unit + rest).slice(1)}`;
}
