import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import type { Day } from "../../shared/day.ts";
import { within } from "../../shared/org.ts";
import type { Officer } from "../callers/officers.ts";
import { key } from "../key.ts";
import { profilesOf } from "../people/find.ts";
import type { Profile } from "../people/profile.ts";
import { itemsAt } from "../read.ts";
import { usesReply } from "./reply.ts";
import { Use, usesAt } from "./uses-store.ts";

type Usage = Answer<Endpoints["credentials-agency.usage"]>;
const keysAtOnce = 100;

/** What a provider read on a day, of people of the officer's area, the newest first. */
export async function shownUses(
  officer: Officer,
  providerCode: string,
  on: Day,
): Promise<{ profile: Profile; reply: Usage["uses"][number] }[]> {
  const places = await usesAt(providerCode, on);
  const uses: Use[] = [];
  for (let from = 0; from < places.length; from += keysAtOnce) {
    const some = places.slice(from, from + keysAtOnce);
    const items = await itemsAt(some.map(({ personNo, useNo }) => key.use(personNo, useNo)));
    uses.push(...items.map((item) => Use.parse(item)));
  }
  const profiles = await profilesOf(uses.map(({ personNo }) => personNo));
  const shown = uses
    .filter(({ personNo }) => within(profiles.get(personNo)?.village ?? "", officer.unit))
    .sort((a, b) => b.at - a.at);
  const replies = await usesReply(shown, null);
  return shown.map(({ personNo }, i) => {
    const profile = profiles.get(personNo)!;
    return { profile, reply: { ...replies[i]!, name: profile.name, personNo } };
  });
}

/** How often for which purpose. */
export function countsOf(uses: Usage["uses"]): Usage["counts"] {
  const counts = new Map<string, Usage["counts"][number]>();
  for (const { purpose, offline, weak } of uses) {
    const before = counts.get(purpose) ?? { purpose, online: 0, offline: 0, weak: 0 };
    counts.set(purpose, {
      purpose,
      online: before.online + (offline ? 0 : 1),
      offline: before.offline + (offline ? 1 : 0),
      weak: before.weak + (weak ? 1 : 0),
    });
  }
  return [...counts.values()].sort((a, b) => (a.purpose < b.purpose ? -1 : 1));
}
