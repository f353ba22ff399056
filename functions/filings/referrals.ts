import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import { levels } from "../../shared/policy/table.ts";
import { beginning, partition } from "../key.ts";
import { itemsUnder } from "../read.ts";

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
  return (await itemsUnder(partition.person(personNo), beginning.referral, Referral)).reverse();
}
