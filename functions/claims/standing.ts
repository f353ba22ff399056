import { Refusal } from "../../shared/refusal.ts";
import { key } from "../key.ts";
import { PersonYearItem } from "../people/year.ts";
import { itemsAt } from "../read.ts";
import { Encounter, ownEncounter } from "./encounters.ts";
import type { Standing } from "./settling.ts";
import { Claim, yearOfClaim } from "./store.ts";

export interface Named {
  readonly personNo: string;
  readonly encounterNo: string;
  readonly claimNo: string;
}

/** A claim of a provider with its encounter and the person's year, read together and consistently. */
export async function standingOf(
  { personNo, encounterNo, claimNo }: Named,
  providerCode: string | null,
): Promise<Standing> {
  const items = await itemsAt([
    key.claim(personNo, claimNo),
    key.encounter(encounterNo),
    key.personYear(personNo, yearOfClaim(claimNo)),
  ]);
  const at = ({ pk, sk }: { pk: string; sk: string }) => items.find((item) => item.pk === pk && item.sk === sk);
  const [claim, encounter, personYear] = [
    at(key.claim(personNo, claimNo)),
    at(key.encounter(encounterNo)),
    at(key.personYear(personNo, yearOfClaim(claimNo))),
  ];
  if (!claim || !personYear) throw new Refusal("not-found");
  const read = Claim.parse(claim);
  if (read.encounterNo !== encounterNo) throw new Refusal("not-found");
  return {
    claim: read,
    encounter: providerCode === null ? Encounter.parse(encounter) : ownEncounter(encounter, personNo, providerCode),
    personYear: PersonYearItem.parse(personYear),
  };
}
