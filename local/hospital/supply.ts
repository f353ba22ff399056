import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ProviderEntry, Supply } from "../../hospital/keys.ts";
import type { Patient, Sold } from "../../hospital/visit.ts";
import { versionOn } from "../../shared/catalogue/catalogue.ts";
import { type Day, day } from "../../shared/day.ts";
import { catalogueItems } from "../county/catalogue.ts";
import { households } from "../county/people.ts";
import { personas } from "../county/personas.ts";
import { demonstrationKey, demonstrationProviders } from "../county/providers.ts";
import { dataFolder } from "../environment.ts";

const noCap = 30_000_000;
const insuredArea = "370600";

/** How many people the local system was started with; null where there is none on this machine. */
function localPeople(): number | null {
  const [made, keys] = [join(dataFolder, "made-with.json"), join(dataFolder, "providers.key")];
  return existsSync(made) && existsSync(keys) ? Number(JSON.parse(readFileSync(made, "utf8")).people) : null;
}

/** The providers in force of a local start with their keys; null where nothing was started here. */
function localProviders(): ProviderEntry[] | null {
  if (localPeople() === null) return null;
  return demonstrationProviders
    .filter(({ state }) => state === "in-force")
    .map(({ code, name, services }) => ({ code, name, services, algorithm: "HMAC-SM3", ...demonstrationKey(code) }));
}

/** Some of the demonstration's people by their identity cards: the first so many of the city, but not those to sign in as. */
function localPatients(most: number): Patient[] {
  const found: Patient[] = [];
  let household = 0;
  for (const { people } of households(localPeople() ?? 0)) {
    household += 1;
    if (household <= personas.length) continue;
    const living = people.filter((one) => one.poolingArea === insuredArea && !one.diedOn);
    found.push(...living.map(({ identityNumber }) => ({ identityNumber })));
    if (found.length >= most) break;
  }
  return found.slice(0, most);
}

/** The services that a provider of the demonstration has opened. */
export const servicesOf = (code: string) => demonstrationProviders.find((one) => one.code === code)?.services ?? [];

/** What the demonstration's hospitals sell: what its catalogue has from the start for so many people, near the caps. */
export function demonstrationItems(people = Math.min(localPeople() ?? 0, 500), on: Day = day("2025-11-20")): Sold[] {
  return [...catalogueItems(people)].flatMap((item): Sold[] => {
    const version = versionOn(item, on);
    if (!version || version.class === null) return [];
    const { priceCaps } = version;
    return [{ code: item.code, price: priceCaps?.all ?? priceCaps?.secondary ?? noCap }];
  });
}

/** What the hospital kit starts from beside a local start. */
export const localSupply: Supply = { providers: localProviders, patients: localPatients, items: demonstrationItems };
