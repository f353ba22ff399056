import type * as z from "zod";
import type { Whom } from "../../shared/api/contributions.ts";
import { identityNumberFaults, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { agreedDependant } from "../family/store.ts";
import { spendTry } from "../limits.ts";
import { type PersonPage, personNamed, personPage } from "../people/page.ts";

/** The person whose contribution is asked for: the payer's own, an agreed dependant, or one whose name and number agree. */
export async function personOf(
  whom: z.output<typeof Whom>,
  payer: { accountNo: string; personNo: string },
): Promise<PersonPage> {
  if (whom.who === "self") return alive(await personPage(payer.personNo));
  if (whom.who === "member") return alive(await personPage(await agreedDependant(whom.tieNo, payer.personNo)));
  const read = readIdentityNumber(whom.identityNumber);
  if (!read.ok) throw new Refusal("identity-number", { detail: identityNumberFaults[read.why] });
  await spendTry("look-up", payer.accountNo);
  return alive(await personNamed(whom.name, read.number));
}

function alive(page: PersonPage): PersonPage {
  if (page.profile.diedOn) throw new Refusal("deceased");
  return page;
}
