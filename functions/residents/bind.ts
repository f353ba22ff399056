import { endpoints } from "../../shared/api/residents.ts";
import { identityNumberFaults, maskName, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { http } from "../http.ts";
import { forgetTries, spendTry } from "../limits.ts";
import { personNamed } from "../people/page.ts";
import { lookupHash } from "../sealing.ts";
import { bindAccount } from "../sign-in/accounts.ts";

/** POST /me/person · 绑定本人: name and identity number must agree; after five failures a pause. */
export const handler = http(endpoints["residents.bind"], async ({ resident, body: { name, identityNumber } }) => {
  const read = readIdentityNumber(identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  await spendTry("bind", resident.accountNo);
  await spendTry("bind-number", await lookupHash("identity-number", read.number));
  const { profile } = await personNamed(name, read.number);
  if (profile.diedOn) throw new Refusal("deceased");
  await bindAccount(resident.account, profile.personNo);
  await forgetTries("bind", resident.accountNo);
  return { name: maskName(profile.name) };
});
