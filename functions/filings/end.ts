import { endpoints } from "../../shared/api/filings.ts";
import { http } from "../http.ts";
import { end } from "./moves.ts";
import { applicantOf, told } from "./whose.ts";

/** POST /filings/{filingNo}/end · 撤回或结束备案: what did not count yet is withdrawn, what is in force ends today. */
export const handler = http(endpoints["filings.end"], async ({ resident, params: { filingNo }, query: { tie } }) => {
  const who = await applicantOf(resident, tie, "filings.end");
  return told(await end(who.personNo, filingNo, who.by), who);
});
