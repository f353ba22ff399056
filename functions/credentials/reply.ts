import type { Answer } from "../../shared/api/endpoint.ts";
import type { Endpoints } from "../../shared/api/endpoints.ts";
import { businessTypes, mostPhones } from "../../shared/credential/credential.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { profilesOf } from "../people/find.ts";
import type { Profile } from "../people/profile.ts";
import { findProvider } from "../providers/store.ts";
import type { Case } from "./case-store.ts";
import { coverUntilOf } from "./cover.ts";
import { type Credential, credentialOf, type Happening, happeningsOf } from "./store.ts";
import type { Use } from "./uses-store.ts";

type CredentialReply = Answer<Endpoints["credentials.mine"]>;
type UseReply = Answer<Endpoints["credentials.uses"]>["uses"][number];
type CaseReply = Answer<Endpoints["credentials.uses"]>["cases"][number];

const mostShown = 100;

/** A credential as the person sees it, who holds them, or an officer: to the last the officers have names. */
export async function credentialReply(
  { name, personNo }: Pick<Profile, "name" | "personNo">,
  { tieNo, toOfficer = false }: { tieNo: string | null; toOfficer?: boolean },
): Promise<CredentialReply> {
  const [credential, happenings, coverUntil] = await Promise.all([
    credentialOf(personNo),
    happeningsOf(personNo),
    coverUntilOf(personNo),
  ]);
  const history = happenings.slice(0, mostShown);
  const phones = credential?.phones ?? [];
  const guardians = await namesOf([
    ...phones.map(({ holderNo }) => holderNo),
    ...history.filter(({ by }) => by.hand === "guardian").map(({ by }) => by.no),
  ]);
  return {
    tieNo,
    name,
    state: credential?.state ?? "not-opened",
    held: credential?.suspendedBy === "officer",
    coverUntil,
    phones: phones.map(({ deviceNo, name: called, addedOn, holderNo }) => ({
      deviceNo,
      name: called,
      addedOn,
      guardian: holderNo === personNo ? null : (guardians.get(holderNo) ?? ""),
    })),
    mostPhones,
    history: history.map((one) => happeningReply(one, guardians, toOfficer)),
    algorithm: config.credentialAlgorithm(),
    now: now(),
  };
}

const namesOf = async (personNos: readonly string[]): Promise<Map<string, string>> =>
  new Map([...(await profilesOf(personNos))].map(([no, { name }]) => [no, name]));

const happeningReply = (
  { what, on, at, by, detail }: Happening,
  guardians: ReadonlyMap<string, string>,
  toOfficer: boolean,
): CredentialReply["history"][number] => ({
  what,
  on,
  at,
  by: by.hand,
  name: by.hand === "guardian" ? (guardians.get(by.no) ?? null) : toOfficer ? by.name : null,
  // What an officer gave as the reason is between officers.
  detail: by.hand === "officer" && !toOfficer ? "" : detail,
});

/** Uses as they are shown: providers by their names, phones by theirs. */
export async function usesReply(uses: readonly Use[], credential: Credential | null): Promise<UseReply[]> {
  const codes = [...new Set(uses.map(({ providerCode }) => providerCode))];
  const providers = new Map(
    await Promise.all(codes.map(async (code) => [code, (await findProvider(code))?.name ?? code] as const)),
  );
  return uses.map((use) => ({
    useNo: use.useNo,
    provider: providers.get(use.providerCode)!,
    businessType: use.businessType,
    purpose: businessTypes[use.businessType],
    at: use.at,
    offline: use.offline,
    weak: use.weak,
    phone: credential?.phones.find(({ deviceNo }) => deviceNo === use.id)?.name ?? null,
    caseNo: use.caseNo,
  }));
}

/** A case as the person sees it; no officer is named. */
export const caseReply = ({ caseNo, useNos, kind, words, state, filedOn, dueOn, outcome }: Case): CaseReply => ({
  caseNo,
  useNo: useNos[0] ?? null,
  kind,
  words,
  state,
  filedOn,
  dueOn,
  outcome: outcome && { on: outcome.on, reason: outcome.reason },
});
