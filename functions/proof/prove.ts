import { endpoints } from "../../shared/api/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { confirmUpdate, telephoneOf } from "../people/contact.ts";
import { identityNumberPlace } from "../people/profile.ts";
import { unseal } from "../sealing.ts";
import { checkedCode, usedUp } from "../sign-in/codes.ts";
import { faceOffered, matchFace } from "./face.ts";
import { type Bound, codeAbout, proveSession, proving, ticketOnce } from "./store.ts";

/** POST /me/proof · 第二次核验是本人: a session that is proven already is answered so, whatever is sent again. */
export const handler = http(endpoints["proof.prove"], async ({ resident, body }) => {
  if (resident.proof) return resident.proof;
  switch (body.way) {
    case "telephone":
      return byTelephone(resident, body.code);
    case "counter":
      return byCounter(resident, body.code);
    case "face":
      return byFace(resident, body.ticket);
  }
});

/** A code that came to the telephone on record also confirms that telephone. */
async function byTelephone(resident: Bound, code: string) {
  const profile = await proving(resident);
  const telephone = await telephoneOf(profile);
  if (!telephone) throw new Refusal("no-telephone-on-record");
  const used = await checkedCode("proof", codeAbout(resident, telephone), code);
  const also = profile.telephoneConfirmedOn === today() ? [] : [confirmUpdate(profile)];
  return proveSession(resident, "telephone", { ...used, refusal: () => usedUp("proof") }, also);
}

async function byCounter(resident: Bound, code: string) {
  const { personNo } = await proving(resident);
  const used = await checkedCode("counter", personNo, code);
  return proveSession(resident, "counter", { ...used, refusal: () => usedUp("counter") });
}

async function byFace(resident: Bound, ticket: string) {
  if (!faceOffered()) throw new Refusal("way-not-offered");
  const { personNo, identityNumberSealed } = await proving(resident);
  await spendTry("face", resident.accountNo);
  await matchFace(ticket, await unseal(identityNumberSealed, identityNumberPlace(personNo)));
  const refusal = () => new Refusal("face-not-matched");
  return proveSession(resident, "face", { ...(await ticketOnce(ticket)), refusal });
}
