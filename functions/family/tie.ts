import * as z from "zod";
import { DecidedBy, ProofName, RelationshipName, TieStateName } from "../../shared/api/family.ts";
import { CalendarDay } from "../../shared/edge.ts";

/** 亲情关系 · one tie: who holds whom, as what, on which word; never deleted. */
export const Tie = z.object({
  tieNo: z.string(),
  guardianNo: z.string(),
  dependantNo: z.string(),
  relationship: RelationshipName,
  state: TieStateName,
  /** Opened on a guardian's word for somebody under 16. */
  minor: z.boolean(),
  proof: ProofName.nullable(),
  birthCertificateSealed: z.string().nullable().default(null),
  /** Where the dependant was registered when the tie was opened, for the counter's worklist. */
  village: z.string(),
  askedOn: CalendarDay,
  changedOn: CalendarDay,
  /** The last day of the state; later it has lapsed, written down or not. */
  until: CalendarDay.nullable(),
  decidedBy: DecidedBy.nullable(),
  officerNo: z.string().nullable(),
  reason: z.string(),
  version: z.int(),
});

export type Tie = z.output<typeof Tie>;

/** What the number of a birth certificate is sealed for. */
export const birthCertificatePlace = (tieNo: string) => `birth certificate of tie ${tieNo}`;

/** 指针 · in the partitions of both sides: the last tie of the pair, and whether it counts among the five. */
export const Pointer = z.object({ tieNo: z.string(), live: z.boolean() });
