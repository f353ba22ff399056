import { endpoints } from "../../shared/api/refunds-agency.ts";
import { recordAccess } from "../audit.ts";
import { mustBeWithin } from "../callers/officers.ts";
import { http } from "../http.ts";
import { officersReply } from "../refunds/reply.ts";
import { openRefunds } from "../refunds/store.ts";

/** GET /agency/refunds · 退费待办: what waits in a unit to be decided, paid out or put right. */
export const handler = http(endpoints["refunds-agency.worklist"], async ({ officer, query: { unit } }) => {
  mustBeWithin(officer, unit);
  const refunds = await openRefunds(unit);
  await recordAccess(officer, { village: unit }, { call: "refunds-agency.worklist", people: refunds.length });
  return { refunds: refunds.map(officersReply) };
});
