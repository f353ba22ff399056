import type { PaperSeen } from "../../shared/api/counter.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { historyPut, type Witness } from "../people/contact.ts";
import { toldOnOldWay } from "../people/old-way.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";
import { mustServe } from "../served.ts";
import { accountsOf, closing } from "../sign-in/accounts.ts";
import { codePlace } from "../sign-in/codes.ts";
import { toRemove, writeTogether } from "../write.ts";

/** Somebody of the officer's own area, to be looked at; that he was is recorded first. */
export async function shownAtCounter(
  officer: Officer,
  personNo: string,
  call: string,
  seen?: PaperSeen,
): Promise<PersonPage> {
  const page = await personPage(personNo);
  const { profile } = page;
  await recordAccess(officer, { personNo: profile.personNo }, { call, ...(seen && { reason: seen }) });
  mustServe(officer, [profile.village], "person-not-found");
  return page;
}

/** Who stands at the counter, in the officer's own area; the paper seen is recorded before anything is done. */
export async function atCounter(
  officer: Officer,
  personNo: string,
  call: string,
  seen: PaperSeen,
): Promise<{ profile: Profile; witness: Witness }> {
  const { profile } = await shownAtCounter(officer, personNo, call, seen);
  return { profile, witness: { officerNo: officer.officerNo, unit: officer.unit, seen } };
}

/** The same for what a dead person has no more use of. */
export async function aliveAtCounter(...at: Parameters<typeof atCounter>): ReturnType<typeof atCounter> {
  const found = await atCounter(...at);
  if (found.profile.diedOn) throw new Refusal("deceased");
  return found;
}

/** At most four actions an account: under what a transaction takes. */
const accountsAtOnce = 20;

/**
 * 注销账号 · every account of a person is closed, its sessions over from this moment on, an open code of the counter worth
 * nothing; a repeat finds what is left. Gives how many accounts it were.
 */
export async function closeAccounts(profile: Profile, witness: Witness): Promise<number> {
  const { personNo } = profile;
  const accounts = await accountsOf(personNo);
  for (let from = 0; from < accounts.length; from += accountsAtOnce) {
    const some = accounts.slice(from, from + accountsAtOnce);
    await writeTogether([
      ...(await Promise.all(some.map(({ accountNo }) => closing(accountNo, personNo)))).flat(),
      toRemove(await codePlace("counter", personNo)),
      historyPut(personNo, { what: "accounts-closed", accounts: some.length }, witness),
      toldOnOldWay(profile, "closed"),
    ]);
  }
  return accounts.length;
}
