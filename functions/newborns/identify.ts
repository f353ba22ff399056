import { TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { stateOn } from "../../shared/family/family.ts";
import {
  bornOnOf,
  type IdentityNumber,
  identityNumberFaults,
  maskIdentityNumber,
  normalName,
  readIdentityNumber,
  sexOf,
} from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { isNew, liveTie, type Step, tieOf } from "../family/store.ts";
import type { Tie } from "../family/tie.ts";
import { key } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { personPage } from "../people/page.ts";
import { identityNumberPlace, type Profile } from "../people/profile.ts";
import { itemAt } from "../read.ts";
import { lookupHash, seal } from "../sealing.ts";
import { merge } from "./merge.ts";

const mostAttempts = 4;

/**
 * 补身份证号 · a newborn's temporary person gets its identity number; where the register has that person already, the two
 * become one. What does not agree, and a child of another household, is for an officer with the papers on the desk.
 */
export async function giveIdentityNumber(
  tie: Tie,
  wish: { readonly name: string; readonly identityNumber: string },
  asker: "guardian" | "counter",
): Promise<Tie> {
  const read = readIdentityNumber(wish.identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  for (let attempt = 1; ; attempt++) {
    const { profile: child } = await personPage(tie.dependantNo);
    const registeredNo = await personNoOf(read.number);
    if (!child.temporary) {
      if (registeredNo !== child.personNo) throw new Refusal("has-identity-number");
      return (await liveTie(tie.guardianNo, child.personNo)) ?? tieOf(tie.tieNo);
    }
    const agrees = bornOnOf(read.number) === child.bornOn && sexOf(read.number) === child.sex;
    if (!agrees && asker === "guardian") throw new Refusal("merge-at-counter");
    try {
      if (registeredNo === null) await identify(child, wish.name, read.number);
      else await merge(child.personNo, await mergeable(child, registeredNo, wish.name, asker));
    } catch (error) {
      // Somebody was faster, or the reply was lost: look at what stands now.
      const raced =
        error instanceof TransactionCanceledException || (error instanceof Refusal && error.code === "try-again");
      if (!raced) throw error;
      if (attempt >= mostAttempts) throw new Refusal("try-again", { cause: error });
    }
  }
}

/** Throws unless the guardian of a tie holds its child today, by whatever number the child goes now. */
export async function mustHold({ guardianNo, dependantNo }: Tie): Promise<void> {
  const { profile } = await personPage(dependantNo);
  const tie = await liveTie(guardianNo, profile.personNo);
  if (!tie || stateOn(tie, today()) !== "agreed") throw new Refusal("member-not-agreed");
}

async function personNoOf(number: IdentityNumber): Promise<string | null> {
  const at = key.identityNumber(await lookupHash("identity-number", number));
  return (await itemAt(at, z.object({ personNo: z.string() })))?.personNo ?? null;
}

/** The person of the register with whom a newborn may become one; money never changes its pooling area. */
async function mergeable(child: Profile, registeredNo: string, name: string, asker: "guardian" | "counter") {
  const { profile } = await personPage(registeredNo);
  if (normalName(profile.name) !== normalName(name)) throw new Refusal("name-mismatch");
  if (profile.poolingArea !== child.poolingArea) throw new Refusal("merge-at-counter");
  // Who made up a newborn must not come to hold somebody else's child by it.
  if (asker === "guardian" && profile.household !== child.household) throw new Refusal("merge-at-counter");
  return profile.personNo;
}

/** The temporary person becomes the person of that number; nothing else moves. */
async function identify({ personNo }: Profile, name: string, number: IdentityNumber): Promise<void> {
  const TableName = config.mainTable();
  const place = key.identityNumber(await lookupHash("identity-number", number));
  const steps: Step[] = [
    { action: { Put: { TableName, Item: { ...place, personNo }, ConditionExpression: isNew } } },
    {
      action: {
        Update: {
          TableName,
          Key: key.person(personNo),
          UpdateExpression:
            "SET #name = :name, sex = :sex, bornOn = :born, identityNumberMasked = :masked, identityNumberSealed = :sealed REMOVE #temporary",
          ConditionExpression: "#temporary = :yes AND attribute_not_exists(mergedInto)",
          ExpressionAttributeNames: { "#name": "name", "#temporary": "temporary" },
          ExpressionAttributeValues: {
            ":name": name,
            ":sex": sexOf(number),
            ":born": bornOnOf(number),
            ":masked": maskIdentityNumber(number),
            ":sealed": await seal(number, identityNumberPlace(personNo)),
            ":yes": true,
          },
        },
      },
    },
  ];
  const fact = { about: "identified" as const, identityNumber: maskIdentityNumber(number) };
  steps.push({ action: toOutbox([{ kind: "told", personNo, on: today(), fact }]) });
  await db.send(new TransactWriteCommand({ TransactItems: steps.map(({ action }) => action) }));
}
