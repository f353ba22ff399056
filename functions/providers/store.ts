import { randomBytes } from "node:crypto";
import * as z from "zod";
import { CalendarDay } from "../../shared/edge.ts";
import { unitPath } from "../../shared/org.ts";
import { agreementStateNames, providerEventNames } from "../../shared/provider/agreement.ts";
import { Levels, Services } from "../../shared/provider/fields.ts";
import { keyAlgorithms } from "../../shared/provider/keys.ts";
import { type ProviderKind, readProviderCode } from "../../shared/provider/provider.ts";
import { Refusal } from "../../shared/refusal.ts";
import { OfficerHand } from "../hand.ts";
import { indexKey } from "../index-key.ts";
import { beginning, key, partition } from "../key.ts";
import { randomText } from "../numbers.ts";
import { firstUnder, itemAt, itemsIn } from "../read.ts";
import { seal, unseal } from "../sealing.ts";
import { codesBelow } from "../worklist.ts";
import { type Action, isNew, type Step, toPut, toRemove, unchanged, writeTogether } from "../write.ts";

const Terms = Levels.extend({ from: CalendarDay, services: Services });
const State = z.enum(agreementStateNames);

/** 定点医药机构 · the stored shape: `Provider` of the law, the officers of each step, and the version that writes name. */
export const Provider = z.object({
  code: z.string(),
  name: z.string(),
  kind: z.enum(["hospital", "pharmacy"]),
  county: z.string(),
  poolingArea: z.string(),
  ownership: z.enum(["public", "private"]),
  reformed: z.boolean(),
  address: z.string(),
  telephone: z.string(),
  terms: z.array(Terms),
  agreement: z.object({
    state: State,
    from: CalendarDay.nullable(),
    until: CalendarDay.nullable(),
    history: z.array(z.object({ on: CalendarDay, state: State, until: CalendarDay.nullable() })),
  }),
  /** Who recorded the application, evaluated it and decided on it. */
  hands: z.object({
    applied: OfficerHand.nullable(),
    evaluated: OfficerHand.nullable(),
    decided: OfficerHand.nullable(),
  }),
  version: z.int(),
  /** Whose request made this version, so that the same one again is answered and not repeated. */
  last: z.object({ officerNo: z.string(), request: z.string() }),
});
export type Provider = z.output<typeof Provider>;

/** 机构密钥 · one key of a provider: a secret of ours, sealed, or its own public key. Times in wall-clock milliseconds. */
export const ProviderKey = z.object({
  keyNo: z.string(),
  algorithm: z.enum(keyAlgorithms),
  secretSealed: z.string().nullable(),
  publicKey: z.string().nullable(),
  from: z.int(),
  until: z.int().nullable(),
  issuedBy: OfficerHand,
});
export type ProviderKey = z.output<typeof ProviderKey>;

/** 经过 · one thing that happened to a provider: who, when, why, and what it led to. */
export const Happening = z.object({
  version: z.int(),
  event: z.enum(providerEventNames),
  on: CalendarDay,
  at: z.int(),
  by: OfficerHand.extend({ unit: z.string() }),
  reason: z.string(),
  state: State.nullable(),
  terms: Terms.nullable(),
  keyNo: z.string().nullable(),
  /** 复核人 · who agreed, where it took two hands. */
  agreedBy: OfficerHand.optional(),
});
export type Happening = z.output<typeof Happening>;

/** What a code says, or a refusal. */
export function readCode(code: string): { kind: ProviderKind; county: string } {
  const read = readProviderCode(code);
  if (!read) throw new Refusal("provider-code");
  return read;
}

/** A provider by its code, or null. */
export async function findProvider(code: string): Promise<Provider | null> {
  readCode(code);
  return itemAt(key.provider(code), Provider);
}

/** A provider by its code, or a refusal. */
export async function providerOf(code: string): Promise<Provider> {
  const found = await findProvider(code);
  if (!found) throw new Refusal("provider-unknown");
  return found;
}

/** A provider with its keys in one read, as every message of its own needs it; or a refusal. */
export async function providerWithKeys(code: string): Promise<{ provider: Provider; keys: ProviderKey[] }> {
  readCode(code);
  const items = await itemsIn(partition.provider(code), z.looseObject({ sk: z.string() }));
  const isKey = ({ sk }: { sk: string }) => sk.startsWith(beginning.providerKey);
  const profile = items.find((item) => !isKey(item));
  if (!profile) throw new Refusal("provider-unknown");
  return { provider: Provider.parse(profile), keys: items.filter(isKey).map((item) => ProviderKey.parse(item)) };
}

/** What happened to a provider, the newest first. */
export async function historyOf(code: string, most = 100): Promise<Happening[]> {
  const newest = { partition: partition.providerHistory(code), newestFirst: true };
  return (await firstUnder(newest, Happening, most)).items;
}

/** The providers of a city or county that are wanted, by county and code, a page at a time after one of them. */
export async function listProviders(
  unit: string,
  { wanted, after, most }: { wanted: (provider: Provider) => boolean; after: string | undefined; most: number },
): Promise<{ providers: Provider[]; more: boolean }> {
  const { items: providers, more } = await firstUnder(
    {
      of: "index",
      partition: partition.providers(unitPath(unit).at(-1)!),
      beginning: codesBelow(unit),
      ...(after && { after: { ...key.provider(after), ...indexKey.provider(readCode(after).county, after) } }),
    },
    Provider,
    most,
    wanted,
  );
  return { providers, more };
}

/** Every item of a provider: where it stands, and where it is listed. */
export const providerItem = (provider: Provider): Record<string, unknown> => ({
  ...key.provider(provider.code),
  ...indexKey.provider(provider.county, provider.code),
  ...provider,
});

export const happeningItem = (code: string, happening: Happening): Record<string, unknown> => ({
  ...key.providerEvent(code, happening.version),
  ...happening,
});

/** What the secret of a key is sealed for. */
export const keyPlace = (code: string, keyNo: string): string => `key ${keyNo} of provider ${code}`;

export const keyItem = (code: string, one: ProviderKey): Record<string, unknown> => ({
  ...key.providerKey(code, one.keyNo),
  ...one,
});

/** What signatures of a key are checked with: the secret in hex, or the public key in hex. */
export async function knownOf(code: string, { keyNo, secretSealed, publicKey }: ProviderKey): Promise<string> {
  if (secretSealed !== null) return unseal(secretSealed, keyPlace(code, keyNo));
  if (publicKey !== null) return publicKey;
  throw new Error(`key ${keyNo} of provider ${code} holds nothing`);
}

/** A new secret of 32 bytes in hex, and the key that holds it sealed. */
export async function newSecret(code: string): Promise<{ keyNo: string; secret: string; secretSealed: string }> {
  const keyNo = newKeyNo();
  const secret = randomBytes(32).toString("hex");
  return { keyNo, secret, secretSealed: await seal(secret, keyPlace(code, keyNo)) };
}

/** Twelve characters at random. */
export const newKeyNo = (): string => randomText(12);

/** The write of a key as it is now. */
export const keyPut = (code: string, one: ProviderKey): Action => toPut(keyItem(code, one));

/** The write that takes a key out which ended long ago; the history still tells of it. */
export const keyDelete = (code: string, { keyNo }: ProviderKey): Action => toRemove(key.providerKey(code, keyNo));

/**
 * Writes a provider in its next version, with what happened; `before` is what was read, null where there was nothing. Of
 * two officers at once one is told that the other was faster.
 */
export async function keepProvider(
  before: Provider | null,
  after: Provider,
  happening: Omit<Happening, "version">,
  others: readonly Action[] = [],
): Promise<Provider> {
  const { kept, steps } = keeping(before, after, happening);
  await writeTogether([...steps, ...others]);
  return kept;
}

/** The writes of it, for whoever has more to write with them. */
export function keeping(
  before: Provider | null,
  after: Provider,
  happening: Omit<Happening, "version">,
): { kept: Provider; steps: readonly Step[] } {
  const version = (before?.version ?? 0) + 1;
  const kept = { ...after, version };
  const refusal = () => new Refusal(before ? "provider-changed" : "provider-exists");
  return {
    kept,
    steps: [
      { ...toPut(providerItem(kept), unchanged(before?.version ?? 0)), refusal },
      { ...toPut(happeningItem(after.code, { ...happening, version }), isNew), refusal },
    ],
  };
}
