import * as z from "zod";
import { identityNumberFaults, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { key } from "../key.ts";
import { itemsAt, mustBeAt } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import { Profile } from "./profile.ts";

/** The number of the person with an identity number; a fault in it is told before anything is looked up. */
export async function personWith(typed: string): Promise<string> {
  const read = readIdentityNumber(typed);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  const at = key.identityNumber(await lookupHash("identity-number", read.number));
  const found = await mustBeAt(at, z.object({ personNo: z.string() }), "person-not-found", { consistent: false });
  return found.personNo;
}

/** People by their numbers. */
export async function profilesOf(personNos: Iterable<string>): Promise<Map<string, Profile>> {
  const items = await itemsAt([...new Set(personNos)].map((one) => key.person(one)));
  return new Map(items.map((item) => Profile.parse(item)).map((profile) => [profile.personNo, profile]));
}
