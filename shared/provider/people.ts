import { type HospitalLevel, hospitalLevels, type ProviderKind } from "./provider.ts";

/** 问人的限度 · how many different people a provider may ask for in a day, and how many numbers that are nobody's in an hour. */
interface Asking {
  readonly peopleADay: number;
  readonly missesAnHour: number;
}

/**
 * Assumed: no document says how many. Each is some times what a busy house of the kind sees of residents in a day, so that
 * none is stopped who treats, and whoever walks through a register is.
 */
const asking = {
  pharmacy: { peopleADay: 500, missesAnHour: 60 },
  small: { peopleADay: 1_000, missesAnHour: 120 },
  secondary: { peopleADay: 5_000, missesAnHour: 300 },
  tertiary: { peopleADay: 20_000, missesAnHour: 1_000 },
} as const satisfies Record<string, Asking>;

/** From this part of its people on, each further one rings. */
const ringing = 0.5;

/** The limits of a provider; one without a level that says more is a small house. */
export function askingOf({ kind, real }: { readonly kind: ProviderKind; readonly real: HospitalLevel | null }): Asking {
  if (kind === "pharmacy") return asking.pharmacy;
  const level = real && hospitalLevels[real].level;
  return level === "tertiary" || level === "secondary" ? asking[level] : asking.small;
}

/** Are these so many people that somebody should look? */
export const isMany = (people: number, { peopleADay }: Asking): boolean => people >= peopleADay * ringing;
