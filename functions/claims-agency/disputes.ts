import { endpoints } from "../../shared/api/claims-agency.ts";
import { recordList } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { openDisputes } from "../claims/dispute-store.ts";
import { http } from "../http.ts";
import { profilesOf } from "../people/find.ts";
import { disputeReply } from "./reply.ts";

/** GET /agency/disputes · 争议待办: what waits in a unit for an answer, the soonest due first, and who has it. */
export const handler = http(endpoints["claims-agency.disputes"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const disputes = await openDisputes(unit);
  await recordList(officer, disputes, { call: "claims-agency.disputes" });
  const villages = [...new Set(disputes.map(({ village }) => village))];
  const [profiles, ...names] = await Promise.all([
    profilesOf(disputes.map(({ personNo }) => personNo)),
    ...villages.map(unitName),
  ]);
  const place = new Map(villages.map((village, i) => [village, names[i]!]));
  return {
    disputes: await Promise.all(
      disputes.map((one) => disputeReply(one, profiles.get(one.personNo)!, place.get(one.village)!, officer)),
    ),
  };
});
