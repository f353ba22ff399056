import { randomBytes } from "node:crypto";
import type { Day } from "../../shared/day.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { key } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { historyPut, telephoneOf, type Witness } from "../people/contact.ts";
import { type Profile, telephonePlace } from "../people/profile.ts";
import { seal } from "../sealing.ts";
import { accountsAtOnce, accountsOf, endSessionsOf, sessionGoesOn, sessionsEnded } from "../sign-in/accounts.ts";
import { both, exists, having, type Step, toUpdate, writeTogether } from "../write.ts";

/** Whose session, alone, does not end. */
export interface GoingOn {
  readonly sessionNo: string;
  readonly accountNo: string;
}

/**
 * 更换电话 · another telephone on record, confirmed today, with the change in the person's history; every session of the person's
 * accounts ends, but for the one that `goesOn`. Where somebody else changed the telephone since `profile` was read, nothing is changed.
 */
export async function changeTelephone(
  profile: Profile,
  telephone: string,
  witness: Witness,
  also: readonly Step[],
  goesOn: GoingOn | null,
): Promise<Day> {
  const { personNo, telephoneSealed } = profile;
  const was = await telephoneOf(profile);
  const [before, masked] = [was && maskNumber(was), maskNumber(telephone)];
  const set = { telephoneSealed: await seal(telephone, telephonePlace(personNo)), telephoneConfirmedOn: today() };
  const fact = { about: "telephone-changed", telephone: masked, changeNo: randomBytes(6).toString("hex") } as const;
  const accounts = await accountsOf(personNo);
  // Unbound since it signed in: its session goes on as nobody's, and changes nothing.
  if (goesOn && accounts.every(({ accountNo }) => accountNo !== goesOn.accountNo)) throw new Refusal("not-signed-in");
  await endSessionsOf(accounts.slice(accountsAtOnce));
  await writeTogether([
    ...accounts.slice(0, accountsAtOnce).map((one) => sessionsEnded(one, having({ personNo }))),
    ...(goesOn ? [{ ...sessionGoesOn(goesOn.sessionNo), refusal: () => new Refusal("not-signed-in") }] : []),
    toUpdate(key.person(personNo), { set }, both(exists, having({ telephoneSealed }))),
    historyPut(personNo, { what: "telephone-changed", before, telephone: masked }, witness),
    ...also,
    // Who changes it themselves has both numbers told at once.
    toOutbox([
      { kind: "told", personNo, on: today(), fact, ...("officerNo" in witness && { oldWay: telephoneSealed }) },
    ]),
  ]);
  return today();
}
