import { GetCommand, QueryCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { beginning, key, partition } from "../../functions/key.ts";
import { telephonePlace } from "../../functions/people/profile.ts";
import { unseal } from "../../functions/sealing.ts";
import type { Resident } from "../../local/county/people.ts";
import { faceTicket } from "../../local/face.ts";
import type { Call } from "../../shared/api/client.ts";
import { later, made, opens, places } from "../world/opening.ts";

/** An officer of the town, at the counter. */
export let counter: Call;

/** Opens a world with an officer at a counter. */
export function opensCounter(): void {
  opens(places);
  beforeAll(async () => {
    counter = await made.officer("counter", "370611001", ["counter"]);
  });
}

let numbers = 0;
/** Telephones that no other test has. */
export const aTelephone = () => `1370${String(++numbers).padStart(7, "0")}`;
export const other = (code: string) => (code.startsWith("1") ? `2${code.slice(1)}` : `1${code.slice(1)}`);
export const byTelephone = (code: string, { identityNumber }: Resident) => ({
  body: { way: "telephone" as const, code, lastSix: identityNumber.slice(-6) },
});
export const byCounter = (code: string) => ({ body: { way: "counter" as const, code } });
export const byFace = (ticket: string) => ({ body: { way: "face" as const, ticket } });
export const seen = { seen: "identity-card" as const };
export const paper = ({ name, identityNumber }: Resident) => ({ body: { name, identityNumber } });
export const at = ({ personNo }: Resident) => ({ params: { personNo }, body: seen });

/** A person with a telephone on record, and a phone that is bound to them. */
export async function bound(facts: Partial<Resident> = {}) {
  const person = await made.enlist({ telephone: aTelephone(), ...facts });
  return { person, telephone: person.telephone ?? "", ...(await made.signIn(person)) };
}

export async function proven(facts: Partial<Resident> = {}) {
  const one = await bound(facts);
  await made.prove(one.call, one.person);
  return one;
}

/** Somebody whose face was looked at. */
export async function lookedAt(facts: Partial<Resident> = {}) {
  const one = await bound(facts);
  await one.call("proof.prove", byFace(faceTicket(one.person.identityNumber)));
  return one;
}

/** Asks for the code to a new number. */
export async function newCode(call: Call, telephone: string): Promise<string> {
  await call("proof.telephone-code", { body: { telephone } });
  return made.codeSentTo(telephone);
}

/** The code that came to the telephone on record. */
export async function proofCode({ call, telephone }: { call: Call; telephone: string }): Promise<string> {
  await call("proof.send-code");
  return made.codeSentTo(telephone);
}

export const isProven = async (call: Call) => (await call("proof.ways")).proof !== null;

/** As so many minutes later by the wall clock, with a call whose session was renewed by then. */
export const laterOn = (minutes: number, refreshToken: string, run: (call: Call) => Promise<unknown>) =>
  later(minutes, async () => {
    const { accessToken } = await made.anyone("sign-in.refresh", { body: { refreshToken } });
    await run(made.as(accessToken));
  });

export async function historyOf({ personNo }: Resident): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
      ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": beginning.history },
    }),
  );
  return Items;
}

export async function auditOf({ personNo }: Resident): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await db.send(new ScanCommand({ TableName: config.auditTable() }));
  return Items.filter((item) => item.pk === partition.person(personNo));
}

export async function onRecord({ personNo }: Resident): Promise<string | null> {
  const { Item } = await db.send(
    new GetCommand({ TableName: config.mainTable(), Key: key.person(personNo), ConsistentRead: true }),
  );
  return Item?.telephoneSealed && unseal(Item.telephoneSealed, telephonePlace(personNo));
}

export const count = (codes: readonly string[], code: string) => codes.filter((one) => one === code).length;
