import { refusalOf } from "../../shared/edge.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { decide } from "../filings/moves.ts";
import { type Filing, filingOf } from "../filings/store.ts";
import { byOfficer } from "../hand.ts";
import { factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import { mustServe } from "../served.ts";

/** A filing of the officer's area, where the person lives now or lived when they filed, with the person. */
export async function shownFiling(
  officer: Officer,
  { personNo, filingNo }: { personNo: string; filingNo: string },
  call: string,
): Promise<{ filing: Filing; profile: Profile }> {
  const filing = await filingOf(personNo, filingNo);
  const { profile } = await factsOf(personNo, []);
  mustServe(officer, [filing.village, profile.village]);
  await recordAccess(officer, { personNo }, { call, reason: `备案${filingNo}` });
  return { filing, profile };
}

/** 批量同意 · one after another; what cannot be agreed says why and stops nothing. */
export async function approveEach(
  officer: Officer,
  filings: readonly { personNo: string; filingNo: string; version: number }[],
): Promise<{ filingNo: string; state: Filing["state"] | null; message: string }[]> {
  const results = [];
  for (const { version, ...which } of filings) {
    const { personNo, filingNo } = which;
    try {
      await shownFiling(officer, which, "filings-agency.approve-many");
      const { state } = await decide(personNo, filingNo, { what: "approve", version }, byOfficer(officer));
      results.push({ filingNo, state, message: "" });
    } catch (error) {
      results.push({ filingNo, state: null, message: refusalOf(error).sentence });
    }
  }
  return results;
}
