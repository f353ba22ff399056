import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import type { Yuan } from "../../shared/money.ts";
import { noFigures } from "../../shared/outbox.ts";
import { Refusal } from "../../shared/refusal.ts";
import { indexKey } from "../index-key.ts";
import { key, partition } from "../key.ts";
import { Enrolment } from "../people/enrolments.ts";
import { Profile } from "../people/profile.ts";
import { itemAt, itemsIn } from "../read.ts";
import { compared, either, isNew, toPut, write } from "../write.ts";

const Fen = z.int() as unknown as z.ZodType<Yuan, number>;
const Figures = z.object({
  should: z.int().default(0),
  enrolled: z.int().default(0),
  paid: z.int().default(0),
  amount: Fen,
});

/** 走访 · what somebody found at a person's door. */
const Visit = z.object({
  personNo: z.string(),
  benefitYear: z.int(),
  on: CalendarDay,
  outcome: z.enum(["will-pay", "paid-elsewhere", "away", "unwilling", "not-found"]),
  note: z.string(),
  by: z.string(),
});
type Visit = z.output<typeof Visit>;

/** The figures of a unit in a benefit year; nothing folded yet is zero. */
export async function figuresOf(benefitYear: number, unit: string) {
  return (await itemAt(key.progress(benefitYear, unit), Figures, { consistent: false })) ?? noFigures;
}

/** The figures of every unit directly below, by code. */
export async function figuresBelow(benefitYear: number, unit: string) {
  const below = Figures.extend({ sk: z.string() });
  const items = await itemsIn(partition.progress(benefitYear, unit), below, { consistent: false });
  return new Map(items.map(({ sk, ...figures }) => [sk, figures]));
}

/** What each business day brought a unit, in order. */
export async function daysOf(benefitYear: number, unit: string) {
  const day = Figures.extend({ sk: CalendarDay });
  const items = await itemsIn(partition.progressDays(benefitYear, unit), day, { consistent: false });
  return items.map(({ sk: on, ...figures }) => ({ on, ...figures }));
}

/** A village's people with what stands of the benefit year: enrolment and last visit. */
export async function villagers(village: string, benefitYear: number) {
  const items = await itemsIn(partition.village(village), z.looseObject({ sk: z.string() }), { of: "index" });
  const enrolments = new Map<string, Enrolment[]>();
  const visits = new Map<string, Visit>();
  for (const item of items) {
    if (item.sk.startsWith("ENROLMENT#")) {
      const one = Enrolment.parse(item);
      enrolments.set(one.personNo, [...(enrolments.get(one.personNo) ?? []), one]);
    } else if (item.sk === `VISIT#${benefitYear}`) {
      const one = Visit.parse(item);
      visits.set(one.personNo, one);
    }
  }
  return items
    .filter((item) => item.sk === "PROFILE")
    .map((item) => {
      const profile = Profile.parse(item);
      return {
        profile,
        enrolments: enrolments.get(profile.personNo) ?? [],
        visit: visits.get(profile.personNo) ?? null,
      };
    });
}

/** 登记走访 · keeps the last visit of a benefit year; a later one replaces it, the audit keeps them all. */
export async function recordVisit(visit: Visit, village: string): Promise<void> {
  const item = {
    ...key.visit(visit.personNo, visit.benefitYear),
    ...indexKey.village(village, `VISIT#${visit.benefitYear}#${visit.personNo}`),
    ...visit,
  };
  const isLast = either(isNew, compared("on", "<=", visit.on));
  if (!(await write(toPut(item, isLast)))) throw new Refusal("try-again");
}
