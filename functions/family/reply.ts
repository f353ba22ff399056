import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { relationships, stateOn } from "../../shared/family/family.ts";
import { today } from "../clock.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import type { Tie } from "./tie.ts";

/** A tie as one of its sides sees it: the other side's whole name, and what they are to the one who looks. */
export async function memberReply(tie: Tie, looksNo: string): Promise<Answer<Endpoints["family.ask"]>> {
  const guards = tie.guardianNo === looksNo;
  const { profile } = await personPage(guards ? tie.dependantNo : tie.guardianNo);
  const { tieNo, minor, askedOn, changedOn, until, decidedBy, reason } = tie;
  return {
    tieNo,
    name: profile.name,
    identityNumber: profile.identityNumberMasked,
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
  const { tieNo, village, relationship, proof, birthCertificateMasked, askedOn, changedOn, until, decidedBy } = tie;
  const state = stateOn(tie, today());
  const birthCertificate = birthCertificateMasked;
  return {
    tieNo,
    state,
    village,
    guardian: sideOf(guardian),
    dependant: sideOf(dependant),
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

const sideOf = ({ profile: { name, identityNumberMasked, bornOn } }: PersonPage) => ({
  name,
  identityNumber: identityNumberMasked,
  bornOn,
});
