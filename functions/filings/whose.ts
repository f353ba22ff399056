import type { FamilyCall } from "../../shared/api/claims.ts";
import type { Resident } from "../callers/sessions.ts";
import { type Claimant, claimantOf } from "../family/acting.ts";
import { factsOf } from "../people/facts.ts";
import { filingReply } from "./reply.ts";
import { type By, type Filing, overviewOf } from "./store.ts";

/** 谁在办、替谁办 · the person whose filing a call is about, by whose hand, and the name that whoever acts signs with. */
export interface Applicant extends Claimant {
  readonly by: By;
  readonly signer: string;
}

/** The caller himself, or the dependant of an agreed tie; that a guardian acts is recorded before he is answered. */
export async function applicantOf(
  resident: Resident & { readonly personNo: string },
  tie: string | undefined,
  call: FamilyCall,
): Promise<Applicant> {
  const claimant = await claimantOf(resident.personNo, tie, call);
  if (claimant.tieNo === null) {
    const by: By = { hand: "self", no: resident.personNo, name: null };
    return { ...claimant, by, signer: claimant.profile.name };
  }
  const { profile } = await factsOf(resident.personNo, []);
  return { ...claimant, by: { hand: "guardian", no: resident.personNo, name: profile.name }, signer: profile.name };
}

/** How a guardian's dependant agreed: the tie is the family's consent. */
export const consentOf = ({ tieNo }: Claimant): Filing["consent"] =>
  tieNo === null ? null : { by: "family", attachmentNo: null };

/** A filing as its applicant sees it. */
export const told = async (filing: Filing, { profile, tieNo }: Claimant) =>
  filingReply(filing, await overviewOf(filing.personNo), { name: profile.name, tieNo });
