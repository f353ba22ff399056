import type { Read } from "../../shared/api/endpoint.ts";
import { endpoints } from "../../shared/api/proof.ts";
import { isGoodFor, isInPerson, type SecondProof } from "../../shared/proof/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { http } from "../http.ts";
import { returnTry, spendTry } from "../limits.ts";
import { confirmUpdate, telephoneOf } from "../people/contact.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import { toldOnOldWay } from "../people/old-way.ts";
import type { Profile } from "../people/profile.ts";
import { checkedCode, usedUp } from "../sign-in/codes.ts";
import { faceOffered, matchFace } from "./face.ts";
import { type Bound, codeAbout, proofReply, proveSession, proving, ticketOnce } from "./store.ts";

type Given = Read<(typeof endpoints)["proof.prove"]>["body"];

/** POST /me/proof · 第二次核验是本人: where the session just proved as much, what is sent again is answered so; the proof keeps its time. */
export const handler = http(endpoints["proof.prove"], async ({ resident, body }) => {
  const { proof } = resident;
  const suffices = proof && isGoodFor("fresh", proof, now()) && (isInPerson(proof) || body.way === "telephone");
  return proofReply(suffices ? proof : await proved(resident, body));
});

function proved(resident: Bound, body: Given): Promise<SecondProof> {
  switch (body.way) {
    case "telephone":
      return byTelephone(resident, body.code, body.lastSix);
    case "counter":
      return byCounter(resident, body.code);
    case "face":
      return byFace(resident, body.ticket);
  }
}

/** A code that came to the telephone on record also confirms that telephone; the code first, so that without it nothing is guessed. */
async function byTelephone(resident: Bound, code: string, lastSix: string) {
  const profile = await proving(resident);
  const telephone = await telephoneOf(profile);
  if (!telephone) throw new Refusal("no-telephone-on-record");
  const used = await checkedCode("proof", codeAbout(resident, telephone), code);
  await mustEndSo(resident, profile, lastSix);
  const also = profile.telephoneConfirmedOn === today() ? [] : [confirmUpdate(profile)];
  const proof = await proveSession(resident, "telephone", { ...used, refusal: () => usedUp("proof") }, also);
  await returnTry("last-six", resident.accountNo);
  return proof;
}

/** Throws unless the person's identity number ends so; a try is counted before it is looked at. */
async function mustEndSo({ accountNo }: Bound, profile: Profile, lastSix: string): Promise<void> {
  await spendTry("last-six", accountNo);
  if (!(await wholeIdentityNumber(profile)).endsWith(lastSix.toUpperCase())) throw new Refusal("last-six-wrong");
}

async function byCounter(resident: Bound, code: string) {
  const profile = await proving(resident);
  const used = await checkedCode("counter", profile.personNo, code);
  const told = [toldOnOldWay(profile, "proven")];
  return proveSession(resident, "counter", { ...used, refusal: () => usedUp("counter") }, told);
}

async function byFace(resident: Bound, ticket: string) {
  if (!faceOffered()) throw new Refusal("way-not-offered");
  const profile = await proving(resident);
  await spendTry("face", resident.accountNo);
  await matchFace(ticket, await wholeIdentityNumber(profile));
  const refusal = () => new Refusal("face-not-matched");
  return proveSession(resident, "face", { ...(await ticketOnce(ticket)), refusal }, [toldOnOldWay(profile, "proven")]);
}
