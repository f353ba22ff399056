import { refusalOf } from "../../shared/edge.ts";
import { within } from "../../shared/org.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { decide } from "../filings/moves.ts";
import { type By, type Filing, filingOf } from "../filings/store.ts";
import { factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";

/** The hand of an officer who decides, and of one who files for somebody. */
export const byOfficer = ({ officerNo, name }: Officer, hand: "officer" | "agent" = "officer"): By => ({
  hand,
  no: officerNo,
  name,
});

/** A person of the officer's area; to anybody else he does not exist. That he was looked at is kept with him. */
export async function shownPerson(officer: Officer, personNo: string, call: string, reason?: string): Promise<Profile> {
  const { profile } = await factsOf(personNo, []);
  if (!within(profile.village, officer.unit)) throw new Refusal("not-found");
  await recordAccess(officer, { personNo }, { call, ...(reason !== undefined && { reason }) });
  return profile;
}

/** A filing of the officer's area, where the person lives now or lived when he filed, with the person. */
export async function shownFiling(
  officer: Officer,
  { personNo, filingNo }: { personNo: string; filingNo: string },
  call: string,
): Promise<{ filing: Filing; profile: Profile }> {
  const filing = await filingOf(personNo, filingNo);
  const { profile } = await factsOf(personNo, []);
  if (!within(filing.village, officer.unit) && !within(profile.village, officer.unit)) throw new Refusal("not-found");
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
