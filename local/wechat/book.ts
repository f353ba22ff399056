import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { selfSigned } from "./certificate.ts";

/** An order of the local channel; states and kinds as WeChat Pay spells them, times in milliseconds, amounts in fen. */
export interface BookedTrade {
  readonly orderNo: string;
  readonly kind: "JSAPI" | "NATIVE" | "MWEB";
  readonly total: number;
  readonly description: string;
  readonly notifyUrl: string;
  /** As it was asked for; a second order call may not change it. */
  readonly timeExpire: string;
  readonly expiresAt: number;
  readonly openid: string;
  /** What its cashier page and its prepay_id are found by. */
  readonly token: string;
  state: "NOTPAY" | "SUCCESS" | "REFUND" | "CLOSED";
  transactionNo: string | null;
  paidAt: number | null;
}

export interface BookedRefund {
  readonly refundNo: string;
  readonly channelNo: string;
  readonly orderNo: string;
  readonly amount: number;
  readonly notifyUrl: string | null;
  readonly at: number;
  succeededAt: number | null;
}

/** A notification under way: its body is made once, each attempt signs it anew. */
export interface Delivery {
  readonly id: string;
  readonly orderNo: string;
  readonly url: string;
  readonly body: string;
  attempts: number;
  nextAt: number;
  state: "waiting" | "delivered" | "given-up" | "lost";
}

/** Everything that the channel remembers. */
export interface Book {
  readonly trades: Record<string, BookedTrade>;
  readonly refunds: Record<string, BookedRefund>;
  readonly deliveries: Record<string, Delivery>;
  save(): void;
}

/** 账本 · one JSON file, written whole after each change and moved into place, so a crash leaves the old one or the new. */
export function openBook(folder: string): Book {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "book.json");
  const kept: Omit<Book, "save"> = existsSync(path)
    ? JSON.parse(readFileSync(path, "utf8"))
    : { trades: {}, refunds: {}, deliveries: {} };
  return {
    ...kept,
    save: () => {
      writeFileSync(`${path}.new`, JSON.stringify(kept));
      renameSync(`${path}.new`, path);
    },
  };
}

/** A key that the channel signs with, named by a certificate's serial number or by a PUB_KEY_ID. */
export interface SigningKey {
  readonly id: string;
  readonly key: KeyObject;
}

interface KeptCertificate {
  readonly serial: string;
  readonly key: string;
  readonly pem: string;
  readonly from: number;
  until: number;
}

interface KeptKeys {
  readonly apiV3Key: string;
  readonly merchantSerial: string;
  readonly merchantKey: string;
  readonly publicKeyId: string;
  readonly publicKey: string;
  readonly certificates: KeptCertificate[];
}

/** The keys of both sides, made once and kept in a folder. */
export interface Keys {
  readonly kept: Readonly<KeptKeys>;
  /** The merchant's public key: what its requests are verified with. */
  readonly merchant: KeyObject;
  readonly publicKey: SigningKey;
  /** The newest certificate's key. */
  certificate(): SigningKey;
  /** 更换平台证书: a new certificate signs from now on; the one before stays on the list for a day. */
  rotate(at: Date): void;
}

const fiveYears = 5 * 366 * 86_400_000;
const oneDay = 86_400_000;

const newKey = () =>
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs8", format: "pem" }).toString();
// The first digit is below 8, so that the number is spelt the same in the certificate.
const newSerial = () => `5${randomBytes(20).toString("hex").slice(1).toUpperCase()}`;

function newCertificate(at: Date): KeptCertificate {
  const key = newKey();
  const serial = newSerial();
  const until = at.getTime() + fiveYears;
  return {
    serial,
    key,
    pem: selfSigned(createPrivateKey(key), serial, at, new Date(until)),
    from: at.getTime(),
    until,
  };
}

/** The keys of a folder, made where there are none. */
export function openKeys(folder: string, at: Date): Keys {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "keys.json");
  const save = (keys: KeptKeys) => writeFileSync(path, JSON.stringify(keys), { mode: 0o600 });
  if (!existsSync(path)) {
    save({
      apiV3Key: randomBytes(16).toString("hex"),
      merchantSerial: newSerial(),
      merchantKey: newKey(),
      publicKeyId: `PUB_KEY_ID_01${randomBytes(15).toString("hex")}`,
      publicKey: newKey(),
      certificates: [newCertificate(at)],
    });
  }
  const kept: KeptKeys = JSON.parse(readFileSync(path, "utf8"));
  return {
    kept,
    merchant: createPublicKey(kept.merchantKey),
    publicKey: { id: kept.publicKeyId, key: createPrivateKey(kept.publicKey) },
    certificate: () => {
      const { serial, key } = kept.certificates.at(-1)!;
      return { id: serial, key: createPrivateKey(key) };
    },
    rotate: (now) => {
      for (const one of kept.certificates) one.until = Math.min(one.until, now.getTime() + oneDay);
      kept.certificates.push(newCertificate(now));
      save(kept);
    },
  };
}
