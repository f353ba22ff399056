import { endpoints } from "../../shared/api/counter.ts";
import { identityNumberFaults, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { recordAccess } from "../audit.ts";
import { unitName } from "../callers/units.ts";
import { http } from "../http.ts";
import { spendTry } from "../limits.ts";
import { personNamed } from "../people/page.ts";
import { identityNumberShown, telephoneShown } from "../people/reply.ts";
import { mustServe } from "../served.ts";
import { accountsOf } from "../sign-in/accounts.ts";

/** POST /counter/people · 窗口找人: who shows a paper with this name and number. */
export const handler = http(endpoints["counter.find"], async ({ officer, body: { name, identityNumber } }) => {
  const read = readIdentityNumber(identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  await spendTry("counter-find", officer.officerNo);
  const { profile } = await personNamed(name, read.number);
  const { personNo } = profile;
  await recordAccess(officer, { personNo }, { call: "counter.find" });
  // Whoever lives elsewhere is answered like nobody, and was looked for all the same.
  mustServe(officer, [profile.village], "name-mismatch");
  const [place, accounts] = await Promise.all([unitName(profile.village), accountsOf(personNo)]);
  return {
    personNo,
    name: profile.name,
    identityNumber: await identityNumberShown(profile),
    unitName: place,
    deceased: profile.diedOn !== null,
    telephone: await telephoneShown(profile),
    telephoneConfirmedOn: profile.telephoneConfirmedOn,
    accounts: accounts.map(({ accountNo: _, ...told }) => told),
  };
});
