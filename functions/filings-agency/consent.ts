import { endpoints } from "../../shared/api/filings-agency.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { telephoneShown } from "../people/reply.ts";
import { servedPerson } from "../served.ts";
import { validMinutes } from "../sign-in/codes.ts";
import { spendBudget } from "../sign-in/texts.ts";
import { sendAgentCode } from "./consent-code.ts";

/** POST /agency/people/{personNo}/filings/consent · 代办前发同意验证码: to the telephone on record; where there is none a signed paper is needed. */
export const handler = http(
  endpoints["filings-agency.consent"],
  async ({ officer, params: { personNo }, body: { destination } }) => {
    const profile = await servedPerson(officer, personNo, { call: "filings-agency.consent" });
    await spendTry("filing-code", `${officer.officerNo}#${personNo}`);
    await spendTry("filing-code-officer", officer.officerNo);
    await spendTry("filing-code-person", personNo);
    await spendBudget("known");
    await sendAgentCode(profile, officer, destination);
    return { telephone: await telephoneShown(profile), validMinutes };
  },
);
