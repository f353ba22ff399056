import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { relationships, stateOn } from "../../shared/family/family.ts";
import { maskNumber } from "../../shared/person.ts";
import { today } from "../clock.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import { identityNumberShown } from "../people/reply.ts";
import { unseal } from "../sealing.ts";
import { birthCertificatePlace, type Tie } from "./tie.ts";

/** A tie as one of its sides sees it: the other side's whole name, and what they are to the one who looks. */
export async function memberReply(tie: Tie, looksNo: string): Promise<Answer<Endpoints["family.ask"]>> {
  const guards = tie.guardianNo === looksNo;
  const { profile } = await personPage(guards ? tie.dependantNo : tie.guardianNo);
  const { tieNo, minor, askedOn, changedOn, until, decidedBy, reason } = tie;
  return {
    tieNo,
    name: profile.name,
    identityNumber: await identityNumberShown(profile),
    relationship: guards ? tie.relationship : relationships[tie.relationship].inverse,
    state: stateOn(tie, today()),
    minor,
    temporary: guards && profile.temporary === true,
    askedOn,
    changedOn,
    until,
    decidedBy,
    reason,
  };
}

/** A tie as the counter sees it. */
export async function counterReply(tie: Tie): Promise<Answer<Endpoints["family-agency.review"]>> {
  const [guardian, dependant] = await Promise.all([personPage(tie.guardianNo), personPage(tie.dependantNo)]);
  const { tieNo, village, relationship, proof, askedOn, changedOn, until, decidedBy } = tie;
  const state = stateOn(tie, today());
  const birthCertificate = await birthCertificateShown(tie);
  return {
    tieNo,
    state,
    village,
    guardian: await sideOf(guardian),
    dependant: await sideOf(dependant),
    temporary: dependant.profile.temporary === true,
    relationship,
    proof,
    birthCertificate,
    askedOn,
    changedOn,
    until,
    decidedBy,
  };
}

const sideOf = async ({ profile }: PersonPage) => ({
  name: profile.name,
  identityNumber: await identityNumberShown(profile),
  bornOn: profile.bornOn,
});

/** The certificate's number as it is shown beside the paper; null where the tie stands on none. */
async function birthCertificateShown({ tieNo, birthCertificateSealed }: Tie): Promise<string | null> {
  return birthCertificateSealed && maskNumber(await unseal(birthCertificateSealed, birthCertificatePlace(tieNo)));
}
