import * as z from "zod";
import { policyOf } from "../areas/areas.ts";
import { AreaCode, CalendarDay, decoded, errorText, idOf, readJson } from "../edge.ts";
import { shareText, text } from "../money.ts";
import { IdentityText } from "../policy/identity-text.ts";
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
    const input = readJson(line);
    id = idOf(input);
    const { id: _, poolingArea, ...enquiry } = decoded(Case, input);
    return { line: JSON.stringify({ id, ...quoteText(quote(enquiry, policyOf(poolingArea))) }), ok: true };
  } catch (error) {
    return { line: JSON.stringify({ id, error: errorText(error) }), ok: false };
  }
}

const warningSentences = {
  "cover-starts-after-the-benefit-year": "等待期满时这个待遇年度已经结束，缴了也享受不到。",
} as const satisfies Record<Quote["warnings"][number], string>;

/** A quote as text: amounts in yuan, days, ratios, as the contract spells them. */
function quoteText(quoted: Quote) {
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
