import { isGoodFor, looksUntil, type ProofWay, type SecondProof } from "../../shared/proof/proof.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Resident } from "../callers/sessions.ts";
import { now, today } from "../clock.ts";
import { key } from "../key.ts";
import { personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";
import { lookupHash } from "../sealing.ts";
import { type Action, exists, having, isNew, type Step, toCheck, toPut, toUpdate, writeTogether } from "../write.ts";

/** A resident who is bound to a person of the register. */
export type Bound = Resident & { readonly personNo: string };

/** Who has to prove that they are who; nobody proves to be a dead person. */
export async function proving({ personNo }: Bound): Promise<Profile> {
  const { profile } = await personPage(personNo);
  if (profile.diedOn) throw new Refusal("deceased");
  return profile;
}

/** What a code is bound to: the account that asked, the person, and the telephone that it went to. */
export const codeAbout = ({ accountNo, personNo }: Bound, telephone: string): string =>
  `${accountNo}#${personNo}#${telephone}`;

/** The write that lets a face's ticket count once; the verifier gives tickets of minutes, so a day is long enough. */
export async function ticketOnce(ticket: string): Promise<Action> {
  const Item = {
    ...key.faceTicket(await lookupHash("code", `face:${ticket}`)),
    expiresAt: Math.floor(now() / 1000) + 24 * 60 * 60,
  };
  return toPut(Item, isNew);
}

/**
 * 第二次核验 · the session becomes proven; what proved it is used up in the same moment, and a proof that came second is
 * refused as `used` says. Nothing is proven where session or binding have ended meanwhile.
 */
export async function proveSession(
  { sessionNo, accountNo, account, personNo }: Bound,
  by: ProofWay,
  used: Step,
  also: readonly Step[] = [],
): Promise<SecondProof> {
  const at = now();
  const on = today();
  const refusal = () => new Refusal("not-signed-in");
  const last = { accountNo, signedInBy: account.signedInBy, provenBy: by, provenOn: on };
  await writeTogether([
    { ...toUpdate(key.session(sessionNo), { set: { provenBy: by, provenAt: at } }, exists), refusal },
    { ...toCheck(key.account(accountNo), having({ personNo })), refusal },
    toUpdate(key.boundAccount(personNo, accountNo), { set: last, once: { boundOn: on } }),
    used,
    ...also,
  ]);
  return { by, at };
}

/** A second proof as its holder is told of it. */
export const proofReply = ({ by, at }: SecondProof) => ({
  by,
  at,
  until: looksUntil({ by, at }),
  fresh: isGoodFor("fresh", { by, at }, now()),
});
