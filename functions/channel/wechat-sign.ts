import { createCipheriv, createDecipheriv, type KeyObject, randomBytes, sign, verify } from "node:crypto";
import * as z from "zod";

/** 微信支付商户配置 · what the merchant platform gives: numbers, keys, and how WeChat Pay's own signatures are checked. */
export const Merchant = z.object({
  mchid: z.string().regex(/^\d{8,10}$/),
  appid: z.string().regex(/^wx[0-9a-z]{16}$/),
  /** 商户API证书序列号: names the certificate of `privateKeyPem`. */
  serial: z.string().regex(/^[0-9A-F]{1,40}$/i),
  privateKeyPem: z.string().includes("PRIVATE KEY"),
  apiV3Key: z.string().refine((key) => Buffer.byteLength(key) === 32, { error: "32 bytes" }),
  /** Without a query; https outside the local system. */
  notifyUrl: z.url().refine((url) => !url.includes("?"), { error: "no query" }),
  verifier: z.discriminatedUnion("mode", [
    z.object({ mode: z.literal("certificates") }),
    z.object({
      mode: z.literal("public-key"),
      id: z.string().regex(/^PUB_KEY_ID_\w+$/),
      pem: z.string().includes("PUBLIC KEY"),
      /** 灰度切换期: while WeChat Pay moves from certificates to the public key, notifications come with either. */
      alsoCertificates: z.boolean().default(false),
    }),
  ]),
  baseUrl: z.url().default("https://api.mch.weixin.qq.com/"),
  /** How long a call may take, in milliseconds. */
  patience: z.int().min(1).default(5_000),
});

export type Merchant = z.output<typeof Merchant>;

/** The clock and the network, given by the caller: signatures and certificates age, and tests turn the time. */
export interface Outside {
  now(): Date;
  readonly fetch: typeof fetch;
}

/**
 * Why a call or a notification did not go through. `refused`: the channel said no; `timeout`, `unreachable`: the outcome
 * is unknown; `unverified`, `stale`, `undecipherable`: not WeChat Pay's, or not now; `unreadable`: not what is documented;
 * `foreign`: not our merchant, order or currency; `bill`: a bill file that is not whole.
 */
export type Failure =
  | "refused"
  | "timeout"
  | "unreachable"
  | "unverified"
  | "stale"
  | "undecipherable"
  | "unreadable"
  | "foreign"
  | "bill";

/** A call of WeChat Pay that failed. `code` and `status` are the channel's; `retryable`: the same call may be made again. */
export class WeChatPayError extends Error {
  readonly failure: Failure;
  readonly code: string | null;
  readonly status: number | null;
  readonly retryable: boolean;
  /** Was the refusal itself signed by WeChat Pay? Only then may a decision rest on it. */
  readonly verified: boolean;
  constructor(
    failure: Failure,
    message: string,
    more: { code?: string; status?: number; retryable?: boolean; verified?: boolean; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.name = "WeChatPayError";
    this.failure = failure;
    this.code = more.code ?? null;
    this.status = more.status ?? null;
    this.retryable = more.retryable ?? false;
    this.verified = more.verified ?? false;
  }
}

/** 5 minutes either way: how far a signed time may lie from ours. */
export const signedWindow = 5 * 60_000;

type Part = string | number | Uint8Array;

/** The signed string of APIv3: each part on a line of its own, the last one too. */
function signedString(...parts: Part[]): Buffer {
  return Buffer.concat(parts.flatMap((part) => [bytes(part), Buffer.from("\n")]));
}

const bytes = (part: Part) => (typeof part === "object" ? Buffer.from(part) : Buffer.from(String(part)));

/** SHA256 with RSA (签名生成), in base64. */
export const signature = (key: KeyObject, ...parts: Part[]): string =>
  sign("RSA-SHA256", signedString(...parts), key).toString("base64");

/** 签名验证 · is a base64 signature over these parts made by the key's owner? */
export const isSigned = (key: KeyObject, given: string, ...parts: Part[]): boolean =>
  verify("RSA-SHA256", signedString(...parts), key, Buffer.from(given, "base64"));

/** 32 characters at random: a nonce of ours. */
export const newNonce = (): string => randomBytes(16).toString("hex");

/** 签名生成 · the Authorization header of a request; `target` is path and query as they are sent. */
export function authorization(
  { mchid, serial }: Pick<Merchant, "mchid" | "serial">,
  key: KeyObject,
  request: { method: string; target: string; body: string; at: Date; nonce: string },
): string {
  const { method, target, body, nonce } = request;
  const timestamp = Math.floor(request.at.getTime() / 1000);
  const signed = signature(key, method, target, timestamp, nonce, body);
  return `WECHATPAY2-SHA256-RSA2048 mchid="${mchid}",nonce_str="${nonce}",signature="${signed}",timestamp="${timestamp}",serial_no="${serial}"`;
}

/** AEAD_AES_256_GCM as APIv3 spells it; the tag is the last 16 bytes of the ciphertext. */
export const Sealed = z.object({
  algorithm: z.literal("AEAD_AES_256_GCM"),
  nonce: z.string().length(12),
  associated_data: z.string().default(""),
  ciphertext: z.base64(),
});

export type Sealed = z.output<typeof Sealed>;

const tagLength = 16;

/** Encrypts with the APIv3 key. */
export function seal(apiV3Key: string, plain: string, associated: string): Sealed {
  const nonce = randomBytes(6).toString("hex");
  const cipher = createCipheriv("aes-256-gcm", apiV3Key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(associated));
  const ciphertext = Buffer.concat([cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: "AEAD_AES_256_GCM",
    nonce,
    associated_data: associated,
    ciphertext: ciphertext.toString("base64"),
  };
}

/** 证书和回调报文解密 · throws `undecipherable` unless our own APIv3 key sealed exactly this. */
export function unseal(apiV3Key: string, sealed: Sealed): string {
  const whole = Buffer.from(sealed.ciphertext, "base64");
  try {
    const decipher = createDecipheriv("aes-256-gcm", apiV3Key, sealed.nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(sealed.associated_data));
    decipher.setAuthTag(whole.subarray(-tagLength));
    return Buffer.concat([decipher.update(whole.subarray(0, -tagLength)), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new WeChatPayError("undecipherable", "not sealed with our APIv3 key", { cause });
  }
}

/** Reads JSON text that has been verified, or throws `unreadable`; what we do not know is passed over. */
export function readVerified<S extends z.ZodType>(schema: S, written: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(written));
  } catch (cause) {
    throw new WeChatPayError("unreadable", "not what WeChat Pay documents", { cause });
  }
}
