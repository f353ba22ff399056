import { maskNumber } from "../../shared/person.ts";
import { unseal } from "../sealing.ts";
import { telephoneOf } from "./contact.ts";
import { identityNumberPlace, type Profile } from "./profile.ts";

/** The identity number as it is shown, opened for this alone: a newborn's is its birth certificate's. */
export const identityNumberShown = async ({ personNo, identityNumberSealed }: Profile): Promise<string> =>
  maskNumber(await unseal(identityNumberSealed, identityNumberPlace(personNo)));

/** The telephone on record as it is shown; null where there is none. */
export async function telephoneShown(profile: Profile): Promise<string | null> {
  const telephone = await telephoneOf(profile);
  return telephone && maskNumber(telephone);
}

/** The person whose data it is, masked as everywhere. */
export const ownerReply = async (profile: Profile) => ({
  personNo: profile.personNo,
  name: profile.name,
  identityNumber: await identityNumberShown(profile),
});
