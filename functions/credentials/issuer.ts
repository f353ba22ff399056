import { randomBytes } from "node:crypto";
import { hexToBytes } from "@noble/hashes/utils.js";
import * as z from "zod";
import { statementDays } from "../../shared/credential/credential.ts";
import { type IssuerKey, type KeyPair, newKeyPair, publicKeyFrom, signerFrom } from "../../shared/credential/keys.ts";
import { algorithmNames } from "../../shared/credential/phone.ts";
import { type Algorithm, type Signer, seedLength } from "../../shared/credential/signature.ts";
import { addDays, type Day, dayInShanghai, daysBetween } from "../../shared/day.ts";
import { CalendarDay } from "../../shared/edge.ts";
import { now } from "../clock.ts";
import { config } from "../config.ts";
import { key, partition } from "../key.ts";
import { itemAt, itemsIn } from "../read.ts";
import { seal, unseal } from "../sealing.ts";
import { decideAndWrite, isNew, toPut, toUpdate, write } from "../write.ts";

/** 签发密钥 · one key of an area, its secret sealed with the data key, which KMS or the key file wraps. */
const StoredKey = z.object({
  area: z.string(),
  algorithm: z.enum(algorithmNames),
  no: z.int(),
  id: z.string(),
  publicKey: z.string(),
  secretSealed: z.string(),
  from: CalendarDay,
  /** The last day on which it signs. */
  until: CalendarDay.nullable(),
});
type StoredKey = z.output<typeof StoredKey>;

/** A key signs for so many days; then the next one does. Ours. */
export const keyDays = 90;
/** What the old key still signs while the new one is made known: a day, for whoever is in the middle of it. */
const overlapDays = 1;
/** A paper is good for a week, longer than a statement. */
const longestDays = Math.max(7, statementDays);

/** The wall-clock day: statements, papers and keys go by it. */
export const wallDay = (): Day => dayInShanghai(now());

/** All keys of an area and an algorithm, the newest first. */
const storedKeys = (area: string, algorithm: Algorithm): Promise<StoredKey[]> =>
  itemsIn(partition.issuerKeys(area, algorithm), StoredKey, { newestFirst: true });

const place = (area: string, algorithm: Algorithm, no: number) => `issuer key ${algorithm} ${no} of area ${area}`;

async function freshKey(area: string, algorithm: Algorithm, no: number, from: Day): Promise<StoredKey> {
  const { id, publicKey, secretKey } = newKeyPair(algorithm, randomBytes(seedLength));
  const secretSealed = await seal(secretKey, place(area, algorithm, no));
  return { area, algorithm, no, id, publicKey, secretSealed, from, until: null };
}

/** 轮换 · the next key, and the last day of the one before; where another function was faster its key is taken. */
async function nextKey(area: string, algorithm: Algorithm, last: StoredKey | undefined, on: Day): Promise<StoredKey> {
  const no = (last?.no ?? 0) + 1;
  const made = await freshKey(area, algorithm, no, on);
  return decideAndWrite(async (attempt) => {
    const [newest] = attempt === 1 ? [] : await storedKeys(area, algorithm);
    if (newest && newest.no >= no) return { answer: newest, steps: [] };
    const ends =
      last && toUpdate(key.issuerKey(area, algorithm, last.no), { set: { until: addDays(on, overlapDays) } });
    return {
      answer: made,
      steps: [toPut({ ...key.issuerKey(area, algorithm, no), ...made }, isNew), ...(ends ? [ends] : [])],
    };
  });
}

const signs = async ({ area, algorithm, no, secretSealed }: StoredKey): Promise<Signer> =>
  signerFrom({ algorithm, secretKey: await unseal(secretSealed, place(area, algorithm, no)) });

/** Who signs an area's statements today with an algorithm: made on first need, replaced every `keyDays`. */
export async function issuerOf(area: string, algorithm: Algorithm): Promise<Signer> {
  const on = wallDay();
  const keys = await storedKeys(area, algorithm);
  // A clock that is a second ahead has made tomorrow's key already: what names today bears one that is good today.
  const current = keys.find(({ from }) => from <= on);
  const isDue = keys[0] === current && (!current || daysBetween(current.from, on) >= keyDays);
  return signs(current && !isDue ? current : await nextKey(area, algorithm, keys[0], on));
}

/** Every key that an area ever had: which of them may have signed what, its days say. */
export async function issuerKeysOf(area: string): Promise<IssuerKey[]> {
  const all = await Promise.all(algorithmNames.map((algorithm) => storedKeys(area, algorithm)));
  return all.flat().map(({ publicKey, from, until }) => ({ ...publicKeyFrom(publicKey)!, area, from, until }));
}

/** Those of them whose statements or papers can still be good. */
export const stillGood = (keys: readonly IssuerKey[], on: Day): IssuerKey[] =>
  keys.filter(({ until }) => until === null || on <= addDays(until, longestDays));

const Root = z.object({
  algorithm: z.enum(algorithmNames),
  publicKey: z.string(),
  secretSealed: z.string(),
});
const rootPlace = "root of bundles";

/** 名单的根 · the key that desks pin: made once, for ever, in the algorithm of that day. */
export async function bundleRoot(): Promise<{ signer: Signer; publicKey: string }> {
  const standing = await itemAt(key.bundleRoot(), Root);
  if (standing) {
    const { algorithm, publicKey, secretSealed } = standing;
    return { publicKey, signer: signerFrom({ algorithm, secretKey: await unseal(secretSealed, rootPlace) }) };
  }
  const made: KeyPair = newKeyPair(config.credentialAlgorithm(), randomBytes(seedLength));
  const { algorithm, publicKey, secretKey } = made;
  const sealed = { algorithm, publicKey, secretSealed: await seal(secretKey, rootPlace) };
  const isFirst = await write(toPut({ ...key.bundleRoot(), ...sealed }, isNew));
  return isFirst ? { publicKey, signer: signerFrom(made) } : bundleRoot();
}

/** Hex as bytes. */
export const bytesOf = (hex: string): Uint8Array => hexToBytes(hex);
