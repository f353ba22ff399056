import { endpoints } from "../../shared/api/claims.ts";
import { yearOf } from "../../shared/day.ts";
import { isOpen } from "../../shared/dispute/dispute.ts";
import { today } from "../clock.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { disputesOf } from "./dispute-store.ts";
import { summaryReply } from "./reply.ts";
import { type Claim, claimsOf } from "./store.ts";
import { barsOf, personYearsOf, sumsOf } from "./year.ts";

/** GET /claims · 我的费用: a year's claims, who paid, both ratios, and how far each threshold and limit is. */
export const handler = http(endpoints["claims.mine"], async ({ resident, query }) => {
  const { personNo, profile } = await actingFor(resident.personNo, query.tie, "claims.mine");
  const year = query.year ?? yearOf(today());
  const [claims, personYears, disputes] = await Promise.all([
    claimsOf(personNo, year),
    personYearsOf(personNo),
    disputesOf(personNo),
  ]);
  const years = new Set([yearOf(today()), ...personYears.map((one) => one.benefitYear)]);
  const disputed = new Set(disputes.filter(({ state }) => isOpen(state)).map(({ claimNo }) => claimNo));
  return {
    name: profile.name,
    year,
    years: [...years].sort((a, b) => b - a),
    claims: [...claims].sort(byDay).map((claim) => summaryReply(claim, disputed)),
    ...sumsOf(claims),
    progress: barsOf(profile, year, personYears),
  };
});

/** The newest care first; of one day, what was settled last. */
const byDay = (a: Claim, b: Claim) =>
  a.dischargedOn === b.dischargedOn ? b.settledAt - a.settledAt : a.dischargedOn < b.dischargedOn ? 1 : -1;
