import type * as z from "zod";
import { unitPath } from "../shared/org.ts";
import { type OpenKind, partition } from "./key.ts";
import { firstUnder, itemsIn, type Query } from "./read.ts";

/** What a unit's villages begin with: a city's own code ends in 00, its villages begin with the four digits before. */
export const codesBelow = (unit: string): string =>
  unit.length === 6 && unit.endsWith("00") ? unit.slice(0, 4) : unit;

const waiting = (what: OpenKind, unit: string): Query => ({
  of: "index",
  partition: partition.open(what, unitPath(unit).at(-1)!),
  beginning: codesBelow(unit),
});

/** 待办 · all that waits of a kind in a unit: village by village, the soonest first within one. */
export function waitingIn<S extends z.ZodType>(what: OpenKind, unit: string, Schema: S): Promise<z.output<S>[]> {
  const { partition: city, ...how } = waiting(what, unit);
  return itemsIn(city, Schema, how);
}

/** The first of it that are wanted, at most so many, and whether there are more. */
export const firstWaitingIn = <S extends z.ZodType>(
  what: OpenKind,
  unit: string,
  Schema: S,
  most: number,
  wanted?: (item: z.output<S>) => boolean,
): Promise<{ items: z.output<S>[]; more: boolean }> => firstUnder(waiting(what, unit), Schema, most, wanted);
