import { unseal } from "../sealing.ts";
import { identityNumberPlace, type Profile } from "./profile.ts";

/** 身份证号原文 · the whole identity number of a person, opened for this alone: a newborn's is its birth certificate's. */
export const wholeIdentityNumber = ({
  personNo,
  identityNumberSealed,
}: Pick<Profile, "personNo" | "identityNumberSealed">): Promise<string> =>
  unseal(identityNumberSealed, identityNumberPlace(personNo));
