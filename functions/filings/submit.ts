import { endpoints } from "../../shared/api/filings.ts";
import { http } from "../http.ts";
import { submit } from "./apply.ts";
import { applicantOf, told } from "./whose.ts";

/** POST /filings/{filingNo}/submission · 提交备案: in force at once where the law lets it; the rest goes to an officer. */
export const handler = http(
  endpoints["filings.submit"],
  async ({ resident, params: { filingNo }, query: { tie }, body }) => {
    const who = await applicantOf(resident, tie, "filings.submit");
    return told(await submit(who.personNo, filingNo, body, { by: who.by, name: who.signer }), who);
  },
);
