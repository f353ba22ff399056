import type { FamilyCall } from "../../shared/api/claims.ts";
import type { Resident } from "../callers/sessions.ts";
import { type Acting, actingFor } from "../family/acting.ts";
import type { Hand } from "../hand.ts";
import { factsOf } from "../people/facts.ts";
import { filingReply } from "./reply.ts";
import { type Filing, overviewOf } from "./store.ts";

/** 谁在办、替谁办 · the person whose filing a call is about, by whose hand, and the name that whoever acts signs with. */
interface Applicant extends Omit<Acting, "by"> {
  readonly by: Hand;
  readonly signer: string;
}

/** The caller themselves, or the dependant of an agreed tie; that a guardian acts is recorded before they are answered. */
export async function applicantOf(
  resident: Resident & { readonly personNo: string },
  tie: string | undefined,
  call: FamilyCall,
): Promise<Applicant> {
  const acting = await actingFor(resident.personNo, tie, call);
  if (acting.tieNo === null) return { ...acting, signer: acting.profile.name };
  const { name } = (await factsOf(resident.personNo, [])).profile;
  return { ...acting, by: { ...acting.by, name }, signer: name };
}

/** How a guardian's dependant agreed: the tie is the family's consent. */
export const consentOf = ({ tieNo }: Pick<Acting, "tieNo">): Filing["consent"] =>
  tieNo === null ? null : { by: "family", attachmentNo: null };

/** A filing as its applicant sees it. */
export const told = async (filing: Filing, { profile, tieNo }: Pick<Acting, "profile" | "tieNo">) =>
  filingReply(filing, await overviewOf(filing.personNo), { name: profile.name, tieNo });
