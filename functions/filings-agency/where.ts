import { endpoints } from "../../shared/api/filings-agency.ts";
import { destinationOf, destinationShown } from "../../shared/filing/places.ts";
import type { FiledTo } from "../../shared/outbox.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { filedTo } from "../filings/store.ts";
import { http } from "../http.ts";

/** GET /agency/filings/destinations · 去哪里看病: filings of a unit that took effect, by destination, the most first. */
export const handler = http(endpoints["filings-agency.where"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const counted = await filedTo(unit);
  return {
    destinations: counted
      .map(({ destination, ...counts }) => {
        const place = destinationOf(destination);
        return {
          destination: { code: place.code, name: destinationShown(place) },
          province: place.province,
          ...counts,
        };
      })
      .sort((a, b) => total(b) - total(a) || (a.destination.code < b.destination.code ? -1 : 1)),
  };
});

const total = ({ longTerm, referral, temporary }: FiledTo) => longTerm + referral + temporary;
