import { endpoints } from "../../shared/api/filings.ts";
import { http } from "../http.ts";
import { supply } from "./moves.ts";
import { applicantOf, told } from "./whose.ts";

/** POST /filings/{filingNo}/proof · 补交证明: the papers that a commitment stood in for. */
export const handler = http(
  endpoints["filings.supply"],
  async ({ resident, params: { filingNo }, query: { tie }, body: { attachmentNos } }) => {
    const who = await applicantOf(resident, tie, "filings.supply");
    return told(await supply(who.personNo, filingNo, attachmentNos, who.by), who);
  },
);
