import { randomBytes } from "node:crypto";
import * as z from "zod";
import type { Day } from "../../shared/day.ts";
import { after } from "../../shared/machine.ts";
import { maskNumber } from "../../shared/person.ts";
import { waitsUntil } from "../../shared/proof/proof.ts";
import { type ChangeEvent, changeStateNames, changeStates } from "../../shared/proof/telephone-change.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { historyPut, type Witness } from "../people/contact.ts";
import { personPage } from "../people/page.ts";
import { type Profile, telephonePlace } from "../people/profile.ts";
import { firstUnder, itemAt, itemsUnder } from "../read.ts";
import { lookupHash, seal, unseal } from "../sealing.ts";
import { type Account, anyAccount, signInTelephoneOf } from "../sign-in/accounts.ts";
import { type Action, decideAndWrite, either, having, inState, isNew, type Step, toCheck, toPut } from "../write.ts";
import { changeTelephone, type GoingOn } from "./change.ts";

/** 等待生效的换号 · the last one that was asked for, one a person. */
const TelephoneChange = z.object({
  personNo: z.string(),
  changeNo: z.string(),
  state: z.enum(changeStateNames),
  telephoneSealed: z.string(),
  /** The telephone on record as it was sealed when this was asked for. */
  beforeSealed: z.string(),
  accountNo: z.string(),
  /** Wall-clock milliseconds. */
  effectiveAt: z.int(),
});
type TelephoneChange = z.output<typeof TelephoneChange>;

const lastChange = (personNo: string) => itemAt(key.telephoneChange(personNo), TelephoneChange);

/** The change that waits, or null. */
export async function waitingChange(personNo: string): Promise<TelephoneChange | null> {
  const change = await lastChange(personNo);
  return change?.state === "waiting" ? change : null;
}

/** The number that a change is to, whole. */
export const changesTo = ({ personNo, telephoneSealed }: TelephoneChange): Promise<string> =>
  unseal(telephoneSealed, telephonePlace(personNo));

const numbersOf = async (change: TelephoneChange) => ({
  before: await unseal(change.beforeSealed, telephonePlace(change.personNo)),
  telephone: await changesTo(change),
});

/** 申请换号 · begins to wait, with the code used up in the same moment; one that waits already is neither moved nor replaced. */
export async function askChange(
  { personNo, telephoneSealed }: Profile,
  telephone: string,
  { accountNo, generation }: Account,
  used: Step,
): Promise<TelephoneChange> {
  if (telephoneSealed === null) throw new Refusal("no-telephone-on-record");
  const change: TelephoneChange = {
    personNo,
    changeNo: randomBytes(6).toString("hex"),
    state: "waiting",
    telephoneSealed: await seal(telephone, telephonePlace(personNo)),
    beforeSealed: telephoneSealed,
    accountNo,
    effectiveAt: waitsUntil(now()),
  };
  const masked = maskNumber(telephone);
  const free = either(isNew, inState("done", "stopped", "overtaken"));
  const place = indexKey.telephoneChange(personNo, change.effectiveAt);
  const waits = () => new Refusal("telephone-change-waiting");
  const isOut = () => new Refusal("not-signed-in");
  const fact = { about: "telephone-waits", telephone: masked, changeNo: change.changeNo } as const;
  const steps: readonly Step[] = [
    { ...toPut({ ...key.telephoneChange(personNo), ...place, ...change }, free), refusal: waits },
    { ...toCheck(key.person(personNo), having({ telephoneSealed })), refusal: () => new Refusal("try-again") },
    // A recovery at the counter, or a sign-out everywhere, that came since: this session is over.
    { ...toCheck(key.account(accountNo), having({ personNo, generation })), refusal: isOut },
    used,
    ...(await toldPuts(change)),
    historyPut(personNo, { what: "telephone-change-asked", telephone: masked }, { accountNo }),
    toOutbox([{ kind: "told", personNo, on: today(), fact }]),
  ];
  return decideAndWrite(async () => ({ answer: change, steps }));
}

const Told = z.object({ personNo: z.string(), changeNo: z.string() });
const day = 24 * 60 * 60;

/** Where whoever signs in with one of the two numbers finds the change, bound to the person or not; good as long as it can wait. */
async function toldPuts(change: TelephoneChange): Promise<Action[]> {
  const { personNo, changeNo, effectiveAt } = change;
  const expiresAt = Math.floor(effectiveAt / 1000) + day;
  const hashes = await Promise.all(Object.values(await numbersOf(change)).map((one) => lookupHash("telephone", one)));
  return hashes.map((hash) => toPut({ ...key.toldTelephone(hash, personNo), personNo, changeNo, expiresAt }));
}

/** What somebody may stop: changes of the person whom they are bound to, and those to or from the telephone that they signed in with. */
export async function stoppableBy(account: Account): Promise<TelephoneChange[]> {
  const { personNo } = account;
  const telephone = await signInTelephoneOf(account);
  const place = telephone && partition.toldTelephone(await lookupHash("telephone", telephone));
  const told = place ? await itemsUnder(place, beginning.told, Told) : [];
  const people = new Set([...(personNo === null ? [] : [personNo]), ...told.map((one) => one.personNo)]);
  const changes = (await Promise.all([...people].map(lastChange))).filter((change) => change !== null);
  const isTold = ({ changeNo }: TelephoneChange) => told.some((one) => one.changeNo === changeNo);
  return changes.filter((change) => change.personNo === personNo || isTold(change));
}

/** The write that ends the wait; it fails where somebody else ended it. */
function ended(change: TelephoneChange, event: ChangeEvent): Action {
  const state = after(changeStates, change.state, event);
  if (!state) throw new Refusal("telephone-change-over");
  return toPut(
    { ...key.telephoneChange(change.personNo), ...change, state },
    having({ state: "waiting", changeNo: change.changeNo }),
  );
}

/** 停止换号 · the telephone on record stays, and the person is told; which change: the one that was shown, or whichever waits. */
export const stopChange = (personNo: string, witness: Witness, shown?: string): Promise<void> =>
  decideAndWrite(async () => {
    const change = await lastChange(personNo);
    const isOther = change === null || (shown !== undefined && change.changeNo !== shown);
    if (isOther || change.state !== "waiting") {
      if (shown !== undefined && (isOther || change.state !== "stopped")) throw new Refusal("telephone-change-over");
      return { answer: undefined, steps: [] };
    }
    const telephone = maskNumber(await changesTo(change));
    const fact = { about: "telephone-stays", telephone, changeNo: change.changeNo } as const;
    return {
      answer: undefined,
      steps: [
        ended(change, "stop"),
        historyPut(personNo, { what: "telephone-change-stopped", telephone }, witness),
        toOutbox([{ kind: "told", personNo, on: today(), fact }]),
      ],
    };
  });

/** 马上换号 · another telephone on record now; a change that waits is overtaken. `goesOn`: the one session that does not end. */
export async function changeAtOnce(
  profile: Profile,
  telephone: string,
  witness: Witness,
  used: readonly Step[] = [],
  goesOn: GoingOn | null = null,
): Promise<Day> {
  const waiting = await waitingChange(profile.personNo);
  const also = waiting ? [ended(waiting, "overtake")] : [];
  return changeTelephone(profile, telephone, witness, [...used, ...also], goesOn);
}

/** What is due by now, at most so many of a shard. */
export const dueChanges = async (shard: number, most: number): Promise<TelephoneChange[]> => {
  const until = indexKey.telephoneChange("", now()).gsi1sk;
  const due = { of: "index", partition: partition.telephoneChanges(shard), until } as const;
  return (await firstUnder(due, TelephoneChange, most)).items;
};

/**
 * 换号生效 · the time is up: the number is on record, all sessions end, and who asked is no exception, for nobody proved anything
 * now. Nothing happens where it was stopped or is not due; it is over where the telephone is another by now, where the person died,
 * or where the account that asked was closed. Gives both numbers where it took effect.
 */
export async function takeEffect({ personNo, changeNo }: TelephoneChange) {
  const change = await waitingChange(personNo);
  if (change?.changeNo !== changeNo || change.effectiveAt > now()) return null;
  const [{ profile }, asker] = await Promise.all([personPage(personNo), anyAccount(change.accountNo)]);
  const isSame = profile.personNo === personNo && profile.telephoneSealed === change.beforeSealed;
  if (!isSame || profile.diedOn || asker.personNo !== personNo) {
    await decideAndWrite(async () => ({ answer: null, steps: [ended(change, "overtake")] }), 1);
    return null;
  }
  const numbers = await numbersOf(change);
  const { accountNo } = change;
  await changeTelephone(profile, numbers.telephone, { accountNo }, [ended(change, "time-up")], null);
  return numbers;
}
