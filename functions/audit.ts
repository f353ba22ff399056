import * as z from "zod";
import { FamilyCall } from "../shared/api/claims.ts";
import type { Day } from "../shared/day.ts";
import { CalendarDay } from "../shared/edge.ts";
import { ringForBreadth } from "./breadth.ts";
import type { Officer, SignedIn } from "./callers/officers.ts";
import { now, today } from "./clock.ts";
import { config } from "./config.ts";
import { beginning, key, partition } from "./key.ts";
import { momentOf } from "./numbers.ts";
import { firstUnder, itemsIn } from "./read.ts";
import { isNew, toPut, write } from "./write.ts";

type Subject = { readonly village: string } | { readonly personNo: string };
const under = (subject: Subject) =>
  "village" in subject ? partition.village(subject.village) : partition.person(subject.personNo);

/**
 * Adds one look to the table that can only be added to; a call that cannot be recorded is not answered. One from a unit lies
 * there twice: with whom it was at, and on its day, under the unit.
 */
async function record(subject: Subject, what: Readonly<Record<string, unknown>>, unit?: string): Promise<void> {
  const at = momentOf(now());
  const on = today();
  await Promise.all([
    add({ ...key.access(under(subject), at), on, ...what }),
    ...(unit === undefined ? [] : [add({ ...key.accessOfDay(on, unit, at), on, ...what, ...subject })]),
  ]);
}

/** Its place is its own: where it lies there already, the reply to this very write was lost. */
const add = (item: object) => write(toPut(item, isNew, config.auditTable()));

/** 查阅记录 · who looked at whose data, when, and why. A list is kept under its village, one person under the person. */
export function recordAccess(
  { officerNo, name, unit }: Officer,
  subject: Subject,
  what: { call: string; reason?: string; people?: number },
): Promise<void> {
  ringForBreadth(officerNo, what.people ?? 1);
  return record(subject, { officerNo, name, unit, ...what }, unit);
}

/** 家人查阅 · a guardian looked at a dependant's claims: kept under the dependant, who can see it. */
export const recordFamilyAccess = (guardianNo: string, personNo: string, call: FamilyCall): Promise<void> =>
  record({ personNo }, { guardianNo, call });

const countyOf = (providerCode: string) => providerCode.slice(1, 7);

/** 机构查阅 · a provider asked who somebody is, or what is known of them: kept under the person. */
export const recordProviderAccess = (providerCode: string, personNo: string, transaction: string): Promise<void> =>
  record({ personNo }, { providerCode, call: `gateway.${transaction}` }, countyOf(providerCode));

const Look = z.object({ guardianNo: z.string(), on: CalendarDay, call: FamilyCall });

/** When a person's guardians looked, the newest first; between their looks lie those of everybody else. */
export async function familyLooks(personNo: string): Promise<z.output<typeof Look>[]> {
  const looks = await itemsIn(partition.person(personNo), z.looseObject({ guardianNo: z.string().optional() }), {
    table: config.auditTable(),
    newestFirst: true,
    consistent: false,
  });
  return looks.filter(({ guardianNo }) => guardianNo !== undefined).map((look) => Look.parse(look));
}

/** 一次查阅 · one time that somebody looked: an officer, a guardian or a provider, and one of them only. */
const Access = z.object({
  sk: z.string(),
  on: CalendarDay,
  call: z.string(),
  officerNo: z.string().optional(),
  name: z.string().optional(),
  unit: z.string().optional(),
  guardianNo: z.string().optional(),
  providerCode: z.string().optional(),
  reason: z.string().optional(),
  people: z.int().optional(),
  /** As a day keeps it: of whom, and of a sign-in from where. */
  personNo: z.string().optional(),
  village: z.string().optional(),
  from: z.string().optional(),
});

export type Access = z.output<typeof Access>;

/** Who looked at a person, or at lists of a unit, the newest first: at most so many before one of them. */
export async function accessesOf(
  subject: { unit: string } | { personNo: string },
  before: string | undefined,
  most: number,
): Promise<{ accesses: Access[]; before: string | null }> {
  const pk = under("unit" in subject ? { village: subject.unit } : subject);
  const { items: accesses, more } = await firstUnder(
    {
      partition: pk,
      table: config.auditTable(),
      newestFirst: true,
      consistent: false,
      ...(before !== undefined && { after: key.access(pk, before) }),
    },
    Access,
    most,
  );
  return { accesses, before: more ? placeOf(accesses.at(-1)!) : null };
}

/** When an access was, as its sort key tells it: the time, and what tells two of one moment apart. */
export const placeOf = ({ sk }: Access): string => /[^#]+#[^#]+$/.exec(sk)![0];

/** The looks of one day from a unit and all below it, or those of one who looked, so many at most, the newest first. */
export async function accessesOn(
  on: Day,
  unit: string,
  no: string | undefined,
  most: number,
): Promise<{ accesses: Access[]; more: boolean }> {
  const { items, more } = await firstUnder(
    { partition: partition.accesses(on, unit), beginning: beginning.accesses(unit), table: config.auditTable() },
    Access,
    most,
    ({ officerNo, providerCode }) => no === undefined || no === officerNo || no === providerCode,
  );
  return { accesses: items.sort((a, b) => (placeOf(a) < placeOf(b) ? 1 : -1)), more };
}

/** Records that a list was read, under every village whose people stood in it; an empty one under the officer's own unit. */
export async function recordList(
  officer: Officer,
  people: readonly { personNo: string; village: string }[],
  what: { call: string; reason?: string },
): Promise<void> {
  const villages = new Map<string, Set<string>>();
  for (const { personNo, village } of people) villages.set(village, (villages.get(village) ?? new Set()).add(personNo));
  if (villages.size === 0) villages.set(officer.unit, new Set());
  await Promise.all(
    [...villages].map(([village, persons]) => recordAccess(officer, { village }, { ...what, people: persons.size })),
  );
}

/** 登录记录 · an officer, whom the issuer signed in: kept once for each of its tokens, on the day beside what they looked at. */
export async function recordOfficerSignIn({ officerNo, name, unit, since }: SignedIn, from: string): Promise<void> {
  const at = momentOf(since * 1000, officerNo);
  await add({ ...key.accessOfDay(today(), unit, at), on: today(), officerNo, name, unit, from, call: "officers.me" });
}
