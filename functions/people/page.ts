import * as z from "zod";
import type { Insured } from "../../shared/contribution/enquiry.ts";
import { type IdentityNumber, normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { beginning, key, partition } from "../key.ts";
import { itemsUnder, mustBeAt } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import { Enrolment } from "./enrolments.ts";
import { Profile } from "./profile.ts";

export interface PersonPage {
  readonly profile: Profile;
  readonly enrolments: readonly Enrolment[];
}

/** A person and their enrolments, consistently; of a merged person, those of the number that stays. What else the partition holds grows. */
export async function personPage(personNo: string): Promise<PersonPage> {
  const [profile, enrolments] = await Promise.all([
    mustBeAt(key.person(personNo), Profile, "person-not-found"),
    itemsUnder(partition.person(personNo), beginning.enrolment, Enrolment),
  ]);
  if (profile.mergedInto) return personPage(profile.mergedInto);
  return { profile, enrolments };
}

/** The person of an identity number whose name agrees; a number unknown and a name that differs are told alike. */
export async function personNamed(name: string, number: IdentityNumber): Promise<PersonPage> {
  const at = key.identityNumber(await lookupHash("identity-number", number));
  const found = await mustBeAt(at, z.object({ personNo: z.string() }), "name-mismatch", { consistent: false });
  const page = await personPage(found.personNo);
  if (normalName(page.profile.name) !== normalName(name)) throw new Refusal("name-mismatch");
  return page;
}

/** Every benefit year with cover, whoever kept it, in order. */
export function coverYears({ profile, enrolments }: PersonPage) {
  const before = profile.coverBefore.map((one) => ({ ...one, waitingMonths: 0 }));
  return [...before, ...enrolments].sort((a, b) => a.benefitYear - b.benefitYear);
}

/** The facts that the law of contributions asks for. */
export function insured({ profile, enrolments }: PersonPage): Insured {
  const coveredYears = coverYears({ profile, enrolments }).map((one) => one.benefitYear);
  return {
    bornOn: profile.bornOn,
    student: profile.student,
    identities: profile.identities,
    coveredYears,
    employeeCovered: profile.employeeCovered,
    employeeCoverEndedOn: profile.employeeCoverEndedOn,
    firstEnrolment: coveredYears.length === 0,
  };
}
