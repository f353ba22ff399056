import * as z from "zod";
import { CalendarDay, decoded, PersonNo, readJson } from "../edge.ts";
import { filings } from "../policy/table.ts";

/**
 * 异地备案查询 · a provider asks whether a person is filed for here. The national interface has no transaction for it (only
 * 2501 and 2502), so the call and its words are ours, signed like every other.
 */
const Asked = z.strictObject({
  personNo: PersonNo,
  /** The day of admission, or of the visit; today where it is left out. */
  from: CalendarDay.optional(),
  /** It would be sent as 急诊. */
  emergency: z.boolean().default(false),
});
export type FilingAsked = z.output<typeof Asked>;

const Answered = z.strictObject({
  /** Would care here count as filed for? */
  filed: z.boolean(),
  filing: z.enum(filings),
  filingNo: z.string().nullable(),
  /** Why, as a code of `Why` and as a sentence in Chinese. */
  why: z.string(),
  sentence: z.string(),
});
export type FilingAnswered = z.output<typeof Answered>;

/** What a provider asks, or `malformed`. */
export const readFilingQuery = (written: string): FilingAsked => decoded(Asked, readJson(written));

/** 答: code 0 and what counts, or −1 and why not. */
export const writeFilingAnswer = (said: FilingAnswered | { readonly refused: string }): string =>
  JSON.stringify("refused" in said ? { code: -1, message: said.refused } : { code: 0, ...said });

/** What the answer says, for whoever asked. */
export function readFilingAnswer(written: string): FilingAnswered | { readonly refused: string } {
  const { code, message, ...said } = readJson(written) as Record<string, unknown>;
  return code === 0 ? decoded(Answered, said) : { refused: String(message) };
}
