import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import * as z from "zod";
import type { SignedMessage } from "../signed.ts";
import {
  authorization,
  isSigned,
  type Merchant,
  newNonce,
  type Outside,
  readVerified,
  Sealed,
  signedWindow,
  unseal,
  WeChatPayError,
} from "./wechat-sign.ts";

interface Answer extends SignedMessage {
  readonly status: number;
}

/** The nonce of a message that is WeChat Pay's, and until when (milliseconds) a copy of it could still pass. */
export interface Verified {
  readonly nonce: string;
  readonly passesUntil: number;
}

/** Signed requests and verified replies of one merchant; keeps the platform certificates while it lives. */
interface Caller {
  /** A reply as a schema reads it; throws WeChatPayError for everything else. */
  call<S extends z.ZodType>(reply: S, method: "GET" | "POST", path: string, body?: object): Promise<z.output<S>>;
  /** 下载账单: a file whose reply carries no signature; whoever calls checks its hash. */
  download(url: string): Promise<Buffer>;
  /** Throws unless WeChat Pay signed this message within five minutes of now. */
  verify(message: SignedMessage): Promise<Verified>;
}

/** Makes the caller of a merchant. */
export function weChatCaller(merchant: Merchant, outside: Outside): Caller {
  const privateKey = createPrivateKey(merchant.privateKeyPem);
  const { verifier } = merchant;
  const publicKey = verifier.mode === "public-key" ? { id: verifier.id, key: createPublicKey(verifier.pem) } : null;
  const publicKeyOf = (serial: string) => (serial === publicKey?.id ? publicKey.key : null);
  const base = merchant.baseUrl.endsWith("/") ? merchant.baseUrl : `${merchant.baseUrl}/`;

  const send = async (method: string, url: URL, body?: object): Promise<Answer> => {
    const written = body ? JSON.stringify(body) : "";
    const request = {
      method,
      target: url.pathname + url.search,
      body: written,
      at: outside.now(),
      nonce: newNonce(),
    };
    try {
      const response = await outside.fetch(url, {
        method,
        headers: {
          accept: "application/json",
          "user-agent": "resident-insurance",
          authorization: authorization(merchant, privateKey, request),
          ...(body && { "content-type": "application/json" }),
          // 微信支付公钥: whoever names the key in the request gets the reply signed with it.
          ...(publicKey && { "wechatpay-serial": publicKey.id }),
        },
        ...(body && { body: written }),
        redirect: "error",
        signal: AbortSignal.timeout(merchant.patience),
      });
      const headers = Object.fromEntries(response.headers);
      return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()) };
    } catch (cause) {
      const late = cause instanceof Error && cause.name === "TimeoutError";
      throw new WeChatPayError(late ? "timeout" : "unreachable", `${method} ${url.pathname}`, {
        retryable: true,
        cause,
      });
    }
  };

  const certificates = platformCertificates(outside, async () => {
    const answer = await send("GET", new URL("v3/certificates", base));
    if (!isGood(answer)) throw refusal(answer, false);
    const list = openCertificates(answer, merchant.apiV3Key);
    // The first list vouches for itself: only our APIv3 key could have sealed it.
    verifyWith(answer, outside, (serial) => publicKeyOf(serial) ?? usable(list, serial, outside));
    return list;
  });

  const keyOf = async (serial: string): Promise<KeyObject | null> => {
    const listed = verifier.mode === "certificates" || verifier.alsoCertificates;
    return publicKeyOf(serial) ?? (listed ? certificates(serial) : null);
  };

  const verify = async (message: SignedMessage): Promise<Verified> => {
    const { serial } = signatureOf(message, outside);
    const key = await keyOf(serial);
    return verifyWith(message, outside, () => key);
  };

  return {
    verify,
    async call(reply, method, path, body) {
      const answer = await send(method, new URL(path, base), body);
      if (!isGood(answer)) throw await refusedBy(answer, verify);
      await verify(answer);
      return readVerified(reply, Buffer.from(answer.body).toString("utf8") || "null");
    },
    async download(url) {
      const answer = await send("GET", new URL(url));
      if (!isGood(answer)) throw refusal(answer, false);
      return Buffer.from(answer.body);
    },
  };
}

const isGood = ({ status }: Answer) => status === 200 || status === 204;

/** A no of the channel. A signature on it must be right; where there is none it is told, but proves nothing. */
async function refusedBy(answer: Answer, verify: Caller["verify"]): Promise<WeChatPayError> {
  const signed = answer.headers["wechatpay-signature"] !== undefined;
  if (signed) await verify(answer);
  return refusal(answer, signed);
}

const Spoken = z.object({ code: z.string(), message: z.string().default("") });

/** Refusals that pass by themselves though their status does not say so. */
const passing = ["SYSTEM_ERROR", "FREQUENCY_LIMITED", "RATELIMIT_EXCEEDED", "STATEMENT_CREATING"];

function refusal({ status, body }: Answer, verified: boolean): WeChatPayError {
  const said = Spoken.safeParse(jsonOf(body));
  const code = said.data?.code ?? `HTTP_${status}`;
  // 202: accepted and not done yet, to be asked again with the same parameters (HTTP状态码).
  const retryable = status === 202 || status === 429 || status >= 500 || passing.includes(code);
  return new WeChatPayError("refused", `${code} ${said.data?.message ?? ""}`.trim(), {
    code,
    status,
    retryable,
    verified,
  });
}

function jsonOf(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return null;
  }
}

// An unverified reply leaves the outcome unknown; every call of ours may be repeated under its own number.
const unverified = (why: string) => new WeChatPayError("unverified", why, { retryable: true });

/** What a message says of its signature; refused where a part is missing or its time is not now. */
function signatureOf({ headers }: SignedMessage, outside: Outside) {
  const serial = headers["wechatpay-serial"];
  const timestamp = headers["wechatpay-timestamp"];
  const nonce = headers["wechatpay-nonce"];
  const given = headers["wechatpay-signature"];
  if (!serial || !timestamp || !nonce || !given) throw unverified("no signature");
  if (!/^\d{10}$/.test(timestamp)) throw unverified("no timestamp");
  const at = Number(timestamp) * 1000;
  if (Math.abs(outside.now().getTime() - at) > signedWindow) {
    throw new WeChatPayError("stale", "signed more than five minutes away from now", { retryable: true });
  }
  return { serial, timestamp, nonce, given, passesUntil: at + signedWindow };
}

function verifyWith(message: SignedMessage, outside: Outside, keyOf: (serial: string) => KeyObject | null): Verified {
  const { serial, timestamp, nonce, given, passesUntil } = signatureOf(message, outside);
  const key = keyOf(serial);
  if (!key) throw unverified("signed with a key that is not WeChat Pay's");
  // 签名探测流量: a reply that is signed wrongly on purpose is refused here like any other.
  if (!isSigned(key, given, timestamp, nonce, message.body)) throw unverified("the signature is not right");
  return { nonce, passesUntil };
}

interface Certificate {
  readonly key: KeyObject;
  readonly from: number;
  readonly until: number;
}

type Certificates = ReadonlyMap<string, Certificate>;

const Moment = z.iso.datetime({ offset: true }).transform((written) => Date.parse(written));
const CertificateList = z.object({
  data: z
    .array(
      z.object({
        serial_no: z.string(),
        effective_time: Moment,
        expire_time: Moment,
        encrypt_certificate: Sealed,
      }),
    )
    .min(1),
});

/** 获取平台证书列表 · the certificates of a reply, opened with the APIv3 key, by serial number. */
function openCertificates({ body }: Answer, apiV3Key: string): Certificates {
  const { data } = readVerified(CertificateList, Buffer.from(body).toString("utf8"));
  return new Map(
    data.map(({ serial_no, effective_time, expire_time, encrypt_certificate }) => {
      const certificate = certificateOf(unseal(apiV3Key, encrypt_certificate));
      if (certificate.serialNumber.toUpperCase() !== serial_no.toUpperCase()) {
        throw new WeChatPayError("unreadable", "a certificate under another's serial number");
      }
      return [serial_no, { key: certificate.publicKey, from: effective_time, until: expire_time }];
    }),
  );
}

function certificateOf(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new WeChatPayError("unreadable", "no certificate", { cause });
  }
}

function usable(list: Certificates, serial: string, outside: Outside): KeyObject | null {
  const at = outside.now().getTime();
  const certificate = list.get(serial);
  return certificate && certificate.from <= at && at < certificate.until ? certificate.key : null;
}

/** WeChat Pay asks for an interval under 12 hours; a new certificate is listed at least a day before it signs. */
const freshFor = 11 * 3_600_000;

/** Whoever makes up serial numbers causes no more than one download a minute. */
const shortestPause = 60_000;

/** The key of a serial number: kept, renewed in time, and looked up once more when a serial is unknown. */
function platformCertificates(outside: Outside, fetchList: () => Promise<Certificates>) {
  let list: Certificates = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let triedAt = Number.NEGATIVE_INFINITY;
  let underway: Promise<void> | null = null;

  const renew = () => {
    triedAt = outside.now().getTime();
    underway ??= fetchList()
      .then((fetched) => {
        list = fetched;
        fetchedAt = outside.now().getTime();
      })
      .finally(() => {
        underway = null;
      });
    return underway;
  };

  return async (serial: string): Promise<KeyObject | null> => {
    const at = outside.now().getTime();
    const known = usable(list, serial, outside);
    if (known && at - fetchedAt < freshFor) return known;
    const mayTry = underway !== null || list.size === 0 || at - triedAt >= shortestPause;
    if (!mayTry) return known;
    try {
      await renew();
    } catch (error) {
      // A certificate that still holds need not wait for the next list.
      if (!known) throw error;
    }
    return usable(list, serial, outside);
  };
}
