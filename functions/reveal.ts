import { recordAccess } from "./audit.ts";
import type { Officer } from "./callers/officers.ts";
import { ringTry } from "./limits.ts";

/**
 * 看完整号码 · before an officer is shown a whole number of one person: one of the day's few is spent, which rings when they
 * are used up, and who, of whom and why is kept. Everything that reveals a whole number goes through here.
 */
export async function mayReveal(
  officer: Officer,
  personNo: string,
  look: { call: string; reason: string },
): Promise<void> {
  await ringTry("reveal", officer.officerNo, "refuse");
  await recordAccess(officer, { personNo }, look);
}
