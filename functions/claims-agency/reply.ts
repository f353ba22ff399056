import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { ratios } from "../../shared/care/year.ts";
import { isOpen } from "../../shared/dispute/dispute.ts";
import { type Yuan, zero } from "../../shared/money.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { layerWord } from "../../shared/settlement/reading.ts";
import type { Officer } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { type Dispute, disputesOf } from "../claims/dispute-store.ts";
import { summaryReply } from "../claims/reply.ts";
import { type Claim, settledText } from "../claims/store.ts";
import { factsOf } from "../people/facts.ts";
import type { Profile } from "../people/profile.ts";
import { ownerReply } from "../people/reply.ts";
import type { Seen } from "./store.ts";

type ClaimPage = Answer<Endpoints["claims-agency.claim"]>;
type Row = Answer<Endpoints["claims-agency.claims"]>["claims"][number];

/** A claim as it stands in an officer's list; `disputed`: the claims with a dispute that waits. */
export const rowReply = async ({ claim, profile }: Seen, disputed: ReadonlySet<string>): Promise<Row> => ({
  ...summaryReply(claim, disputed),
  person: await ownerReply(profile),
  providerCode: claim.provider.code,
  settledOn: claim.settledOn,
});

/** The claims of some disputes that wait for an answer. */
export const disputedClaims = (disputes: readonly Dispute[]): Set<string> =>
  new Set(disputes.filter(({ state }) => isOpen(state)).map(({ claimNo }) => claimNo));

/** A dispute as an officer sees it. */
export const disputeReply = async (
  dispute: Dispute,
  profile: Profile,
  place: string,
  officer: Officer,
): Promise<Answer<Endpoints["claims-agency.take"]>> => {
  const { disputeNo, claimNo, kind, words, state, filedOn, owner, outcome, history, personNo, filedBy } = dispute;
  return {
    disputeNo,
    claimNo,
    kind,
    words,
    state,
    filedOn,
    dueOn: dispute.dueOn,
    person: await ownerReply(profile),
    unitName: place,
    byGuardian: filedBy.personNo !== personNo,
    owner: owner && { name: owner.name ?? owner.no, own: owner.no === officer.officerNo },
    outcome: outcome && {
      ...outcome,
      by: outcome.by.name ?? outcome.by.no,
      agreedBy: outcome.agreedBy ? (outcome.agreedBy.name ?? outcome.agreedBy.no) : null,
    },
    history: history.map(({ event, on, by }) => ({ event, on, by: by.name })),
  };
};

/** 一笔费用的全部 · the claim, why, what it moved of the year, what became of it, and who doubts it. */
export async function claimReply({ claim, profile }: Seen, officer: Officer): Promise<ClaimPage> {
  const [all, place] = await Promise.all([disputesOf(claim.personNo), unitName(profile.village)]);
  const disputes = all.filter(({ claimNo }) => claimNo === claim.claimNo);
  const said = settledText(claim);
  const { total, outsideCatalogue, overPriceCap, upfront, inScope, deductiblePaid, fundsTotal } = claim.amounts;
  const { disease, department, admittedOn, identity, filing, transferred, encounterNo, batchNo, messageNo } = claim;
  return {
    ...(await rowReply({ claim, profile }, disputedClaims(disputes))),
    unitName: place,
    level: claim.provider.level,
    disease,
    department,
    admittedOn,
    identity,
    filing,
    transferred,
    encounterNo,
    batchNo,
    messageNo,
    sequence: claim.sequence,
    chain: claim.chain,
    previousNo: claim.previousNo,
    clearedOn: claim.clearedOn,
    amounts: { outsideCatalogue, overPriceCap, upfront, inScope, deductiblePaid },
    ratios: ratios(total, inScope, fundsTotal),
    sentences: sentences(said),
    clauses: clauses(said),
    lines: claim.lines,
    stays: { before: claim.before.stays, after: claim.after.stays },
    year: yearReply(claim),
    history: historyReply(claim, disputes),
    disputes: await Promise.all(disputes.map((one) => disputeReply(one, profile, place, officer))),
  };
}

type Before = Claim["before"];
type Counted = Before["criticalIllness"];

/** What the claim moved of the person's year, in statutory order. */
function yearReply({ before, after, amounts }: Claim): ClaimPage["year"] {
  const one = (name: string, of: (year: Before) => Yuan | undefined) => ({
    name,
    before: of(before) ?? zero,
    after: of(after) ?? zero,
  });
  const both = (layer: string, of: (year: Before) => Counted | undefined) => [
    one(`${layerWord(layer)}累计费用`, (year) => of(year)?.base),
    one(`${layerWord(layer)}已支付`, (year) => of(year)?.paid),
  ];
  return [
    one("门诊已支付", ({ outpatient }) => outpatient),
    one(`${layerWord("pooled")}已支付`, ({ pooled }) => pooled),
    one(`${layerWord("largeExpense")}已支付`, ({ largeExpense }) => largeExpense),
    ...both("criticalIllness", ({ criticalIllness }) => criticalIllness),
    ...both("specialDrug", ({ specialDrug }) => specialDrug),
    ...after.otherLayers.flatMap((_, i) =>
      both(amounts.otherLayers[i]?.name ?? "supplementary", ({ otherLayers }) => otherLayers[i]),
    ),
    ...both("medicalAid", ({ medicalAid }) => medicalAid),
    ...both("furtherAid", ({ furtherAid }) => furtherAid),
  ].filter((row) => row.before !== row.after);
}

/** Settled and taken back, by whom: the provider with its message, or the officer who upheld a dispute of it. */
function historyReply(claim: Claim, disputes: readonly Dispute[]): ClaimPage["history"] {
  const { settledOn, settledAt, provider, messageNo, reversal } = claim;
  const settled = {
    what: "settled" as const,
    on: settledOn,
    at: settledAt,
    by: provider.name,
    messageNo,
    reason: "",
  };
  if (!reversal) return [settled];
  const { on, at, by, reason } = reversal;
  const officer = disputes.find(({ outcome }) => outcome?.by.no === by)?.outcome?.by;
  const hand = officer ? { by: officer.name ?? officer.no, messageNo: null } : { by: provider.name, messageNo: by };
  return [settled, { what: "reversed", on, at, reason, ...hand }];
}

/** A dispute that was just moved. */
export async function movedReply(dispute: Dispute, officer: Officer): Promise<Answer<Endpoints["claims-agency.take"]>> {
  const { profile } = await factsOf(dispute.personNo, []);
  return disputeReply(dispute, profile, await unitName(profile.village), officer);
}
