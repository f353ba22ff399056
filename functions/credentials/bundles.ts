import { randomBytes } from "node:crypto";
import * as z from "zod";
import { makeBundle } from "../../shared/credential/bundle.ts";
import { makeFilter, saltLength } from "../../shared/credential/revocation.ts";
import { type Day, dayInShanghai } from "../../shared/day.ts";
import { now } from "../clock.ts";
import { expired, key, partition, shards } from "../key.ts";
import { itemAt, itemsIn } from "../read.ts";
import { toPut, write } from "../write.ts";
import { bundleRoot, bytesOf, issuerKeysOf, stillGood } from "./issuer.ts";

const Stored = z.object({ madeAt: z.int(), bytes: z.instanceof(Uint8Array), root: z.string() });

const Revoked = z.object({ id: z.string(), expiresAt: z.int() });

/** A bundle is made anew for whoever asks after so many minutes: so late at most does a desk hear of what was revoked. */
export const bundleMinutes = 5;

/** 离线名单 · the bundle of an area as it was last made, or made now; its day is the wall clock's. */
export async function bundleOf(area: string): Promise<{ on: Day; bytes: Uint8Array; root: string }> {
  const kept = await itemAt(key.bundle(area), Stored);
  const at = now();
  if (kept && at - kept.madeAt < bundleMinutes * 60_000 && at >= kept.madeAt) {
    return { on: dayInShanghai(kept.madeAt), bytes: kept.bytes, root: kept.root };
  }
  const made = await newBundle(area, at);
  // Whoever was slower says nothing wrong: both were made from what was true within these seconds.
  await write(toPut({ ...key.bundle(area), madeAt: at, ...made }));
  return { on: dayInShanghai(at), ...made };
}

async function newBundle(area: string, at: number): Promise<{ bytes: Uint8Array; root: string }> {
  const [keys, ids, { signer, publicKey }] = await Promise.all([
    issuerKeysOf(area),
    revokedIds(area, at),
    bundleRoot(),
  ]);
  const bundle = {
    area,
    madeAt: Math.floor(at / 1000),
    keys: stillGood(keys, dayInShanghai(at)),
    revoked: makeFilter(ids.map(bytesOf), randomBytes(saltLength)),
  };
  return { bytes: makeBundle(bundle, signer), root: publicKey };
}

/** Everything of an area that was revoked and could still be shown. */
async function revokedIds(area: string, at: number): Promise<string[]> {
  const found = await Promise.all(
    Array.from({ length: shards }, (_, shard) => revokedIn(partition.revocations(area, shard), at)),
  );
  return found.flat();
}

async function revokedIn(pk: string, at: number): Promise<string[]> {
  const revoked = await itemsIn(pk, Revoked);
  return revoked.filter((one) => !expired(one, at)).map(({ id }) => id);
}
