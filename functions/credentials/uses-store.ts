import * as z from "zod";
import { businessTypeNames } from "../../shared/credential/purpose.ts";
import type { Day } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { beginning, key, partition } from "../key.ts";
import { randomText } from "../numbers.ts";
import { firstUnder, itemsIn, mustBeAt } from "../read.ts";
import { having, isNew, type Step, toPut, toUpdate } from "../write.ts";

/** 用码记录 · one time that a provider read somebody's code. */
export const Use = z.object({
  useNo: z.string(),
  personNo: z.string(),
  providerCode: z.string(),
  businessType: z.enum(businessTypeNames),
  /** Wall clock: when it was read; and the business day on which we heard of it. */
  at: z.int(),
  on: CalendarDay,
  offline: z.boolean(),
  weak: z.boolean(),
  /** The phone's key id, or the paper's number. */
  id: z.string(),
  caseNo: z.string().nullable(),
  expiresAt: z.int(),
});
export type Use = z.output<typeof Use>;

/** A year and a month, like messages. Ours. */
const keptSeconds = 395 * 24 * 3600;
export const keptUntil = (at: number): number => Math.floor(at / 1000) + keptSeconds;

/** The time and sixteen characters at random: uses sort by when they were. */
export const newUseNo = (at: number): string => String(at).padStart(13, "0") + randomText(16);

/** The writes that keep a use with its person, and under its provider's day. */
export function keepUse(use: Use): Step[] {
  const { personNo, useNo, providerCode, on, expiresAt } = use;
  const put = (Item: Record<string, unknown>): Step => toPut(Item, isNew);
  return [
    put({ ...key.use(personNo, useNo), ...use }),
    put({ ...key.useAt(providerCode, on, useNo), useNo, personNo, expiresAt }),
  ];
}

/** A use of a person's code, or a refusal. */
export const useOf = (personNo: string, useNo: string): Promise<Use> => mustBeAt(key.use(personNo, useNo), Use);

/** The uses of a person's code, the newest first, at most so many. */
export async function usesOf(personNo: string, most = 100): Promise<Use[]> {
  const newest = { partition: partition.person(personNo), beginning: beginning.use, newestFirst: true };
  return (await firstUnder(newest, Use, most)).items;
}

/** What a provider read on a business day, by person and number, the newest first. */
export const usesAt = (providerCode: string, on: Day): Promise<{ personNo: string; useNo: string }[]> =>
  itemsIn(partition.usesAt(providerCode, on), z.object({ personNo: z.string(), useNo: z.string() }), {
    consistent: false,
    newestFirst: true,
  });

/** The write that says in which case a use is looked into. */
export const doubted = ({ personNo, useNo }: Pick<Use, "personNo" | "useNo">, caseNo: string): Step =>
  toUpdate(key.use(personNo, useNo), { set: { caseNo } }, having({ caseNo: null }));

const Showing = z.object({ guardianNo: z.string(), at: z.int(), deviceNo: z.string() });
type Showing = z.output<typeof Showing>;

/** 家人出示 · the write that keeps that a guardian's phone showed somebody's code; the same again is the same item. */
export const keepShowing = (personNo: string, showing: Showing): Step =>
  toPut({
    ...key.guardianShowing(personNo, showing.at, showing.deviceNo),
    ...showing,
    expiresAt: keptUntil(showing.at),
  });

/** When guardians showed a person's code, the newest first, at most so many. */
export async function showingsOf(personNo: string, most = 100): Promise<Showing[]> {
  const newest = { partition: partition.person(personNo), beginning: beginning.guardianShowing, newestFirst: true };
  return (await firstUnder(newest, Showing, most)).items;
}
