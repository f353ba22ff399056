import { gunzipSync, gzipSync } from "node:zlib";
import * as z from "zod";
import { chains } from "../../shared/care/year.ts";
import { AreaCode, CalendarDay } from "../../shared/edge.ts";
import type { Happening } from "../../shared/outbox.ts";
import { identityKinds } from "../../shared/policy/identity.ts";
import { IdentityText } from "../../shared/policy/identity-text.ts";
import { careTypes, filings, levels } from "../../shared/policy/table.ts";
import type { SettledText } from "../../shared/settlement/text.ts";
import { beginning, key, partition } from "../key.ts";
import { YearItem } from "../people/year.ts";
import { itemsUnder, mustBeAt } from "../read.ts";
import { Fen } from "../stored.ts";
import { toPut, write } from "../write.ts";

const Amounts = z.object({
  total: Fen,
  outsideCatalogue: Fen,
  overPriceCap: Fen,
  upfront: Fen,
  inScope: Fen,
  deductiblePaid: Fen,
  pooled: Fen,
  largeExpense: Fen,
  criticalIllness: Fen,
  specialDrug: Fen,
  medicalAid: Fen,
  furtherAid: Fen,
  guarantee: Fen,
  fixedBenefit: Fen,
  otherLayers: z.array(z.object({ name: z.string(), amount: Fen })),
  fundsTotal: Fen,
  patientTotal: Fen,
});

export type Amounts = z.output<typeof Amounts>;

/** 撤销 · when, why and by whom a claim was taken back. */
const Reversal = z.object({
  on: CalendarDay,
  at: z.int(),
  /** The provider's message, or the officer's number. */
  by: z.string(),
  reason: z.string(),
});

/** 结算 · one settled claim: facts as they were used, amounts, why (the trace, packed), and its place in the person's year. */
export const Claim = z.object({
  claimNo: z.string(),
  personNo: z.string(),
  encounterNo: z.string(),
  batchNo: z.string(),
  generation: z.int(),
  lines: z.int(),
  provider: z.object({
    code: z.string(),
    name: z.string(),
    county: AreaCode,
    level: z.enum(levels),
    reformed: z.boolean(),
  }),
  careType: z.enum(careTypes),
  /** 医疗类别 as the provider gave it. */
  careCode: z.string(),
  admittedOn: CalendarDay,
  dischargedOn: CalendarDay,
  settledOn: CalendarDay,
  settledAt: z.int(),
  disease: z.object({ code: z.string(), name: z.string() }),
  department: z.string(),
  filing: z.enum(filings),
  /** 备案 that it counts by; claims before filings were kept have none. */
  filingNo: z.string().nullable().default(null),
  transferred: z.boolean(),
  poolingArea: AreaCode,
  village: z.string(),
  /** What settling asked of the person. */
  person: z.object({ bornOn: CalendarDay, homeCounty: AreaCode, identities: z.array(IdentityText) }),
  amounts: Amounts,
  identity: z.enum(identityKinds).nullable(),
  assumed: z.boolean(),
  /** The settlement's ordinal in the person's year, and the chain in which it can be reversed. */
  sequence: z.int(),
  chain: z.enum(chains),
  previousNo: z.string().nullable(),
  before: YearItem,
  after: YearItem,
  packed: z.instanceof(Uint8Array<ArrayBufferLike>),
  messageNo: z.string(),
  state: z.enum(["settled", "reversed"]),
  reversal: Reversal.nullable(),
  /** 已清算: the fund has paid the provider; nothing is reversed any more. */
  clearedOn: CalendarDay.nullable(),
});

export type Claim = z.output<typeof Claim>;

/** 年度 of a claim: the first four characters of its number. */
export const yearOfClaim = (claimNo: string): number => Number(claimNo.slice(0, 4));

/** Packs what `settle` says of a claim, trace and all; about a fifth of its length. */
export const pack = (written: string): Uint8Array => gzipSync(written, { level: 6 });

/** What `settle` said of a claim. */
export const settledText = ({ packed }: Claim): SettledText => JSON.parse(gunzipSync(packed).toString("utf8"));

/** A person's claim by its number, or a refusal. */
export const claimOf = (personNo: string, claimNo: string): Promise<Claim> =>
  mustBeAt(key.claim(personNo, claimNo), Claim);

/** All claims of a person in a benefit year (of all years without one), reversed ones too, in the order in which they were settled. */
export async function claimsOf(personNo: string, benefitYear?: number): Promise<Claim[]> {
  const claims = await itemsUnder(partition.person(personNo), `${beginning.claim}${benefitYear ?? ""}`, Claim);
  return claims.sort((a, b) => a.settledAt - b.settledAt || a.sequence - b.sequence);
}

/** Puts claims on their providers' lists of the day; a claim that is there already is there. */
export async function listClaims(happenings: readonly Happening[]): Promise<void> {
  for (const happening of happenings) {
    if (happening.kind !== "claim") continue;
    const { claimNo, personNo, providerCode, on } = happening;
    await write(toPut({ ...key.claimAt(providerCode, on, claimNo), claimNo, personNo }));
  }
}
