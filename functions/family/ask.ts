import type * as z from "zod";
import { endpoints } from "../../shared/api/family.ts";
import { agreedUntil, isMinor, mayHold, openingOf, readBirthCertificate } from "../../shared/family/family.ts";
import { identityNumberFaults, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { certifiedChild } from "../newborns/children.ts";
import { type PersonPage, personNamed, personPage } from "../people/page.ts";
import { sendConsent, spendConsentCode } from "./consent-code.ts";
import { memberReply } from "./reply.ts";
import { liveTie, type Opening, openTie, requestedTie, tieRequest } from "./store.ts";

type Body = z.output<(typeof endpoints)["family.ask"]["body"]>;

/** POST /family · 添加亲情账户成员: 16 and over are asked, for those under 16 a relationship is proven. */
export const handler = http(endpoints["family.ask"], async ({ resident, body }) => {
  const { accountNo, personNo } = resident;
  const request = tieRequest(resident, body);
  const before = await requestedTie(request);
  if (before) return memberReply(before, personNo);
  const read = readIdentityNumber(body.identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  await spendTry("look-up", accountNo);
  const [guardian, dependant] = await Promise.all([personPage(personNo), personNamed(body.name, read.number)]);
  const opening = await openingFor(body, guardian, dependant);
  if (await liveTie(personNo, dependant.profile.personNo)) throw new Refusal("already-held");
  if (opening.state === "asked") await spendConsentCode(personNo, dependant.profile.personNo);
  const tie = await openTie(request, opening, false, []);
  if (tie.state === "asked") await sendConsent(tie);
  return memberReply(tie, personNo);
});

async function openingFor(
  body: Body,
  { profile: guardian }: PersonPage,
  { profile: dependant }: PersonPage,
): Promise<Opening> {
  const { relationship, commitment } = body;
  const on = today();
  mayHold(guardian, dependant, relationship, on);
  const minor = isMinor(dependant.bornOn, on);
  const proof = minor ? body.proof : null;
  const certificate = proof?.kind === "birth-certificate" ? readBirthCertificate(proof.number) : null;
  if (proof?.kind === "birth-certificate" && certificate === null) throw new Refusal("birth-certificate");
  const sameHousehold = guardian.poolingArea === dependant.poolingArea && guardian.household === dependant.household;
  const certified = certificate !== null && (await certifiedChild(certificate)) === dependant.personNo;
  const evidence = { proof: proof?.kind ?? null, commitment, sameHousehold, certified };
  const { state, until } = openingOf(dependant, relationship, evidence, on);
  return {
    guardianNo: guardian.personNo,
    dependantNo: dependant.personNo,
    relationship,
    state,
    minor,
    proof: proof?.kind ?? null,
    birthCertificate: certificate,
    village: dependant.village,
    until: state === "agreed" ? agreedUntil(dependant.bornOn, on) : until,
    decidedBy: state !== "agreed" ? null : proof?.kind === "household" ? "household" : "certificate",
  };
}
