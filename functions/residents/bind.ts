import { endpoints } from "../../shared/api/residents.ts";
import { identityNumberFaults, maskName, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { networksOf } from "../address.ts";
import { http } from "../http.ts";
import { returnTry, ringTry, spendTry } from "../limits.ts";
import { toldOnOldWay } from "../people/old-way.ts";
import { personNamed } from "../people/page.ts";
import { lookupHash } from "../sealing.ts";
import { bindAccount } from "../sign-in/accounts.ts";

/** POST /me/person · 绑定本人: name and identity number must agree; after five failures a pause. */
export const handler = http(
  endpoints["residents.bind"],
  async ({ resident, address, body: { name, identityNumber } }) => {
    const read = readIdentityNumber(identityNumber);
    if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
    await spendTry("bind", resident.accountNo);
    await spendTry("bind-day", resident.accountNo);
    const from = await lookupHash("address", networksOf(address).own);
    await spendTry("bind-address", from);
    // Many tries at one number are a sign, and no reason to keep its owner out.
    await ringTry("bind-number", await lookupHash("identity-number", read.number), "go on");
    const { profile } = await personNamed(name, read.number);
    if (profile.diedOn) throw new Refusal("deceased");
    await bindAccount(resident.account, profile.personNo, [toldOnOldWay(profile, "bound")]);
    // One try is given back, not all: who is bound already must not wipe out guesses at others.
    await Promise.all([
      returnTry("bind", resident.accountNo),
      returnTry("bind-day", resident.accountNo),
      returnTry("bind-address", from),
    ]);
    return { name: maskName(profile.name) };
  },
);
