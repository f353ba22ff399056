import { policyOf } from "../../shared/areas/areas.ts";
import { mustBeCoveredUntil } from "../../shared/care/cover.ts";
import type { Batch } from "../../shared/care/encounter.ts";
import { claimEntry, reversalEntry } from "../../shared/care/posting.ts";
import { chainOf, freshPersonYear, yearWith, yearWithout } from "../../shared/care/year.ts";
import { type Day, yearOf } from "../../shared/day.ts";
import type { Happening } from "../../shared/outbox.ts";
import type { CareType, Filing, Level } from "../../shared/policy/table.ts";
import { Refusal } from "../../shared/refusal.ts";
import { claimText } from "../../shared/settlement/lines.ts";
import { type Settlement, settle } from "../../shared/settlement/settle.ts";
import { key } from "../key.ts";
import { putEntry } from "../ledger/store.ts";
import { newNo } from "../numbers.ts";
import { toOutbox } from "../outbox.ts";
import { coveredOf, type Facts, personOf, personYearOn } from "../people/facts.ts";
import { type PersonYearItem, personYearItem } from "../people/year.ts";
import type { Provider } from "../providers/store.ts";
import { both, having, inState, isNew, type Step, toPut, toUpdate, unchanged } from "../write.ts";
import { changed, type Encounter, stateAfter } from "./encounters.ts";
import { Claim, pack, yearOfClaim } from "./store.ts";

/** What is to be settled: one batch of an encounter, as care of a kind, up to a day. */
export interface Case {
  readonly encounter: Encounter;
  readonly batchNo: string;
  readonly batch: Batch;
  readonly provider: Provider;
  /** 起付线等级 on the day of discharge. */
  readonly level: Level;
  readonly facts: Facts;
  readonly careType: CareType;
  readonly careCode: string;
  readonly dischargedOn: Day;
  /** As what it counts, and by which filing. */
  readonly filing: Filing;
  readonly filingNo: string | null;
  readonly transferred: boolean;
}

/** A case that the law has settled; nothing is written. */
interface Settled {
  readonly settlement: Settlement;
  readonly personYear: PersonYearItem | null;
}

/** 预结算 · the law's answer to a case: cover first, then every layer. Throws a refusal, writes nothing. */
export function preview(one: Case): Settled {
  const { batch, facts, provider, encounter, dischargedOn } = one;
  if (batch.claimNo !== null) throw new Refusal("settled-already");
  if (batch.lines === 0) throw new Refusal("no-lines");
  if (batch.until && batch.until > dischargedOn)
    throw new Refusal("after-discharge", { detail: `明细到${batch.until}` });
  mustBeCoveredUntil(coveredOf(facts), encounter.admittedOn, dischargedOn);
  const personYear = personYearOn(facts, dischargedOn);
  const { total, outsideCatalogue, overPriceCap, upfront } = batch;
  const claim = {
    careType: one.careType,
    admittedOn: encounter.admittedOn,
    dischargedOn,
    level: one.level,
    county: provider.county,
    reformed: provider.reformed,
    filing: one.filing,
    transferred: one.transferred,
    disease: encounter.disease.code,
    fees: { total, outsideCatalogue, overPriceCap, upfront },
    elsewhere: null,
  };
  const policy = policyOf(facts.profile.poolingArea);
  const { year } = personYear ?? freshPersonYear;
  return { settlement: settle(personOf(facts.profile), claim, year, policy, "resident"), personYear };
}

/** The claim that a settled case becomes, and its text, with the person's year after it and all that is written with it. */
export function settled(
  one: Case,
  messageNo: string,
  on: Day,
  at: number,
): { claim: Claim; steps: Step[]; settlement: Settlement; text: string } {
  const { settlement, personYear } = preview(one);
  const { encounter, batch, batchNo, provider, facts, dischargedOn } = one;
  const benefitYear = yearOf(dischargedOn);
  const before = personYear ?? freshPersonYear;
  const chain = chainOf(before.year, settlement.after);
  const claimNo = `${benefitYear}${newNo(on)}`;
  const text = claimText({ id: claimNo, splits: [], settlement });
  const { profile } = facts;
  const { bornOn, homeCounty, identities } = personOf(profile);
  const claim: Claim = {
    claimNo,
    personNo: encounter.personNo,
    encounterNo: encounter.encounterNo,
    batchNo,
    generation: batch.generation,
    lines: batch.lines,
    provider: {
      code: provider.code,
      name: provider.name,
      county: provider.county,
      level: one.level,
      reformed: provider.reformed,
    },
    careType: one.careType,
    careCode: one.careCode,
    admittedOn: encounter.admittedOn,
    dischargedOn,
    settledOn: on,
    settledAt: at,
    disease: encounter.disease,
    department: encounter.department,
    filing: one.filing,
    filingNo: one.filingNo,
    transferred: one.transferred,
    poolingArea: profile.poolingArea,
    village: profile.village,
    person: { bornOn, homeCounty, identities: [...identities] },
    amounts: amountsOf(settlement),
    identity: settlement.identity,
    assumed: settlement.assumed,
    sequence: before.settled + 1,
    chain,
    previousNo: before.last[chain],
    before: before.year as Claim["before"],
    after: settlement.after as Claim["after"],
    packed: pack(text),
    messageNo,
    state: "settled",
    reversal: null,
    clearedOn: null,
  };
  const whole = encounter.inpatient && encounter.state === "discharged";
  const steps: Step[] = [
    toPut({ ...key.claim(claim.personNo, claimNo), ...claim }, isNew),
    nextYear(claim, personYear, yearWith(before, claimNo, chain, settlement.after)),
    changed(encounter, {
      state: stateAfter(encounter, whole ? "settle" : "settle-part"),
      batches: { ...encounter.batches, [batchNo]: { ...batch, claimNo } },
    }),
    ...booked(claim, "settled", on),
  ];
  return { claim, steps, settlement, text };
}

const amountsOf = (settlement: Settlement): Claim["amounts"] => Claim.shape.amounts.parse(settlement);

/** The accumulators in their next version, if nobody made another one meanwhile: no limit is ever passed by two at once. */
const nextYear = (claim: Claim, before: PersonYearItem | null, after: Parameters<typeof personYearItem>[3]): Step =>
  toPut(personYearItem(claim.personNo, yearOfClaim(claim.claimNo), before, after), unchanged(before?.version ?? 0));

/** The entry of a claim or of its reversal, and the outbox: balances, the day's list, and what the person is told. */
function booked(claim: Claim, event: "settled" | "reversed", on: Day): Step[] {
  const posted = event === "settled" ? claimEntry : reversalEntry;
  const entry = posted(
    {
      poolingArea: claim.poolingArea,
      event: event === "settled" ? claim.claimNo : `${claim.claimNo}R`,
      on,
      reference: claim.claimNo,
    },
    claim.amounts,
  );
  const { claimNo, personNo, provider } = claim;
  const happenings: Happening[] = [
    ...(event === "settled" ? [{ kind: "claim" as const, claimNo, personNo, providerCode: provider.code, on }] : []),
    { kind: "told", personNo, on, fact: { about: event === "settled" ? "claim-settled" : "claim-reversed", claimNo } },
    ...(entry ? [{ kind: "posted" as const, poolingArea: entry.poolingArea, on, lines: entry.lines }] : []),
  ];
  return [...(entry ? [putEntry(entry)] : []), toOutbox(happenings)];
}

/** What reversing a claim needs to know: the claim, its encounter and the person's year, read together. */
export interface Standing {
  readonly claim: Claim;
  readonly encounter: Encounter;
  readonly personYear: PersonYearItem;
}

/**
 * 撤销结算 · all that is written when a claim is taken back: the year as it was before it, the batch open again, the opposite
 * entry. Only the last claim of its chain, and none that was cleared (K1002, K1003).
 */
export function reversed(
  { claim, encounter, personYear }: Standing,
  by: string,
  reason: string,
  on: Day,
  at: number,
): Step[] {
  if (claim.state !== "settled") throw new Refusal("not-settled");
  if (claim.clearedOn !== null) throw new Refusal("cleared-already");
  if (personYear.last[claim.chain] !== claim.claimNo) throw new Refusal("reversal-order");
  const batch = encounter.batches[claim.batchNo];
  if (batch?.claimNo !== claim.claimNo) throw new Refusal("not-settled");
  // A stay over New Year stands in two years: its later part goes first, though each is the last of its own.
  if (encounter.inpatient && encounter.batches[String(Number(claim.batchNo) + 1)]?.claimNo)
    throw new Refusal("reversal-order");
  const whole = encounter.state === "settled";
  return [
    toUpdate(
      key.claim(claim.personNo, claim.claimNo),
      { set: { state: "reversed", reversal: { on, at, by, reason } } },
      both(inState("settled"), having({ clearedOn: null })),
    ),
    nextYear(claim, personYear, yearWithout(personYear, claim)),
    changed(encounter, {
      state: stateAfter(encounter, whole ? "reverse" : "reverse-part"),
      batches: { ...encounter.batches, [claim.batchNo]: { ...batch, claimNo: null } },
    }),
    ...booked(claim, "reversed", on),
  ];
}
