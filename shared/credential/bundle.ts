import type { Day } from "../day.ts";
import { Refusal } from "../refusal.ts";
import { type Item, readCbor, writeCbor } from "./cbor.ts";
import { clockMinutes, mostOfflineHours } from "./credential.ts";
import { areaFrom, areaNo, dayFrom, dayNo, dayNoOrNone, dayOrNoneFrom, isBytes, isNumber } from "./fields.ts";
import { type IssuerKey, type PublicKey, schemes } from "./keys.ts";
import { type Filter, mostFilterBytes, saltLength } from "./revocation.ts";
import { algorithmOf, algorithms, messageOf, type Signer, signatureLength } from "./signature.ts";

/** 离线名单 · what a desk needs to check an area's codes with the network off, made daily. */
export interface Bundle {
  readonly area: string;
  /** Wall clock, in seconds since 1970; of two bundles the later one counts. */
  readonly madeAt: number;
  /** Every key whose statements may still be good: one that was replaced stays for as many days as they are. */
  readonly keys: readonly IssuerKey[];
  readonly revoked: Filter;
}

const version = 1;
const mostKeys = 16;

const fields = ({ area, madeAt, keys, revoked }: Bundle): Item[] => [
  version,
  areaNo(area),
  madeAt,
  keys.map((key) => [algorithms[key.algorithm].no, key.publicKey, dayNo(key.from), dayNoOrNone(key.until)]),
  revoked.salt,
  revoked.looks,
  revoked.bits,
];

/** The file of a bundle, signed by the key whose public half the desks were given. */
export function makeBundle(bundle: Bundle, root: Signer): Uint8Array {
  if (bundle.keys.some(({ area }) => area !== bundle.area)) throw new RangeError("a key of another area");
  const bytes = writeCbor([...fields(bundle), root.sign(messageOf("yb-bundle/1", fields(bundle)))]);
  if (bundleFrom(bytes) === null) throw new RangeError("facts of no bundle");
  return bytes;
}

/** `newest`: when the newest bundle was made that this desk has seen; an older one would bring back what was revoked since. */
export function readBundle(bytes: Uint8Array, root: PublicKey, now: number, newest = 0): Bundle {
  const read = bundleFrom(bytes);
  if (read === null) throw new Refusal("bundle-wrong", { detail: "不是名单，或不完整" });
  const { bundle, signature } = read;
  if (!schemes[root.algorithm].verify(root.publicKey, messageOf("yb-bundle/1", fields(bundle)), signature)) {
    throw new Refusal("bundle-wrong", { detail: "签名不对" });
  }
  if (bundle.madeAt < newest) throw new Refusal("bundle-wrong", { detail: "比已有的名单旧" });
  refuseStale(bundle, now);
  return bundle;
}

/** Refuses a bundle that is too old for this moment, or lies in its future: then the desk's clock is wrong. */
export function refuseStale({ madeAt }: Bundle, now: number): void {
  const age = now / 1000 - madeAt;
  if (age > mostOfflineHours * 3600) throw new Refusal("bundle-stale");
  if (age < -clockMinutes * 60) throw new Refusal("bundle-stale", { detail: "电脑时间比名单还早，请校准时间" });
}

function bundleFrom(bytes: Uint8Array): { bundle: Bundle; signature: Uint8Array } | null {
  const items = readCbor(bytes);
  if (!Array.isArray(items) || items.length !== 8) return null;
  const [no, areaItem, madeAt, keyItems, salt, looks, bits, signature]: (Item | undefined)[] = items;
  const area = areaFrom(areaItem);
  if (no !== version || area === null || !isNumber(madeAt, 0, 0xffffffff) || !isNumber(looks, 1, 30)) return null;
  if (!isBytes(salt, saltLength) || !isBytes(signature, signatureLength) || !Array.isArray(keyItems)) return null;
  if (!(bits instanceof Uint8Array) || bits.length < 1 || bits.length > mostFilterBytes) return null;
  const keys = keyItems.map((item: Item) => keyFrom(item, area)).filter((key) => key !== null);
  if (keys.length !== keyItems.length || keys.length > mostKeys) return null;
  return { bundle: { area, madeAt, keys, revoked: { salt, looks, bits } }, signature };
}

function keyFrom(item: Item, area: string): IssuerKey | null {
  if (!Array.isArray(item) || item.length !== 4) return null;
  const [no, publicKey, from, until]: (Item | undefined)[] = item;
  const algorithm = algorithmOf(no);
  const begins: Day | null = dayFrom(from);
  const ends = dayOrNoneFrom(until);
  if (algorithm === null || begins === null || ends === undefined) return null;
  if (!isBytes(publicKey, algorithms[algorithm].keyLength)) return null;
  return { algorithm, publicKey, area, from: begins, until: ends };
}
