import { endpoints } from "../../shared/api/proposals.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { proposalReply, proposalsFor } from "./store.ts";

/** GET /agency/proposals · 待复核的提议: of the officer's unit and roles, the oldest first, their own among them. */
export const handler = http(endpoints["proposals.list"], async ({ officer }) => {
  await recordAccess(officer, { village: officer.unit }, { call: "proposals.list" });
  return { proposals: (await proposalsFor(officer)).map((one) => proposalReply(one, officer)) };
});
