import * as z from "zod";
import { hands } from "../shared/hand.ts";

/**
 * 经手 · by whose hand something was done: `no` is a person's, an officer's or a provider's number as `hand` says, empty for a
 * rule; `name` as it was then, where it is kept.
 */
export const Hand = z.object({ hand: z.enum(hands), no: z.string(), name: z.string().nullable() });
export type Hand = z.output<typeof Hand>;

/** Where only officers act, and always by name. */
export const OfficerHand = Hand.extend({ hand: z.enum(["officer", "agent"]), name: z.string() });
export type OfficerHand = z.output<typeof OfficerHand>;

interface Named {
  readonly officerNo: string;
  readonly name: string;
}

/** An officer's hand. */
export const byOfficer = ({ officerNo, name }: Named) => ({ hand: "officer" as const, no: officerNo, name });

/** An officer's hand where it did what the person themselves would have done. */
export const byAgent = ({ officerNo, name }: Named) => ({ hand: "agent" as const, no: officerNo, name });

/** A resident's hand: their own matter, or through a tie that of somebody whose guardian they are. */
export const byResident = (personNo: string, tieNo: string | null | undefined, name: string | null = null) => ({
  hand: tieNo ? ("guardian" as const) : ("self" as const),
  no: personNo,
  name,
});
