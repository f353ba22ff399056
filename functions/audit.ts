import { randomBytes } from "node:crypto";
import * as z from "zod";
import { FamilyCall } from "../shared/api/claims.ts";
import { CalendarDay } from "../shared/edge.ts";
import type { Officer } from "./callers/officers.ts";
import { now, today } from "./clock.ts";
import { config } from "./config.ts";
import { key, partition } from "./key.ts";
import { firstUnder, itemsIn } from "./read.ts";
import { isNew, toPut, write } from "./write.ts";

/** Adds one look to the table that can only be added to; a call that cannot be recorded is not answered. */
async function record(pk: string, what: Record<string, unknown>): Promise<void> {
  const at = `${new Date(now()).toISOString()}#${randomBytes(6).toString("hex")}`;
  // Its place is its own: where it lies there already, the reply to this very write was lost.
  await write(toPut({ ...key.access(pk, at), on: today(), ...what }, isNew, config.auditTable()));
}

/** 查阅记录 · who looked at whose data, when, and why. A list is kept under its village, one person under the person. */
export function recordAccess(
  { officerNo, name, unit }: Officer,
  subject: { village: string } | { personNo: string },
  what: { call: string; reason?: string; people?: number },
): Promise<void> {
  const pk = "village" in subject ? partition.village(subject.village) : partition.person(subject.personNo);
  return record(pk, { officerNo, name, unit, ...what });
}

/** 家人查阅 · a guardian looked at a dependant's claims: kept under the dependant, who can see it. */
export const recordFamilyAccess = (guardianNo: string, personNo: string, call: FamilyCall): Promise<void> =>
  record(partition.person(personNo), { guardianNo, call });

/** 机构查阅 · a provider asked who somebody is, or what is known of them: kept under the person. */
export const recordProviderAccess = (providerCode: string, personNo: string, transaction: string): Promise<void> =>
  record(partition.person(personNo), { providerCode, call: `gateway.${transaction}` });

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
});

export type Access = z.output<typeof Access>;

/** Who looked at a person, or at lists of a unit, the newest first: at most so many before one of them. */
export async function accessesOf(
  subject: { unit: string } | { personNo: string },
  before: string | undefined,
  most: number,
): Promise<{ accesses: Access[]; before: string | null }> {
  const pk = "unit" in subject ? partition.village(subject.unit) : partition.person(subject.personNo);
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
export const placeOf = ({ sk }: Access): string => sk.slice(key.access("", "").sk.length);

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
