import type { PaperSeen } from "../../shared/api/counter.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import type { Officer } from "../callers/officers.ts";
import { key } from "../key.ts";
import { historyPut, type Witness } from "../people/contact.ts";
import { type PersonPage, personPage } from "../people/page.ts";
import type { Profile } from "../people/profile.ts";
import { mustServe } from "../served.ts";
import { accountsOf } from "../sign-in/accounts.ts";
import { codePlace } from "../sign-in/codes.ts";
import { type Action, exists, having, toRemove, toUpdate, writeTogether } from "../write.ts";

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

/** Two actions an account: far under what a transaction takes. */
const accountsAtOnce = 40;

/**
 * 解除绑定 · every account of a person belongs to nobody again, its sessions over from this moment on, an open code of the
 * counter worth nothing; a repeat finds what is left. Gives how many accounts it were.
 */
export async function unbindAccounts(personNo: string, witness: Witness): Promise<number> {
  const accounts = await accountsOf(personNo);
  for (let from = 0; from < accounts.length; from += accountsAtOnce) {
    const some = accounts.slice(from, from + accountsAtOnce);
    await writeTogether([
      ...some.flatMap(({ accountNo }) => unbinding(personNo, accountNo)),
      toRemove(await codePlace("counter", personNo)),
      historyPut(personNo, { what: "accounts-unbound", accounts: some.length }, witness),
    ]);
  }
  return accounts.length;
}

const unbinding = (personNo: string, accountNo: string): Action[] => [
  toUpdate(key.account(accountNo), { set: { personNo: null }, add: { generation: 1 } }, having({ personNo })),
  toRemove(key.boundAccount(personNo, accountNo), exists),
];
