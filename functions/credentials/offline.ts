import { createHash } from "node:crypto";
import * as z from "zod";
import type { OfflineUse } from "../../shared/api/credentials.ts";
import { type CaseKind, caseKindNames } from "../../shared/credential/case.ts";
import { Refusal, type RefusalCode } from "../../shared/refusal.ts";
import { recordProviderAccess } from "../audit.ts";
import { key } from "../key.ts";
import { toOutbox } from "../outbox.ts";
import { factsOf } from "../people/facts.ts";
import type { Provider } from "../providers/store.ts";
import { itemAt } from "../read.ts";
import { decideAndWrite, isNew, type Step, toPut } from "../write.ts";
import { newCase, openingCase } from "./case-store.ts";
import { firstOf, guessed, newUse, type Showing, showingOf } from "./decoding.ts";
import { allowedType, type ReadCode, readCode } from "./reading.ts";
import { keepUse, type Use } from "./uses-store.ts";

/** What became of a use that was handed in; the same one again is answered with it. */
const Kept = z.object({ result: z.enum(["kept", "known", ...caseKindNames]), useNo: z.string() });
type Kept = z.output<typeof Kept>;
type HandedIn = Kept | { readonly result: "refused"; readonly code: RefusalCode; readonly message: string };

/** So long is a use waited for: whoever hands in later was without a network for weeks. Ours. */
const mostDays = 30;

/**
 * 补报一次离线用码 · checked by the keys of then and kept once. A showing that was used somewhere else too, or shown after it was
 * revoked, is kept all the same, with a case for the officers: the care was given.
 */
export async function handIn(provider: Provider, use: OfflineUse, now: number): Promise<HandedIn> {
  try {
    if (use.at > now || now - use.at > mostDays * 86_400_000) throw new Refusal("use-time");
    const businessType = allowedType(provider, use.businessType);
    const found = await guessed(provider, () => readCode(use.text, provider, use.at));
    await recordProviderAccess(provider.code, found.credential.personNo, "offline-use");
    const hash = createHash("sha256")
      .update(JSON.stringify([provider.code, use.text, use.at]))
      .digest("base64url");
    return await decideAndWrite(async () => {
      const before = await handedIn(hash);
      if (before) return { answer: before, steps: [] };
      return keeping(found, hash, newUse(found, { provider, businessType, at: use.at, offline: true }));
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { result: "refused", code: error.code, message: error.sentence };
  }
}

const handedIn = (hash: string): Promise<Kept | null> => itemAt(key.handedIn(hash), Kept);

/** All that is written for a use: itself, that it was handed in, and a case where there is a doubt. */
async function keeping(found: ReadCode, hash: string, use: Use): Promise<{ answer: Kept; steps: Step[] }> {
  const { pseudonym, id, counter } = found;
  const before = counter === null ? null : await showingOf(pseudonym, id, counter);
  if (before && isSame(before, use)) {
    const answer: Kept = { result: "known", useNo: before.useNo };
    return { answer, steps: [remember(hash, answer, use)] };
  }
  const { useNo, personNo, on } = use;
  const doubt = doubtOf(found, before, use.at);
  const told = toOutbox([{ kind: "told", personNo, on, fact: { about: "code-used", useNo } }]);
  const answer: Kept = { result: doubt ?? "kept", useNo };
  const first = before ? [] : firstOf(found, use);
  const rest = [remember(hash, answer, use), told];
  if (doubt === null) return { answer, steps: [...first, ...keepUse(use), ...rest] };
  const { profile } = await factsOf(personNo, []);
  const one = newCase(profile, { kind: doubt, useNos: before ? [useNo, before.useNo] : [useNo] });
  return { answer, steps: [...first, ...keepUse({ ...use, caseNo: one.caseNo }), ...openingCase(one), ...rest] };
}

/** Read online, and noted by the same desk because the answer was lost: one use. */
const isSame = (before: Showing, { providerCode, businessType }: Use): boolean =>
  !before.offline && before.providerCode === providerCode && before.businessType === businessType;

function doubtOf({ endedAt }: ReadCode, before: Showing | null, at: number): CaseKind | null {
  if (before) return "counter-twice";
  return endedAt !== null && at > endedAt ? "after-revocation" : null;
}

const remember = (hash: string, kept: Kept, { expiresAt }: Use): Step =>
  toPut({ ...key.handedIn(hash), ...kept, expiresAt }, isNew);
