import { endpoints } from "../../shared/api/filings-agency.ts";
import { normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { file, requested } from "../filings/apply.ts";
import { byAgent } from "../hand.ts";
import { http } from "../http.ts";
import { personWith } from "../people/find.ts";
import { servedPerson } from "../served.ts";
import { consentSteps } from "./consent-code.ts";
import { replyFor } from "./reply.ts";

/** POST /agency/filings · 代办备案: for somebody who agreed by a code that they read out or a paper that they signed; they are told. */
export const handler = http(endpoints["filings-agency.file"], async ({ officer, body }) => {
  const { identityNumber, name, consent, attachmentNos, commitment, ...application } = body;
  const personNo = await personWith(identityNumber);
  const profile = await servedPerson(officer, personNo, { call: "filings-agency.file", reason: "代办备案" });
  if (normalName(profile.name) !== normalName(name)) throw new Refusal("name-mismatch");
  const given = { by: consent.by, attachmentNo: consent.by === "paper" ? consent.attachmentNo : null };
  const asked = { ...application, replaces: null, personNo, by: byAgent(officer), consent: given };
  const agreed = { personNo, officerNo: officer.officerNo, destination: application.destination };
  const standing = await requested(asked);
  const filing =
    standing ??
    (await file(asked, { attachmentNos, commitment }, profile.name, (no) => consentSteps(agreed, consent, no)));
  return replyFor(filing, profile, officer);
});
