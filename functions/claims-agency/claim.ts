import { endpoints } from "../../shared/api/claims-agency.ts";
import { recordAccess } from "../audit.ts";
import { http } from "../http.ts";
import { claimReply } from "./reply.ts";
import { shownClaim } from "./store.ts";

/** GET /agency/people/{personNo}/claims/{claimNo} · 查看一笔费用: facts, who paid, why, what it moved, and its history. */
export const handler = http(endpoints["claims-agency.claim"], async ({ officer, params: { personNo, claimNo } }) => {
  const seen = await shownClaim(officer, personNo, claimNo);
  await recordAccess(officer, { personNo }, { call: "claims-agency.claim" });
  return claimReply(seen, officer);
});
