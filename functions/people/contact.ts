import { randomBytes } from "node:crypto";
import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand, type TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import type { PaperSeen } from "../../shared/api/counter.ts";
import type { Day } from "../../shared/day.ts";
import { maskTelephone } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { now, today } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { key } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { seal, unseal } from "../sealing.ts";
import { failedAt } from "../write.ts";
import { type Profile, telephonePlace } from "./profile.ts";

type Action = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** 凭什么 · on whose word: the person's own account, or an officer and the paper that he saw. */
export type Witness =
  | { readonly accountNo: string }
  | { readonly officerNo: string; readonly unit: string; readonly seen: PaperSeen };

type Happened =
  | { readonly what: "telephone-changed"; readonly before: string | null; readonly telephone: string }
  | { readonly what: "telephone-confirmed"; readonly telephone: string }
  | { readonly what: "counter-code" }
  | { readonly what: "accounts-unbound"; readonly accounts: number };

/** 经过 · what happened to a person's telephone and proofs: the write that keeps it with the person, with the day and by whom. */
export function historyPut(personNo: string, happened: Happened, witness: Witness): Action {
  const at = `${new Date(now()).toISOString()}#${randomBytes(6).toString("hex")}`;
  const Item = { ...key.history(personNo, at), on: today(), ...happened, ...witness };
  return { Put: { TableName: config.mainTable(), Item, ConditionExpression: "attribute_not_exists(pk)" } };
}

/** The telephone on record, whole; null where there is none. */
export const telephoneOf = async ({ personNo, telephoneSealed }: Profile): Promise<string | null> =>
  telephoneSealed && unseal(telephoneSealed, telephonePlace(personNo));

/** The write that keeps on which day a telephone was confirmed; it fails where the telephone is another by now. */
export const confirmUpdate = ({ personNo, telephoneSealed }: Profile): Action => ({
  Update: {
    TableName: config.mainTable(),
    Key: key.person(personNo),
    UpdateExpression: "SET telephoneConfirmedOn = :today",
    ConditionExpression: "telephoneSealed = :known",
    ExpressionAttributeValues: { ":today": today(), ":known": telephoneSealed },
  },
});

/** 确认电话 · the telephone on record still is the person's; a second time on one day changes nothing. */
export async function confirmTelephone(profile: Profile, witness: Witness): Promise<Day> {
  if (!profile.telephoneMasked) throw new Refusal("no-telephone-on-record");
  if (profile.telephoneConfirmedOn === today()) return today();
  const happened = { what: "telephone-confirmed", telephone: profile.telephoneMasked } as const;
  await together([confirmUpdate(profile), historyPut(profile.personNo, happened, witness)]);
  return today();
}

/**
 * 更换电话 · another telephone on record, confirmed today, with the change in the person's history. `code` uses a code up
 * in the same moment; where somebody else changed the telephone since `profile` was read, nothing is changed.
 */
export async function changeTelephone(
  { personNo, telephoneMasked, telephoneSealed }: Profile,
  telephone: string,
  witness: Witness,
  code?: { readonly used: NonNullable<Action["Delete"]>; readonly refusal: Refusal },
): Promise<Day> {
  const masked = maskTelephone(telephone);
  const change: Action = {
    Update: {
      TableName: config.mainTable(),
      Key: key.person(personNo),
      UpdateExpression: "SET telephoneSealed = :sealed, telephoneMasked = :masked, telephoneConfirmedOn = :today",
      ConditionExpression: "attribute_exists(pk) AND telephoneSealed = :known",
      ExpressionAttributeValues: {
        ":sealed": await seal(telephone, telephonePlace(personNo)),
        ":masked": masked,
        ":today": today(),
        ":known": telephoneSealed,
      },
    },
  };
  const kept = historyPut(personNo, { what: "telephone-changed", before: telephoneMasked, telephone: masked }, witness);
  const on = today();
  const told = toOutbox([{ kind: "told", personNo, on, fact: { about: "telephone-changed", telephone: masked } }]);
  const actions = [change, kept, ...(code ? [{ Delete: code.used }] : []), told];
  await together(actions, { 2: code?.refusal });
  return today();
}

/** Writes all or nothing; where a part fails its condition the refusal of its place is said, else to try again. */
export async function together(
  actions: Action[],
  refusals: Readonly<Record<number, Refusal | undefined>> = {},
): Promise<void> {
  try {
    await db.send(new TransactWriteCommand({ TransactItems: actions }));
  } catch (error) {
    if (!(error instanceof TransactionCanceledException)) throw error;
    const said = Object.entries(refusals).find(([place]) => failedAt(error, Number(place)))?.[1];
    throw said ?? new Refusal("try-again", { cause: error });
  }
}
