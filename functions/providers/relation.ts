import * as z from "zod";
import { dayInShanghai } from "../../shared/day.ts";
import { askingOf, isMany } from "../../shared/provider/people.ts";
import { termsOn } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { today } from "../clock.ts";
import { expired, key } from "../key.ts";
import { mustHaveTry, spendTry } from "../limits.ts";
import { ring } from "../log.ts";
import { itemAt } from "../read.ts";
import { compared, either, isNew, toPut, toUpdate, write } from "../write.ts";
import type { Provider } from "./store.ts";

/** So long after a certificate was shown may a provider ask for the person without it: a day, by the wall clock. */
const oneDay = 24 * 3600;

/** 出示过 · was a certificate of a person shown to a provider within the day? */
export async function wasShown({ code }: Provider, personNo: string, at: number): Promise<boolean> {
  const shown = await itemAt(key.shownTo(personNo, code), z.object({ expiresAt: z.int() }));
  return shown !== null && !expired(shown, at);
}

/** 出示 · keeps that a certificate was shown. Each person counts once in a day; of too many the next one is refused. */
export async function shownTo(provider: Provider, personNo: string, at: number): Promise<void> {
  if (await wasShown(provider, personNo, at)) return;
  await countPerson(provider, at);
  await write(toPut({ ...key.shownTo(personNo, provider.code), expiresAt: Math.floor(at / 1000) + oneDay }));
}

/** Two at once may count one person twice: that is a little too many, never too few. */
async function countPerson(provider: Provider, at: number): Promise<void> {
  const asking = limitsOf(provider);
  const place = key.limit("provider-people", `${provider.code}#${dayInShanghai(at)}`);
  const change = { add: { people: 1 }, once: { expiresAt: Math.floor(at / 1000) + 2 * oneDay } };
  const mayAsk = either(isNew, compared("people", "<", asking.peopleADay));
  if (!(await write(toUpdate(place, change, mayAsk)))) {
    ring("too-many-people", { provider: provider.code, people: asking.peopleADay });
    throw new Refusal("too-many-people", { detail: `一天最多${asking.peopleADay}人` });
  }
  const { people } = (await itemAt(place, z.object({ people: z.int() }), { consistent: false })) ?? { people: 0 };
  if (isMany(people, asking)) ring("many-people", { provider: provider.code, people });
}

/** Throws where a provider asked for so many that are nobody's that it is not even told who is somebody. */
export const mustNotGuess = (provider: Provider): Promise<void> =>
  mustHaveTry("provider-lookup", provider.code, limitsOf(provider).missesAnHour);

/** Counts somebody whom a provider asked for and who is nobody, or nobody of its own. */
export async function countMiss(provider: Provider): Promise<void> {
  try {
    await spendTry("provider-lookup", provider.code, limitsOf(provider).missesAnHour);
  } catch (error) {
    ring("many-misses", { provider: provider.code });
    throw error;
  }
}

const limitsOf = (provider: Provider) =>
  askingOf({ kind: provider.kind, real: termsOn(provider, today())?.real ?? null });
