import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import type { Officer } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import type { Case } from "../credentials/case-store.ts";
import { caseReply, usesReply } from "../credentials/reply.ts";
import type { CredentialHand } from "../credentials/store.ts";
import { credentialOf } from "../credentials/store.ts";
import { useOf } from "../credentials/uses-store.ts";
import { byOfficer } from "../hand.ts";
import { profilesOf } from "../people/find.ts";
import type { Profile } from "../people/profile.ts";
import { servedPerson } from "../served.ts";

/** Somebody of the officer's area, whose credential they are about to change; that they do is recorded with the reason. */
export async function actOn(
  officer: Officer,
  personNo: string,
  call: string,
  reason: string,
): Promise<{ profile: Profile; by: CredentialHand }> {
  return { profile: await servedPerson(officer, personNo, { call, reason }), by: byOfficer(officer) };
}

type CaseReply = Answer<Endpoints["credentials-agency.decide"]>;

/** Cases as officers see them: whose, and each use that they are about. */
export async function casesReply(cases: readonly Case[]): Promise<CaseReply[]> {
  const profiles = await profilesOf(cases.map(({ personNo }) => personNo));
  const villages = [...new Set(cases.map(({ village }) => village))];
  const places = new Map(await Promise.all(villages.map(async (one) => [one, await unitName(one)] as const)));
  return Promise.all(
    cases.map(async (one) => {
      const { personNo, useNos, village, outcome } = one;
      const [uses, credential] = await Promise.all([
        Promise.all(useNos.map((useNo) => useOf(personNo, useNo))),
        credentialOf(personNo),
      ]);
      const told = await usesReply(uses, credential);
      return {
        ...caseReply(one),
        personNo,
        name: profiles.get(personNo)?.name ?? "",
        unitName: places.get(village) ?? "",
        uses: told.map((use, i) => ({ ...use, providerCode: uses[i]!.providerCode })),
        outcome: outcome && { on: outcome.on, reason: outcome.reason, by: outcome.by },
      };
    }),
  );
}
