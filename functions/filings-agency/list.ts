import { endpoints } from "../../shared/api/filings-agency.ts";
import { recordList } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { unitName } from "../callers/units.ts";
import { openFilings } from "../filings/store.ts";
import { http } from "../http.ts";
import { profilesOf } from "../people/find.ts";
import { officersReply } from "./reply.ts";

/** GET /agency/filings · 备案待办: what waits for an officer in a unit, the soonest due first. */
export const handler = http(endpoints["filings-agency.list"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const { filings, more } = await openFilings(unit);
  await recordList(officer, filings, { call: "filings-agency.list" });
  const villages = [...new Set(filings.map(({ village }) => village))];
  const [profiles, ...names] = await Promise.all([
    profilesOf(filings.map(({ personNo }) => personNo)),
    ...villages.map(unitName),
  ]);
  const place = new Map(villages.map((village, i) => [village, names[i]!]));
  return {
    filings: await Promise.all(
      filings.map((one) => officersReply(one, profiles.get(one.personNo)!, place.get(one.village)!, officer)),
    ),
    more,
  };
});
