import { endpoints } from "../../shared/api/filings-agency.ts";
import { http } from "../http.ts";
import { approveEach } from "./store.ts";

/** POST /agency/filings/approvals · 批量同意备案: each by itself; one that is refused says why and the others go on. */
export const handler = http(endpoints["filings-agency.approve-many"], async ({ officer, body: { filings } }) => ({
  results: await approveEach(officer, filings),
}));
