import type { PaperSeen } from "../../shared/api/counter.ts";
import type { Day } from "../../shared/day.ts";
import { maskNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { key } from "../key.ts";
import { momentOf } from "../numbers.ts";
import { unseal } from "../sealing.ts";
import { type Action, having, isNew, toPut, toUpdate, writeTogether } from "../write.ts";
import { type Profile, telephonePlace } from "./profile.ts";

/** 凭什么 · on whose word: the person's own account, or an officer and the paper that they saw. */
export type Witness =
  | { readonly accountNo: string }
  | { readonly officerNo: string; readonly unit: string; readonly seen: PaperSeen };

type Happened =
  | { readonly what: "telephone-changed"; readonly before: string | null; readonly telephone: string }
  | { readonly what: "telephone-confirmed"; readonly telephone: string }
  | { readonly what: "telephone-change-asked" | "telephone-change-stopped"; readonly telephone: string }
  | { readonly what: "counter-code" }
  | { readonly what: "accounts-closed"; readonly accounts: number };

/** 经过 · what happened to a person's telephone and proofs: the write that keeps it with the person, with the day and by whom. */
export function historyPut(personNo: string, happened: Happened, witness: Witness): Action {
  const at = momentOf(now());
  const Item = { ...key.history(personNo, at), on: today(), ...happened, ...witness };
  return toPut(Item, isNew);
}

/** The telephone on record, whole; null where there is none. */
export const telephoneOf = async ({ personNo, telephoneSealed }: Profile): Promise<string | null> =>
  telephoneSealed && unseal(telephoneSealed, telephonePlace(personNo));

/** The write that keeps on which day a telephone was confirmed; it fails where the telephone is another by now. */
export const confirmUpdate = ({ personNo, telephoneSealed }: Profile): Action =>
  toUpdate(key.person(personNo), { set: { telephoneConfirmedOn: today() } }, having({ telephoneSealed }));

/** 确认电话 · the telephone on record still is the person's; a second time on one day changes nothing. */
export async function confirmTelephone(profile: Profile, witness: Witness): Promise<Day> {
  const telephone = await telephoneOf(profile);
  if (!telephone) throw new Refusal("no-telephone-on-record");
  if (profile.telephoneConfirmedOn === today()) return today();
  const happened = { what: "telephone-confirmed", telephone: maskNumber(telephone) } as const;
  await writeTogether([confirmUpdate(profile), historyPut(profile.personNo, happened, witness)]);
  return today();
}
