import { endpoints } from "../../shared/api/filings.ts";
import { http } from "../http.ts";
import { rewrite } from "./apply.ts";
import { applicantOf, told } from "./whose.ts";

/** PUT /filings/{filingNo} · 修改备案: other answers in a draft, or in one that was returned. */
export const handler = http(
  endpoints["filings.rewrite"],
  async ({ resident, params: { filingNo }, query: { tie }, body }) => {
    const who = await applicantOf(resident, tie, "filings.rewrite");
    return told(await rewrite(who.personNo, filingNo, body), who);
  },
);
