import { endpoints } from "../../shared/api/credentials.ts";
import { recordFamilyAccess } from "../audit.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { profilesOf } from "../people/find.ts";
import { casesOf } from "./case-store.ts";
import { caseReply, usesReply } from "./reply.ts";
import { credentialOf } from "./store.ts";
import { showingsOf, usesOf } from "./uses-store.ts";

/** GET /credential/uses · 谁用过我的码: which provider, for what, when; and who of the family showed it. */
export const handler = http(endpoints["credentials.uses"], async ({ resident, query: { tie } }) => {
  const { personNo, tieNo, profile } = await actingFor(resident.personNo, tie, null);
  if (tieNo) await recordFamilyAccess(resident.personNo, personNo, "credentials.uses");
  const [uses, showings, cases, credential] = await Promise.all([
    usesOf(personNo),
    showingsOf(personNo),
    casesOf(personNo),
    credentialOf(personNo),
  ]);
  const guardians = await profilesOf(showings.map(({ guardianNo }) => guardianNo));
  return {
    name: profile.name,
    uses: await usesReply(uses, credential),
    showings: showings.map(({ guardianNo, at }) => ({ name: guardians.get(guardianNo)?.name ?? "", at })),
    cases: cases.map(caseReply),
  };
});
