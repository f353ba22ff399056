import { GetCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Covered } from "../../shared/care/cover.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { normalName, readIdentityNumber } from "../../shared/person.ts";
import { levels } from "../../shared/policy/table.ts";
import { Refusal } from "../../shared/refusal.ts";
import type { Person } from "../../shared/settlement/claim.ts";
import { readBatch } from "../batch.ts";
import { type Encounter, ownEncounter } from "../claims/encounters.ts";
import { PersonYearItem } from "../claims/store.ts";
import { config } from "../config.ts";
import { cardHolder } from "../credentials/cards.ts";
import { tokenHolder } from "../credentials/tokens.ts";
import { noOverview, Overview } from "../filings/store.ts";
import type { Call } from "../gateway/transaction.ts";
import { lookupHash, unseal } from "../sealing.ts";
import { beginning, db, key, partition } from "../table.ts";
import { Enrolment, identityNumberPlace, Profile } from "./profile.ts";

/** What settling reads of a person: the register, the enrolments of the years in question, the accumulators of one. */
export interface Facts {
  readonly profile: Profile;
  readonly enrolments: readonly Enrolment[];
  readonly personYears: readonly PersonYearItem[];
}

/** Items by their keys in one consistent call, in any order. */
export const itemsAt = (keys: readonly { pk: string; sk: string }[]): Promise<Record<string, unknown>[]> =>
  readBatch(keys, true, () => new Error("the table left keys unread"));

/** An encounter of a provider and a person with the person's facts of one year and his filings, read at once. */
export async function encounterAndFacts(
  { encounterNo, personNo }: { encounterNo: string; personNo: string },
  providerCode: string,
  year: number,
): Promise<{ encounter: Encounter; facts: Facts; overview: Overview }> {
  const own = key.encounter(encounterNo);
  const filings = key.filings(personNo);
  const items = await itemsAt([own, filings, ...keysOf(personNo, [year])]);
  const encounter = ownEncounter(
    items.find((item) => item.pk === own.pk),
    personNo,
    providerCode,
  );
  const filed = items.find((item) => item.sk === filings.sk);
  const overview = filed ? Overview.parse(filed) : noOverview;
  return { encounter, facts: readFacts(items.filter((item) => item.pk !== own.pk && item !== filed)), overview };
}

const keysOf = (personNo: string, years: readonly number[]) => [
  key.person(personNo),
  ...[...new Set(years)].flatMap((year) => [key.enrolment(personNo, year), key.personYear(personNo, year)]),
];

/** The facts of a person for care in some years; a number that became another is not known to a provider any more. */
export async function factsOf(personNo: string, years: readonly number[]): Promise<Facts> {
  return readFacts(await itemsAt(keysOf(personNo, years)));
}

function readFacts(items: readonly Record<string, unknown>[]): Facts {
  const begins = (how: string) => items.filter((item) => String(item.sk).startsWith(how));
  const [profile] = begins(key.person("").sk);
  if (!profile) throw new Refusal("person-not-found");
  const read = Profile.parse(profile);
  if (read.mergedInto) throw new Refusal("person-not-found");
  return {
    profile: read,
    enrolments: begins(beginning.enrolment).map((item) => Enrolment.parse(item)),
    personYears: begins(beginning.personYear).map((item) => PersonYearItem.parse(item)),
  };
}

/** What cover asks: enrolments of this system, and those that were taken over. */
export const coveredOf = ({ profile, enrolments }: Facts): Covered => ({
  enrolments: [...profile.coverBefore.map((one) => ({ ...one, waitingMonths: 0 })), ...enrolments],
  employeeCovered: profile.employeeCovered,
  diedOn: profile.diedOn,
});

/** What settling asks. Residents have no pension cover, and no register says who signed with a family doctor. */
export const personOf = ({ bornOn, village, identities }: Profile): Person => ({
  bornOn,
  retired: false,
  homeCounty: village.slice(0, 6),
  familyDoctor: false,
  identities,
});

export const personYearOn = ({ personYears }: Facts, on: Day): PersonYearItem | null =>
  personYears.find((one) => one.benefitYear === yearOf(on)) ?? null;

/** 就诊凭证类型 · 01 医保电子凭证 (a token that a code was read for), 02 居民身份证, 03 社会保障卡. */
const certificates = { credential: "01", identityCard: "02", socialCard: "03" } as const;

/** 就诊凭证 · throws unless a certificate is this person's; a token also has to be this provider's, and for this transaction. */
export async function mustHold(
  profile: Profile,
  { credentialKind, credentialNo }: { credentialKind: string; credentialNo: string },
  { provider, transaction }: Call,
): Promise<void> {
  switch (credentialKind) {
    case certificates.credential:
      if ((await tokenHolder(credentialNo, provider.code, transaction)) !== profile.personNo)
        throw new Refusal("token-unknown");
      return;
    case certificates.socialCard:
      if ((await cardHolder(credentialNo)) !== profile.personNo) throw new Refusal("certificate-mismatch");
      return;
    case certificates.identityCard: {
      const read = readIdentityNumber(credentialNo);
      const known = await unseal(profile.identityNumberSealed, identityNumberPlace(profile.personNo));
      if (!read.ok || read.number !== known) throw new Refusal("certificate-mismatch");
      return;
    }
    default:
      throw new Refusal("certificate-not-served");
  }
}

/** The number of the person whose certificate this is; a name that is given must agree. */
export async function personHolding(
  kind: string,
  number: string,
  name: string | undefined,
  { provider, transaction }: Call,
): Promise<string> {
  const personNo = await holderOf(kind, number, () => tokenHolder(number, provider.code, transaction));
  if (name !== undefined && normalName((await factsOf(personNo, [])).profile.name) !== normalName(name))
    throw new Refusal("name-mismatch");
  return personNo;
}

async function holderOf(kind: string, number: string, byToken: () => Promise<string>): Promise<string> {
  if (kind === certificates.credential) return byToken();
  if (kind === certificates.socialCard) {
    const holder = await cardHolder(number);
    if (holder === null) throw new Refusal("person-not-found");
    return holder;
  }
  if (kind !== certificates.identityCard) throw new Refusal("certificate-not-served");
  const read = readIdentityNumber(number);
  if (!read.ok) throw new Refusal("identity-number");
  const Key = key.identityNumber(await lookupHash("identity-number", read.number));
  const { Item } = await db.send(new GetCommand({ TableName: config.mainTable(), Key }));
  if (!Item) throw new Refusal("person-not-found");
  return z.string().parse(Item.personNo);
}

/** 转院备案 · a referral as a provider sent it. */
export const Referral = z.object({
  referralNo: z.string(),
  personNo: z.string(),
  fromCode: z.string(),
  fromLevel: z.enum(levels).nullable(),
  /** The stay that it was filed from, where there was one: what follows it is a 转院. */
  fromEncounterNo: z.string().nullable(),
  toCode: z.string(),
  toName: z.string(),
  toArea: z.string(),
  disease: z.object({ code: z.string(), name: z.string() }),
  kind: z.string(),
  reason: z.string(),
  referredOn: CalendarDay,
  from: CalendarDay,
  until: CalendarDay.nullable(),
  withdrawnOn: CalendarDay.nullable(),
  /** It was taken back as never meant (2601): no stay is a transfer by it. */
  undone: z.boolean().default(false),
  kept: z.record(z.string(), z.string()),
});
export type Referral = z.output<typeof Referral>;

/** The referrals of a person that somebody wrote, the last one first. */
export async function referralsOf(personNo: string): Promise<Referral[]> {
  const { Items = [] } = await db.send(
    new QueryCommand({
      TableName: config.mainTable(),
      KeyConditionExpression: "pk = :pk AND begins_with(sk, :kind)",
      ExpressionAttributeValues: { ":pk": partition.person(personNo), ":kind": beginning.referral },
      ConsistentRead: true,
    }),
  );
  return Items.map((item) => Referral.parse(item)).reverse();
}
