import { yearOf } from "../../shared/day.ts";
import { call, Refused, type Whom } from "./api.ts";
import { bringsCover, type Outcome } from "./outcome.ts";
import { askToday } from "./today.ts";

/** A refusal about one year; every other one concerns the person or the call, and is thrown. */
const aboutTheYear = new Set([
  "already-enrolled",
  "duplicate-enrolment",
  "window-not-open",
  "no-rule-in-force",
  "malformed",
]);

const fresh = 60_000;
const known = new Map<string, { readonly at: number; readonly outcome: Outcome }>();

/** 应缴 · what is owed for a person and a year. Another person is looked up only so often, so an answer is good for a minute. */
export async function quoteOf(whom: Whom, benefitYear: number, tier: number): Promise<Outcome> {
  const key = JSON.stringify([whom, benefitYear, tier]);
  const before = known.get(key);
  if (before && Date.now() - before.at < fresh) return before.outcome;
  const outcome = await askQuote(whom, benefitYear, tier);
  known.set(key, { at: Date.now(), outcome });
  return outcome;
}

/** A year that could be asked about, and what came of it. */
type AskedYear = readonly [year: number, outcome: Outcome];

/** What is owed for the years that can be asked about, next year first; a newborn starts with this one. */
export async function quotesOf(whom: Whom): Promise<readonly AskedYear[]> {
  const thisYear = yearOf(await askToday());
  const [now, next] = await Promise.all(
    ([thisYear, thisYear + 1] as const).map(async (year) => [year, await quoteOf(whom, year, 1)] as const),
  );
  return now![1].owed?.quote.channel === "newborn" ? [now!, next!] : [next!, now!];
}

/** Can a year be paid, and does it bring cover? */
export const payable = ([, { owed }]: AskedYear): boolean => owed !== undefined && bringsCover(owed);

async function askQuote(whom: Whom, benefitYear: number, tier: number): Promise<Outcome> {
  try {
    return { owed: await call("contributions.owed", { body: { whom, benefitYear, tier } }) };
  } catch (error) {
    if (!(error instanceof Refused && aboutTheYear.has(error.code))) throw error;
    return { refused: error.code === "no-rule-in-force" ? unknownYet(benefitYear) : error };
  }
}

/** The API names the parameter that is missing; a resident is told what it means. */
const unknownYet = (benefitYear: number) =>
  new Refused("no-rule-in-force", `${benefitYear}年的缴费规定还没有查到，暂时不能缴。`, 422);

/** Forgets what was known: after an order, a change of the day, of the price or of who is signed in. */
export const forgetQuotes = (): void => known.clear();
