import { maskNumber } from "../../shared/person.ts";
import { telephoneOf } from "./contact.ts";
import { wholeIdentityNumber } from "./identity-number.ts";
import type { Profile } from "./profile.ts";

/** The identity number as it is shown. */
export const identityNumberShown = async (profile: Profile): Promise<string> =>
  maskNumber(await wholeIdentityNumber(profile));

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
