import { endpoints } from "../../shared/api/filings.ts";
import { actingFor } from "../family/acting.ts";
import { http } from "../http.ts";
import { filingOf } from "./store.ts";
import { told } from "./whose.ts";

/** GET /filings/{filingNo} · 一个备案: what it is, what it waits for, and what can be done with it. */
export const handler = http(endpoints["filings.one"], async ({ resident, params: { filingNo }, query: { tie } }) => {
  const claimant = await actingFor(resident.personNo, tie, "filings.one");
  return told(await filingOf(claimant.personNo, filingNo), claimant);
});
