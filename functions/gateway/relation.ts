import { Refusal } from "../../shared/refusal.ts";
import { encountersOf } from "../claims/encounters.ts";
import { countMiss, wasShown } from "../providers/relation.ts";
import type { Provider } from "../providers/store.ts";

/**
 * 先有关系，再给数据 · throws unless a person showed a certificate to a provider within the day, or was treated there. Whether
 * there is such a person at all makes no difference to the answer.
 */
export async function mustBeRelated(provider: Provider, personNo: string, at: number): Promise<void> {
  if (await wasShown(provider, personNo, at)) return;
  const own = (await encountersOf(personNo)).some(
    (one) => one.providerCode === provider.code && one.state !== "cancelled",
  );
  if (own) return;
  await countMiss(provider);
  throw new Refusal("not-related");
}

/** The people that a message names, in whichever of its parts. */
export function peopleIn(input: object): string[] {
  const parts = Object.values(input).flat() as ({ personNo?: string | null } | null)[];
  return [...new Set(parts.flatMap((part) => part?.personNo ?? []))];
}
