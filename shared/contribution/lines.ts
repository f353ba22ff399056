import * as z from "zod";
import { AreaCode, CalendarDay, sentenceOf } from "../edge.ts";
import { shareText, text } from "../money.ts";
import { policyOf } from "../policy/areas.ts";
import { IdentityText } from "../policy/identity-text.ts";
import { NoRuleInForce } from "../policy/series.ts";
import { Refusal } from "../refusal.ts";
import { type Quote, quote } from "./quote.ts";

const Year = z.int().min(1900).max(2199);

const Case = z.strictObject({
  id: z.string().max(200),
  poolingArea: AreaCode,
  benefitYear: Year,
  on: CalendarDay,
  tier: z.int().min(1).max(9).default(1),
  person: z.strictObject({
    bornOn: CalendarDay,
    student: z.boolean().default(false),
    identities: z.array(IdentityText).max(20).default([]),
    coveredYears: z.array(Year).max(100).default([]),
    employeeCovered: z.boolean().default(false),
    employeeCoverEndedOn: CalendarDay.nullable().default(null),
    firstEnrolment: z.boolean().default(false),
  }),
});

/** One line of the `quote` command in, one line out; never throws for anything a line can hold. */
export function quoteLine(line: string): { line: string; ok: boolean } {
  let id: string | null = null;
  try {
    const input: unknown = readJson(line);
    if (typeof input === "object" && input !== null && "id" in input && typeof input.id === "string")
      id = input.id;
    const { id: _, poolingArea, ...enquiry } = decoded(input);
    return { line: JSON.stringify({ id, ...quoteText(quote(enquiry, policyOf(poolingArea))) }), ok: true };
  } catch (error) {
    return { line: JSON.stringify({ id, error: errorText(error) }), ok: false };
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Refusal("malformed", { detail: line.trim() === "" ? "空行" : "不是JSON", cause });
  }
}

function decoded(input: unknown): z.output<typeof Case> {
  const read = Case.safeParse(input);
  if (!read.success) throw new Refusal("malformed", { detail: sentenceOf(read.error), cause: read.error });
  return read.data;
}

/** The code and the sentence for anything that the law may throw. */
export function errorText(error: unknown): { code: string; message: string } {
  if (error instanceof Refusal) return { code: error.code, message: error.sentence };
  if (error instanceof NoRuleInForce) {
    const refusal = new Refusal("no-rule-in-force", { detail: `${error.parameter}，${error.on}` });
    return { code: refusal.code, message: refusal.sentence };
  }
  throw error;
}

const warningSentences = {
  "cover-starts-after-the-benefit-year": "等待期满时这个待遇年度已经结束，缴了也享受不到。",
} as const satisfies Record<Quote["warnings"][number], string>;

/** A quote as text: amounts in yuan, days, ratios, as the contract spells them. */
export function quoteText(quoted: Quote) {
  const split = quoted.fiscal.localSplit;
  return {
    window: quoted.window,
    channel: quoted.channel,
    standard: text(quoted.standard),
    subsidised: text(quoted.subsidised),
    due: text(quoted.due),
    subsidies: quoted.subsidies.map(({ payer, amount }) => ({ payer, amount: text(amount) })),
    fiscal: {
      total: text(quoted.fiscal.total),
      localSplit: split && {
        province: shareText(split.province),
        cityAndCounty: shareText(split.cityAndCounty),
      },
    },
    cover: quoted.cover,
    repair: quoted.repair && { ...quoted.repair, cost: text(quoted.repair.cost) },
    warnings: quoted.warnings.map((code) => ({ code, message: warningSentences[code] })),
    assumed: quoted.assumed,
    trace: quoted.trace,
  };
}
