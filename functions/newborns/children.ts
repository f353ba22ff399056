import * as z from "zod";
import { policyOf } from "../../shared/areas/areas.ts";
import { windowOf } from "../../shared/contribution/quote.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { agreedUntil } from "../../shared/family/family.ts";
import { normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { liveTie, type Opening, openTie, rememberRequest } from "../family/store.ts";
import type { Tie } from "../family/tie.ts";
import { indexKey } from "../index-key.ts";
import { key } from "../key.ts";
import { newPersonNo } from "../numbers.ts";
import { toOutbox } from "../outbox.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import { personPage } from "../people/page.ts";
import { identityNumberPlace, type Profile } from "../people/profile.ts";
import { itemAt } from "../read.ts";
import type { NumberedRequest } from "../request.ts";
import { lookupHash, seal } from "../sealing.ts";
import { both, either, exists, having, isNew, type Step, toCheck, toPut, toRemove, toUpdate } from "../write.ts";

/** What a parent reads from the birth certificate. */
interface Newborn {
  readonly name: string;
  readonly sex: "male" | "female";
  readonly bornOn: Day;
  readonly certificate: string;
}

const certificatePlace = async (certificate: string) =>
  key.birthCertificate(await lookupHash("birth-certificate", certificate));

/** The child that was registered by a birth certificate, or null. */
export const certifiedChild = async (certificate: string): Promise<string | null> =>
  (await itemAt(await certificatePlace(certificate), z.object({ personNo: z.string() })))?.personNo ?? null;

/**
 * 登记新生儿 · writes down a child under a birth certificate and ties it to the parent: both wait for an officer who has seen the
 * certificate. One that was written down before gives the same child, whoever of the parents was first.
 */
export async function registerNewborn(request: NumberedRequest, parent: Profile, newborn: Newborn): Promise<Tie> {
  const known = await certifiedChild(newborn.certificate);
  try {
    return await (known ? holdKnown(request, parent, newborn, known) : addChild(request, parent, newborn));
  } catch (error) {
    // The other parent was faster with the certificate, or the child has just got its number: look once more.
    if (!(error instanceof Refusal) || error.code !== "try-again") throw error;
    const now = await certifiedChild(newborn.certificate);
    if (!now) throw error;
    return holdKnown(request, parent, newborn, now);
  }
}

async function holdKnown(request: NumberedRequest, parent: Profile, newborn: Newborn, personNo: string): Promise<Tie> {
  const { profile } = await personPage(personNo);
  const same =
    normalName(profile.name) === normalName(newborn.name) &&
    profile.sex === newborn.sex &&
    profile.bornOn === newborn.bornOn;
  if (!same) throw new Refusal("newborn-differs");
  const standing = await liveTie(parent.personNo, profile.personNo);
  if (standing) return rememberRequest(request, standing);
  const still: Step = {
    ...toCheck(
      key.person(profile.personNo),
      both(exists, having({ mergedInto: undefined, unconfirmed: profile.unconfirmed })),
    ),
    refusal: () => new Refusal("try-again"),
  };
  return openTie(request, openingFor(parent, profile, newborn), profile.temporary === true, [still]);
}

async function addChild(request: NumberedRequest, parent: Profile, newborn: Newborn): Promise<Tie> {
  const child = await newProfile(parent, newborn);
  const { personNo } = child;
  const certificate = { ...(await certificatePlace(newborn.certificate)), personNo };
  return openTie(request, openingFor(parent, child, newborn), true, [
    { ...toPut(certificate, isNew), refusal: () => new Refusal("try-again") },
    toPut({ ...key.person(personNo), ...child }, isNew),
  ]);
}

/**
 * 核对属实 · the writes that put a newborn on the register: in the village's list, counted among those to be insured, and the only
 * one of the certificate, which another parent's refusal may have freed.
 */
export async function confirmed(child: Profile): Promise<Step[]> {
  const { personNo, poolingArea, village, household } = child;
  const place = indexKey.village(village, `PERSON#${household}#${personNo}`);
  const countedYears = yearsToInsure(poolingArea);
  const counted = countedYears.map((benefitYear) => ({
    kind: "registered" as const,
    benefitYear,
    village,
    people: 1,
  }));
  const certificate = { ...(await certificatePlace(await wholeIdentityNumber(child))), personNo };
  return [
    toUpdate(
      key.person(personNo),
      { set: { ...place, countedYears }, remove: ["unconfirmed"] },
      having({ unconfirmed: true }),
    ),
    {
      ...toPut(certificate, either(isNew, having({ personNo }))),
      refusal: () => new Refusal("newborn-differs"),
    },
    toOutbox(counted),
  ];
}

/** 核对不实 · the write, where there is one, that frees a certificate under which somebody was written down whom nobody confirms. */
export async function disowned(child: Profile): Promise<Step[]> {
  const certificate = await wholeIdentityNumber(child);
  const { personNo } = child;
  if ((await certifiedChild(certificate)) !== personNo) return [];
  return [toRemove(await certificatePlace(certificate), having({ personNo }))];
}

const openingFor = (parent: Profile, child: Profile, { certificate }: Newborn): Opening => ({
  guardianNo: parent.personNo,
  dependantNo: child.personNo,
  relationship: "child",
  state: child.unconfirmed ? "review" : "agreed",
  minor: true,
  proof: "birth-certificate",
  birthCertificate: certificate,
  village: child.village,
  until: agreedUntil(child.bornOn, today()),
  decidedBy: child.unconfirmed ? null : "certificate",
});

/** The child lives where the parent does; the certificate's number stands where the identity number will. */
async function newProfile(parent: Profile, { name, sex, bornOn, certificate }: Newborn): Promise<Profile> {
  const personNo = newPersonNo(parent.poolingArea);
  return {
    personNo,
    name,
    identityNumberSealed: await seal(certificate, identityNumberPlace(personNo)),
    telephoneSealed: null,
    telephoneConfirmedOn: null,
    sex,
    bornOn,
    poolingArea: parent.poolingArea,
    village: parent.village,
    household: parent.household,
    head: false,
    student: false,
    identities: [],
    coverBefore: [],
    employeeCovered: false,
    employeeCoverEndedOn: null,
    diedOn: null,
    temporary: true,
    unconfirmed: true,
  };
}

/** This year, and the next once its window has begun: for those the child counts as somebody to insure. */
function yearsToInsure(poolingArea: string): number[] {
  const year = yearOf(today());
  return windowOf(policyOf(poolingArea), year + 1).from <= today() ? [year, year + 1] : [year];
}
