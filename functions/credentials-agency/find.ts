import { endpoints } from "../../shared/api/credentials-agency.ts";
import { unitName } from "../callers/units.ts";
import { cardOf, cardShown } from "../credentials/cards.ts";
import { casesOf } from "../credentials/case-store.ts";
import { caseReply, credentialReply, usesReply } from "../credentials/reply.ts";
import { credentialOf } from "../credentials/store.ts";
import { usesOf } from "../credentials/uses-store.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { personWith } from "../people/find.ts";
import { identityNumberShown } from "../people/reply.ts";
import { servedPerson } from "../served.ts";

/** POST /agency/credentials/search · 查一个人的医保码: its state, phones, history and uses; that it was looked at is recorded. */
export const handler = http(endpoints["credentials-agency.find"], async ({ officer, body }) => {
  if (body.by === "identity-number") await spendTry("claims-find", officer.officerNo);
  const asked = body.by === "person" ? body.personNo : await personWith(body.identityNumber);
  const profile = await servedPerson(officer, asked, { call: "credentials-agency.find", reason: body.reason });
  const { personNo } = profile;
  const [credential, uses, cases, card, place, stored] = await Promise.all([
    credentialReply(profile, { tieNo: null, toOfficer: true }),
    usesOf(personNo),
    casesOf(personNo),
    cardOf(personNo),
    unitName(profile.village),
    credentialOf(personNo),
  ]);
  return {
    personNo,
    identityNumber: await identityNumberShown(profile),
    unitName: place,
    credential,
    uses: await usesReply(uses, stored),
    cases: cases.map(caseReply),
    card: card && (await cardShown(personNo, card)),
  };
});
