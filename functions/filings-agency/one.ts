import { endpoints } from "../../shared/api/filings-agency.ts";
import { yearOf } from "../../shared/day.ts";
import { unitName } from "../callers/units.ts";
import { today } from "../clock.ts";
import { optionsFor } from "../filings/offers.ts";
import { type Filing, filingsOf } from "../filings/store.ts";
import { http } from "../http.ts";
import { factsOf } from "../people/facts.ts";
import { officersReply } from "./reply.ts";
import { shownFiling } from "./store.ts";

/** GET /agency/people/{personNo}/filings/{filingNo} · 查看一个备案: it, the rules that count, and the person's other filings. */
export const handler = http(endpoints["filings-agency.one"], async ({ officer, params }) => {
  const { filing, profile } = await shownFiling(officer, params, "filings-agency.one");
  const [all, facts, place] = await Promise.all([
    filingsOf(profile.personNo),
    factsOf(profile.personNo, [yearOf(today())]),
    unitName(profile.village),
  ]);
  const reply = (one: Filing) => officersReply(one, profile, place, officer);
  return {
    filing: await reply(filing),
    options: optionsFor(facts),
    others: await Promise.all(all.filter(({ filingNo }) => filingNo !== filing.filingNo).map(reply)),
  };
});
