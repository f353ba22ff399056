import { GetCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { identityNumberFaults, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { key } from "../key.ts";
import { lookupHash } from "../sealing.ts";
import { itemsAt } from "./facts.ts";
import { Profile } from "./profile.ts";

/** The number of the person with an identity number; a fault in it is told before anything is looked up. */
export async function personWith(typed: string): Promise<string> {
  const read = readIdentityNumber(typed);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  const Key = key.identityNumber(await lookupHash("identity-number", read.number));
  const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key }));
  if (!Item) throw new Refusal("person-not-found");
  return z.string().parse(Item.personNo);
}

const keysAtOnce = 100;

/** People by their numbers. */
export async function profilesOf(personNos: Iterable<string>): Promise<Map<string, Profile>> {
  const wanted = [...new Set(personNos)];
  const found = new Map<string, Profile>();
  for (let from = 0; from < wanted.length; from += keysAtOnce) {
    const items = await itemsAt(wanted.slice(from, from + keysAtOnce).map((one) => key.person(one)));
    for (const profile of items.map((item) => Profile.parse(item))) found.set(profile.personNo, profile);
  }
  return found;
}
