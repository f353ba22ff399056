import { endpoints } from "../../shared/api/filings-agency.ts";
import { yearOf } from "../../shared/day.ts";
import { unitName } from "../callers/units.ts";
import { today } from "../clock.ts";
import { optionsFor } from "../filings/offers.ts";
import { filingsOf } from "../filings/store.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { factsOf } from "../people/facts.ts";
import { personWith } from "../people/find.ts";
import { servedPerson } from "../served.ts";
import { officersReply, personReply } from "./reply.ts";

/** POST /agency/filings/search · 查一个人的备案: by identity number, with a reason that is kept; what they can file for is told with it. */
export const handler = http(endpoints["filings-agency.find"], async ({ officer, body: { identityNumber, reason } }) => {
  await spendTry("filings-find", officer.officerNo);
  const personNo = await personWith(identityNumber);
  const profile = await servedPerson(officer, personNo, { call: "filings-agency.find", reason });
  const [filings, facts, place] = await Promise.all([
    filingsOf(personNo),
    factsOf(personNo, [yearOf(today())]),
    unitName(profile.village),
  ]);
  return {
    person: await personReply(profile, place),
    filings: await Promise.all(filings.map((one) => officersReply(one, profile, place, officer))),
    options: optionsFor(facts),
  };
});
