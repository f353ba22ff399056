import { within } from "../shared/org.ts";
import { Refusal } from "../shared/refusal.ts";
import { recordAccess } from "./audit.ts";
import type { Officer } from "./callers/officers.ts";
import { factsOf } from "./people/facts.ts";
import type { Profile } from "./people/profile.ts";

/**
 * 辖区 · throws unless one of these villages lies in the officer's unit. What is elsewhere is refused as what does not exist,
 * a person as a person and a thing as a thing, so that nobody learns from a refusal that it is there.
 */
export function mustServe(
  { unit }: Officer,
  villages: readonly string[],
  refusal: "person-not-found" | "name-mismatch" | "not-found" = "not-found",
): void {
  if (!villages.some((village) => within(village, unit))) throw new Refusal(refusal);
}

/** 辖区内的人 · somebody of the officer's area; that they were looked at is kept with them first, where `look` says by which call and why. */
export async function servedPerson(
  officer: Officer,
  personNo: string,
  look: { readonly call: string; readonly reason?: string | undefined } | null,
): Promise<Profile> {
  const { profile } = await factsOf(personNo, []);
  mustServe(officer, [profile.village], "person-not-found");
  if (look) {
    const { call, reason } = look;
    await recordAccess(officer, { personNo: profile.personNo }, { call, ...(reason !== undefined && { reason }) });
  }
  return profile;
}
