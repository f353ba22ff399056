import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Insured } from "../../shared/contribution/quote.ts";
import { AreaCode, CalendarDay } from "../../shared/edge.ts";
import { type IdentityNumber, normalName } from "../../shared/person.ts";
import { IdentityText } from "../../shared/policy/identity-text.ts";
import { Refusal } from "../../shared/refusal.ts";
import { config } from "../config.ts";
import { lookupHash } from "../sealing.ts";
import { beginning, db, key, partition } from "../table.ts";

/** 人员 · one person of the register. Identity number and telephone are sealed; masked forms are for showing. */
export const Profile = z.object({
  personNo: z.string(),
  name: z.string(),
  identityNumberMasked: z.string(),
  identityNumberSealed: z.string(),
  telephoneMasked: z.string().nullable(),
  telephoneSealed: z.string().nullable(),
  /** The day on which somebody last said or proved that the telephone is the person's. */
  telephoneConfirmedOn: CalendarDay.nullable().default(null),
  sex: z.enum(["male", "female"]),
  bornOn: CalendarDay,
  poolingArea: AreaCode,
  /** The village, 12 digits. */
  village: z.string(),
  household: z.string(),
  head: z.boolean(),
  student: z.boolean(),
  identities: z.array(IdentityText),
  /** 以前的待遇期 · cover of benefit years before this system kept enrolments, as taken over. */
  coverBefore: z.array(z.object({ benefitYear: z.int(), coverFrom: CalendarDay, coverUntil: CalendarDay })),
  employeeCovered: z.boolean(),
  employeeCoverEndedOn: CalendarDay.nullable(),
  diedOn: CalendarDay.nullable(),
  /** 新生儿 · a birth certificate's number stands where the identity number will. */
  temporary: z.boolean().optional(),
  /** How often an order of this temporary person was booked: a merge sees whether it has read them all. */
  bookings: z.int().optional(),
  /** The benefit years in which this temporary person was added to those who should be insured. */
  countedYears: z.array(z.int()).optional(),
  /** The same person under the number that stays. */
  mergedInto: z.string().optional(),
});
export type Profile = z.output<typeof Profile>;

/** 参保 · one person's cover of one benefit year; there is at most one, whoever paid. */
export const Enrolment = z.object({
  personNo: z.string(),
  benefitYear: z.int(),
  tier: z.int(),
  channel: z.string(),
  coverFrom: CalendarDay,
  coverUntil: CalendarDay,
  waitingMonths: z.int(),
  /** Fen. */
  standard: z.int(),
  subsidised: z.int(),
  due: z.int(),
  repairYears: z.int(),
  enrolledOn: CalendarDay,
  orderNo: z.string(),
  /** The refund that was asked for and not refused: nobody can ask for another one. */
  refundNo: z.string().optional(),
});
export type Enrolment = z.output<typeof Enrolment>;

export interface PersonPage {
  readonly profile: Profile;
  readonly enrolments: readonly Enrolment[];
}

/** A person and his enrolments, consistently; of a merged person, those of the number that stays. What else his partition holds grows. */
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

/** What a person's telephone and identity number are sealed for. */
export const telephonePlace = (personNo: string) => `telephone of person ${personNo}`;
export const identityNumberPlace = (personNo: string) => `identity number of person ${personNo}`;
