import * as z from "zod";
import type { BusinessType } from "../../shared/credential/credential.ts";
import { dayInShanghai } from "../../shared/day.ts";
import { momentOn } from "../../shared/gateway/moment.ts";
import { readIdentityNumber } from "../../shared/person.ts";
import { Refusal, type RefusalCode } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { key } from "../key.ts";
import { limit, spendTry } from "../limits.ts";
import { toOutbox } from "../outbox.ts";
import { factsOf } from "../people/facts.ts";
import { wholeIdentityNumber } from "../people/identity-number.ts";
import type { Profile } from "../people/profile.ts";
import { findProvider, type Provider } from "../providers/store.ts";
import { itemAt } from "../read.ts";
import { decideAndWrite, isNew, type Step, toCheck, toPut, unchanged } from "../write.ts";
import { allowedType, mustBeGood, type ReadCode, readCode } from "./reading.ts";
import { keepToken, tokenOf } from "./tokens.ts";
import { keepUse, keptUntil, newUseNo, type Use } from "./uses-store.ts";

/** 出示 · one showing of a phone's code, and the first that read it. */
export const Showing = z.object({
  personNo: z.string(),
  useNo: z.string(),
  providerCode: z.string(),
  businessType: z.string(),
  at: z.int(),
  offline: z.boolean(),
});
export type Showing = z.output<typeof Showing>;

/** Codes that a provider reads in a minute: a large hospital's windows at their busiest read a tenth. */
const perMinute = 600;

/** What somebody who makes codes up would hear; each time costs the provider a try. */
const guesses: readonly RefusalCode[] = ["code-unreadable", "code-issuer-unknown", "code-signature"];

/** The first use of a showing, or null. */
export const showingOf = (pseudonym: string, deviceNo: string, counter: number): Promise<Showing | null> =>
  itemAt(key.showing(pseudonym, deviceNo, counter), Showing);

/** The write that makes a use the first of its showing; of two at once one is written. */
export const firstOf = ({ pseudonym, id, counter }: ReadCode, showing: Showing): Step[] =>
  counter === null
    ? []
    : [
        toPut(
          {
            ...key.showing(pseudonym, id, counter),
            ...Showing.parse(showing),
            expiresAt: keptUntil(showing.at),
          },
          isNew,
        ),
      ];

/** When and where a code was used, for whoever reads it a second time. */
async function usedBefore({ providerCode, at }: Showing): Promise<Refusal> {
  const name = (await findProvider(providerCode))?.name ?? providerCode;
  return new Refusal("code-used", { detail: `${momentOn(dayInShanghai(at), at)}，${name}` });
}

/** What a provider asks: to read a text for a business type; of a printed code with the number of the identity card that it saw. */
interface Asked {
  readonly text: string;
  readonly businessType: string;
  readonly identityNumber: string | null;
}

/** Whom a code is of, and what stands for them in the gateway. */
export interface Decoded {
  readonly profile: Profile;
  readonly identityNumber: string;
  readonly ecToken: string;
  readonly useNo: string;
}

/** 解码 · reads a code once for one purpose; the same provider's same question is answered alike while the code is good. */
export async function decode(provider: Provider, asked: Asked, at: number): Promise<Decoded> {
  limit("decoder", provider.code, perMinute);
  const businessType = allowedType(provider, asked.businessType);
  const found = await guessed(provider, () => readCode(asked.text, provider, at));
  await mustBeGood(found);
  const { profile } = await factsOf(found.credential.personNo, []);
  if (profile.diedOn) throw new Refusal("deceased");
  const identityNumber = await wholeIdentityNumber(profile);
  if (found.weak) await guessed(provider, async () => mustBeSeen(asked.identityNumber, identityNumber));
  const before = await answeredBefore(found, provider, businessType);
  const useNo = before?.useNo ?? (await firstUse(found, { provider, businessType, profile, at }));
  return { profile, identityNumber, useNo, ecToken: await tokenOf(profile.poolingArea, useNo) };
}

/** The same showing, read before: its use where this provider asks the same again, else a refusal that says where it was. */
async function answeredBefore(
  { pseudonym, id, counter }: ReadCode,
  provider: Provider,
  businessType: BusinessType,
): Promise<Showing | null> {
  const before = counter === null ? null : await showingOf(pseudonym, id, counter);
  if (!before) return null;
  const isSame = before.providerCode === provider.code && before.businessType === businessType && !before.offline;
  if (!isSame) throw await usedBefore(before);
  return before;
}

async function firstUse(
  found: ReadCode,
  {
    provider,
    businessType,
    profile,
    at,
  }: { provider: Provider; businessType: BusinessType; profile: Profile; at: number },
): Promise<string> {
  await spendTry("code-person", found.pseudonym);
  return decideAndWrite(async () => {
    const before = await answeredBefore(found, provider, businessType);
    if (before) return { answer: before.useNo, steps: [] };
    const use = newUse(found, { provider, businessType, at, offline: false });
    const { useNo, personNo } = use;
    const token = await tokenOf(profile.poolingArea, useNo);
    const given = { providerCode: provider.code, personNo, businessType, useNo };
    const told = toOutbox([{ kind: "told", personNo, on: use.on, fact: { about: "code-used", useNo } }]);
    const steps = [...firstOf(found, use), stillGood(found), ...keepUse(use), keepToken(token, given, at), told];
    return { answer: useNo, steps };
  });
}

/** A use as it is kept. */
export const newUse = (
  { credential, id, weak }: ReadCode,
  {
    provider,
    businessType,
    at,
    offline,
  }: { provider: Provider; businessType: BusinessType; at: number; offline: boolean },
): Use => ({
  useNo: newUseNo(at),
  personNo: credential.personNo,
  providerCode: provider.code,
  businessType,
  at,
  on: today(),
  offline,
  weak,
  id,
  caseNo: null,
  expiresAt: keptUntil(at),
});

/** Nothing changed at the credential since it was read: a suspension and a reading never pass each other by. */
const stillGood = ({ credential: { personNo, version } }: ReadCode): Step => ({
  ...toCheck(key.credential(personNo), unchanged(version)),
  refusal: () => new Refusal("try-again"),
});

/** What stands behind a code that cannot be believed counts as a guess of the provider. */
export async function guessed<T>(provider: Provider, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Refusal && [...guesses, "paper-needs-card"].includes(error.code)) {
      await spendTry("code-guess", provider.code);
    }
    throw error;
  }
}

/** Throws unless whoever reads a paper saw the identity card of the same person. */
function mustBeSeen(typed: string | null, identityNumber: string): void {
  const read = readIdentityNumber(typed ?? "");
  if (!read.ok || read.number !== identityNumber) throw new Refusal("paper-needs-card");
}
