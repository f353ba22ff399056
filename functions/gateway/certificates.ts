import * as z from "zod";
import { normalName, readIdentityNumber } from "../../shared/person.ts";
import { Refusal } from "../../shared/refusal.ts";
import { cardHolder } from "../credentials/cards.ts";
import { tokenHolder } from "../credentials/tokens.ts";
import { key } from "../key.ts";
import { factsOf } from "../people/facts.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import type { Profile } from "../people/profile.ts";
import { mustBeAt } from "../read.ts";
import { lookupHash } from "../sealing.ts";
import type { Call } from "./transaction.ts";

/** 就诊凭证类型 · 01 医保电子凭证 (a token that a code was read for), 02 居民身份证, 03 社会保障卡. */
const certificates = { credential: "01", identityCard: "02", socialCard: "03" } as const;

/** 就诊凭证 · throws unless a certificate is this person's (null: nobody's); a token also has to be this provider's, and for this transaction. */
export async function mustHold(
  profile: Profile | null,
  { credentialKind, credentialNo }: { credentialKind: string; credentialNo: string },
  { provider, transaction }: Call,
): Promise<void> {
  switch (credentialKind) {
    case certificates.credential:
      if ((await tokenHolder(credentialNo, provider.code, transaction)) !== profile?.personNo)
        throw new Refusal("token-unknown");
      return;
    case certificates.socialCard:
      if (!profile || (await cardHolder(credentialNo)) !== profile.personNo) throw new Refusal("certificate-mismatch");
      return;
    case certificates.identityCard: {
      const read = readIdentityNumber(credentialNo);
      if (!profile) throw new Refusal("certificate-mismatch");
      const known = await wholeIdentityNumber(profile);
      if (!read.ok || read.number !== known) throw new Refusal("certificate-mismatch");
      return;
    }
    default:
      throw new Refusal("certificate-not-served");
  }
}

/** The number of the person whose certificate this is; a name that is given must agree. */
export async function personHolding(
  kind: string,
  number: string,
  name: string | undefined,
  { provider, transaction }: Call,
): Promise<string> {
  const personNo = await holderOf(kind, number, () => tokenHolder(number, provider.code, transaction));
  if (name !== undefined && normalName((await factsOf(personNo, [])).profile.name) !== normalName(name))
    throw new Refusal("name-mismatch");
  return personNo;
}

async function holderOf(kind: string, number: string, byToken: () => Promise<string>): Promise<string> {
  if (kind === certificates.credential) return byToken();
  if (kind === certificates.socialCard) {
    const holder = await cardHolder(number);
    if (holder === null) throw new Refusal("person-not-found");
    return holder;
  }
  if (kind !== certificates.identityCard) throw new Refusal("certificate-not-served");
  const read = readIdentityNumber(number);
  if (!read.ok) throw new Refusal("identity-number");
  const at = key.identityNumber(await lookupHash("identity-number", read.number));
  const found = await mustBeAt(at, z.object({ personNo: z.string() }), "person-not-found", { consistent: false });
  return found.personNo;
}
