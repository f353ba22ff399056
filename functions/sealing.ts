import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { DecryptCommand, EncryptCommand, KMSClient } from "@aws-sdk/client-kms";
import * as z from "zod";
import { config } from "./config.ts";
import { key } from "./key.ts";
import { itemAt } from "./read.ts";
import { isNew, toPut, write } from "./write.ts";

/** Wraps and unwraps data keys: KMS on AWS, a key file elsewhere. */
interface Wrapper {
  wrap(plain: Buffer): Promise<Buffer>;
  unwrap(wrapped: Buffer): Promise<Buffer>;
}

const context = { purpose: "resident-insurance data key" };

function kmsWrapper(keyId: string): Wrapper {
  const kms = new KMSClient();
  return {
    async wrap(plain) {
      const { CiphertextBlob } = await kms.send(
        new EncryptCommand({ KeyId: keyId, Plaintext: plain, EncryptionContext: context }),
      );
      return Buffer.from(CiphertextBlob!);
    },
    async unwrap(wrapped) {
      const { Plaintext } = await kms.send(
        new DecryptCommand({ KeyId: keyId, CiphertextBlob: wrapped, EncryptionContext: context }),
      );
      return Buffer.from(Plaintext!);
    },
  };
}

function fileWrapper(path: string): Wrapper {
  const fileKey = readFile(path, "utf8").then((written) => Buffer.from(written.trim(), "base64"));
  return {
    wrap: async (plain) => encrypt(await fileKey, plain, context.purpose),
    unwrap: async (wrapped) => decrypt(await fileKey, wrapped, context.purpose),
  };
}

const wrapper = (): Wrapper => {
  const keyId = config.kmsKey();
  if (keyId) return kmsWrapper(keyId);
  const path = config.keyFile();
  if (path) return fileWrapper(path);
  throw new Error("neither KMS_KEY nor KEY_FILE is set");
};

/** 12 bytes nonce, ciphertext, 16 bytes tag; `about` is bound in, so a value cannot be moved to another place. */
function encrypt(secret: Buffer, plain: Buffer, about: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secret, nonce).setAAD(Buffer.from(about));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(secret: Buffer, sealed: Buffer, about: string): Buffer {
  const decipher = createDecipheriv("aes-256-gcm", secret, sealed.subarray(0, 12))
    .setAAD(Buffer.from(about))
    .setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]);
}

type LookupKind =
  | "identity-number"
  | "birth-certificate"
  | "telephone"
  | "wechat"
  | "code"
  | "address"
  | "device"
  | "receipt-number"
  | "receipt-check"
  | "social-card"
  | "ec-token"
  | "access-token"
  | "refresh-token";

/** What a data key is for: sealing what must be read again, and hashing what must only be found. */
export interface Sealer {
  /** Seals a value for one place ("telephone of person 3706…"); what comes out says which key version it was. */
  seal(plain: string, about: string): string;
  /** Opens what `seal` made for the same place; anything else throws. */
  unseal(sealed: string, about: string): string;
  /** The keyed hash by which a value is found without being stored; the kind keeps kinds apart. */
  lookupHash(kind: LookupKind, value: string): string;
}

const version = 1;

function sealer(plain: Buffer): Sealer {
  const [sealing, lookup] = [plain.subarray(0, 32), plain.subarray(32)];
  return {
    seal: (value, about) => `${version}.${encrypt(sealing, Buffer.from(value), about).toString("base64")}`,
    unseal: (sealed, about) =>
      decrypt(sealing, Buffer.from(sealed.slice(sealed.indexOf(".") + 1), "base64"), about).toString(),
    lookupHash: (kind, value) => createHmac("sha256", lookup).update(`${kind}:${value}`).digest("base64url"),
  };
}

/** Makes a data key and the item that keeps it, wrapped; for a fresh system. */
export async function newDataKey(): Promise<{ sealer: Sealer; item: Record<string, unknown> }> {
  const plain = randomBytes(64);
  const wrapped = (await wrapper().wrap(plain)).toString("base64");
  return { sealer: sealer(plain), item: { ...key.dataKey(version), wrapped } };
}

let opened: Promise<Sealer> | null = null;

/**
 * 数据密钥 · the key that seals identity numbers and telephones and makes their look-up hashes. It lies in the main
 * table, wrapped; the first function that may write makes it, once for all.
 */
function dataKey(): Promise<Sealer> {
  opened ??= openDataKey().catch((error) => {
    opened = null;
    throw error;
  });
  return opened;
}

async function openDataKey(): Promise<Sealer> {
  const kept = await itemAt(key.dataKey(version), z.object({ wrapped: z.string() }));
  if (kept) return sealer(await wrapper().unwrap(Buffer.from(kept.wrapped, "base64")));
  const made = await newDataKey();
  return (await write(toPut(made.item, isNew))) ? made.sealer : openDataKey();
}

export const seal = async (plain: string, about: string) => (await dataKey()).seal(plain, about);
export const unseal = async (sealed: string, about: string) => (await dataKey()).unseal(sealed, about);
export const lookupHash = async (kind: LookupKind, value: string) => (await dataKey()).lookupHash(kind, value);

/** A plain hash for secrets of ours that are random already. */
export const secretHash = (secret: string): string => createHash("sha256").update(secret).digest("base64url");
