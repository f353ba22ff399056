import { endpoints } from "../../shared/api/claims.ts";
import { ratios } from "../../shared/care/year.ts";
import { isOpen } from "../../shared/dispute/dispute.ts";
import { clauses } from "../../shared/settlement/clauses.ts";
import { sentences } from "../../shared/settlement/explain.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { disputesOf } from "./dispute-store.ts";
import { disputeReply, summaryReply } from "./reply.ts";
import { type Claim, claimOf, settledText } from "./store.ts";

/** GET /claims/{claimNo} · 一笔费用: who paid what, why in words, and the clause of each amount. */
export const handler = http(endpoints["claims.one"], async ({ resident, params: { claimNo }, query: { tie } }) => {
  const { personNo, profile, tieNo } = await actingFor(resident.personNo, tie, "claims.one");
  const [claim, all] = await Promise.all([claimOf(personNo, claimNo), disputesOf(personNo)]);
  const disputes = all.filter((one) => one.claimNo === claimNo);
  const { name } = profile;
  const said = settledText(claim);
  const { total, outsideCatalogue, overPriceCap, upfront, inScope, deductiblePaid, fundsTotal } = claim.amounts;
  return {
    ...summaryReply(claim, new Set(disputes.filter(({ state }) => isOpen(state)).map((one) => one.claimNo))),
    name,
    level: claim.provider.level,
    department: claim.department,
    disease: claim.disease.name,
    admittedOn: claim.admittedOn,
    settledOn: claim.settledOn,
    identity: claim.identity,
    amounts: { outsideCatalogue, overPriceCap, upfront, inScope, deductiblePaid },
    ratios: ratios(total, inScope, fundsTotal),
    sentences: sentences(said),
    clauses: clauses(said),
    lines: claim.lines,
    history: historyOf(claim),
    disputes: disputes.map((one) => disputeReply(one, { name, tieNo })),
  };
});

const historyOf = ({ settledOn, reversal }: Claim) => [
  { what: "settled" as const, on: settledOn, reason: "" },
  ...(reversal ? [{ what: "reversed" as const, on: reversal.on, reason: reversal.reason }] : []),
];
