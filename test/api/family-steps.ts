import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "vitest";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { key } from "../../functions/key.ts";
import type { Resident } from "../../local/county/people.ts";
import type { Call } from "../../shared/api/client.ts";
import { day } from "../../shared/day.ts";
import type { Relationship } from "../../shared/family/family.ts";
import { made } from "../world/opening.ts";
import type { World } from "../world/world.ts";

let counter = 0;
export const number = () => String(++counter).padStart(6, "0");
export const requestNo = () => `family-${number()}`;
export const telephone = () => `13700${number()}`;

/** Somebody on the register with a telephone, signed in and proven. */
export const guardian = (facts?: Partial<Resident>) => made.proven(facts);

export const wish = (person: Resident, relationship: Relationship = "parent") => ({
  requestNo: requestNo(),
  name: person.name,
  identityNumber: person.identityNumber,
  relationship,
});

/** Asks an adult, without a consent yet. */
export const ask = (call: Call, person: Resident) => call("family.ask", { body: wish(person) });

/** Somebody with a telephone agrees that a guardian, who is proven, acts for them: the tie's number. */
export async function tieTo(made: World, person: Resident, guardian: Call): Promise<string> {
  const { tieNo } = await guardian("family.ask", { body: wish(person) });
  const { call } = await made.signIn(person);
  await made.prove(call, person);
  await call("family.answer", { params: { tieNo }, body: { agree: true } });
  return tieNo;
}

/** A household's own child: held at once. */
export async function childOf({ household }: Resident, bornOn = "2015-03-02"): Promise<Resident> {
  return made.enlist({ name: "李小宝", bornOn: day(bornOn), household, coverBefore: [] });
}
export const childWish = (child: Resident) => ({
  ...wish(child, "child"),
  proof: { kind: "household" as const },
  commitment: true,
});

/** How many ties count for a guardian, as the table keeps it; it must be what the ties themselves say. */
export async function held({ personNo }: Resident): Promise<number> {
  const { Items = [] } = await db.send(
    new ScanCommand({
      TableName: config.mainTable(),
      FilterExpression: "pk = :pk OR guardianNo = :person",
      ExpressionAttributeValues: { ":pk": key.person(personNo).pk, ":person": personNo },
      ConsistentRead: true,
    }),
  );
  const count = Number(Items.find((item) => item.sk === "FAMILY")?.held ?? 0);
  const living = Items.filter((item) => ["asked", "review", "agreed"].includes(String(item.state)));
  const pointing = Items.filter((item) => String(item.sk).startsWith("MEMBER#") && item.live === true);
  expect([living.length, pointing.length]).toEqual([count, count]);
  return count;
}
