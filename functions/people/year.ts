import * as z from "zod";
import type { PersonYear } from "../../shared/care/year.ts";
import { key } from "../key.ts";
import { itemAt } from "../read.ts";
import { Fen } from "../stored.ts";

const Seen = z.object({ base: Fen, paid: Fen });

/** 年度累计 as it is stored: whole fen. */
export const YearItem = z.object({
  stays: z.int().min(0),
  pooled: Fen,
  outpatient: Fen,
  largeExpense: Fen,
  criticalIllness: Seen,
  specialDrug: Seen,
  otherLayers: z.array(Seen),
  medicalAid: Seen,
  furtherAid: Seen,
});

/** 人员年度 · accumulators of one person's year; `version` goes up with every claim and reversal. */
export const PersonYearItem = z.object({
  personNo: z.string(),
  benefitYear: z.int(),
  version: z.int().min(1),
  year: YearItem,
  settled: z.int().min(0),
  last: z.object({ outpatient: z.string().nullable(), other: z.string().nullable() }),
});

export type PersonYearItem = z.output<typeof PersonYearItem>;

/** The accumulators of a person's year, or null where nothing was settled yet. */
export const personYearOf = (personNo: string, benefitYear: number): Promise<PersonYearItem | null> =>
  itemAt(key.personYear(personNo, benefitYear), PersonYearItem);

/** The item of a person's year in its next version. */
export const personYearItem = (
  personNo: string,
  benefitYear: number,
  before: PersonYearItem | null,
  { year, settled, last }: PersonYear,
) => ({
  ...key.personYear(personNo, benefitYear),
  personNo,
  benefitYear,
  version: (before?.version ?? 0) + 1,
  year,
  settled,
  last,
});
