import { endpoints } from "../../shared/api/family-agency.ts";
import { recordAccess } from "../audit.ts";
import { counterReply } from "../family/reply.ts";
import { http } from "../http.ts";
import { openTies } from "./store.ts";

/** GET /counter/family · 亲情账户待办: what waits in the officer's unit, village by village, the oldest first. */
export const handler = http(endpoints["family-agency.reviews"], async ({ officer }) => {
  const { ties, more } = await openTies(officer.unit);
  await recordAccess(officer, { village: officer.unit }, { call: "family-agency.reviews", people: ties.length });
  return { ties: await Promise.all(ties.map(counterReply)), more };
});
