import { endpoints } from "../../shared/api/filings.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { draft, requested } from "./apply.ts";
import { applicantOf, consentOf, told } from "./whose.ts";

/** POST /filings · 填写备案: a draft for oneself or a dependant; what would be refused later is refused now. */
export const handler = http(endpoints["filings.draft"], async ({ resident, query: { tie }, body }) => {
  const who = await applicantOf(resident, tie, "filings.draft");
  const asked = { ...body, personNo: who.personNo, by: who.by, consent: consentOf(who) };
  const standing = await requested(asked);
  if (!standing) await spendTry("filing", resident.accountNo);
  return told(standing ?? (await draft(asked)), who);
});
