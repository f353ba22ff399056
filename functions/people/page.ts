import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Insured } from "../../shared/contribution/enquiry.ts";
import { type IdentityNumber, normalName } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import { db } from "../db.ts";
import { beginning, key, partition } from "../key.ts";
import { lookupHash } from "../sealing.ts";
import { Enrolment } from "./enrolments.ts";
import { Profile } from "./profile.ts";

export interface PersonPage {
  readonly profile: Profile;
  readonly enrolments: readonly Enrolment[];
}

/** A person and their enrolments, consistently; of a merged person, those of the number that stays. What else the partition holds grows. */
export async function personPage(personNo: string): Promise<PersonPage> {
  const TableName = config.mainTable();
  const [{ Item }, { Items = [] }] = await Promise.all([
    db.send(new GetCommand({ TableName, Key: key.person(personNo), ConsistentRead: true })),
    db.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
        ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": beginning.enrolment },
        ConsistentRead: true,
      }),
    ),
  ]);
  if (!Item) throw new Refusal("person-not-found");
  const profile = Profile.parse(Item);
  if (profile.mergedInto) return personPage(profile.mergedInto);
  return { profile, enrolments: Items.map((item) => Enrolment.parse(item)) };
}

/** The person of an identity number whose name agrees; a number unknown and a name that differs are told alike. */
export async function personNamed(name: string, number: IdentityNumber): Promise<PersonPage> {
  const { Item } = await db.send(
    new GetCommand({
      TableName: config.mainTable(),
      Key: key.identityNumber(await lookupHash("identity-number", number)),
    }),
  );
  if (!Item) throw new Refusal("name-mismatch");
  const page = await personPage(z.string().parse(Item.personNo));
  if (normalName(page.profile.name) !== normalName(name)) throw new Refusal("name-mismatch");
  return page;
}

/** Every benefit year with cover, whoever kept it, in order. */
export function coverYears({ profile, enrolments }: PersonPage) {
  const before = profile.coverBefore.map((one) => ({ ...one, waitingMonths: 0 }));
  return [...before, ...enrolments].sort((a, b) => a.benefitYear - b.benefitYear);
}

/** The facts that the law of contributions asks for. */
export function insured({ profile, enrolments }: PersonPage): Insured {
  const coveredYears = coverYears({ profile, enrolments }).map((one) => one.benefitYear);
  return {
    bornOn: profile.bornOn,
    student: profile.student,
    identities: profile.identities,
    coveredYears,
    employeeCovered: profile.employeeCovered,
    employeeCoverEndedOn: profile.employeeCoverEndedOn,
    firstEnrolment: coveredYears.length === 0,
  };
}
