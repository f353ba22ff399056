import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/** A refusal of the object store, in S3's own words. */
export class ObjectsRefused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message = code) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const denied = (message: string) => new ObjectsRefused(403, "AccessDenied", message);
const hash = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, data: string) => createHmac("sha256", key).update(data).digest();
const quarter = 15 * 60_000;

interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Is a request signed with our key (Signature Version 4), in its header or in its address, in time, over what it says? */
export function mustBeSigned(asked: Asked): void {
  const inAddress = asked.url.searchParams;
  if (inAddress.has("X-Amz-Signature")) {
    const { from, scope } = scopeOf(inAddress.get("X-Amz-Credential"), inAddress.get("X-Amz-Date"));
    const until = from + Number(inAddress.get("X-Amz-Expires")) * 1000;
    if (Date.now() < from - quarter || !(Date.now() < until)) throw denied("Request has expired");
    const names = (inAddress.get("X-Amz-SignedHeaders") ?? "").split(";");
    const text = canonical(asked, names, "UNSIGNED-PAYLOAD");
    mustAgree(inAddress.get("X-Amz-Signature"), toSign(scope, inAddress.get("X-Amz-Date"), text), scope);
    return;
  }
  const given = /^AWS4-HMAC-SHA256 Credential=(\S+), SignedHeaders=(\S+), Signature=(\S+)$/.exec(
    asked.headers.authorization ?? "",
  );
  if (!given) throw denied("Access Denied");
  const [, credential = "", names = "", signature = ""] = given;
  const date = String(asked.headers["x-amz-date"]);
  const { from, scope } = scopeOf(credential, date);
  if (Math.abs(Date.now() - from) > quarter) throw new ObjectsRefused(403, "RequestTimeTooSkewed");
  const payload = String(asked.headers["x-amz-content-sha256"]);
  if (payload !== "UNSIGNED-PAYLOAD" && payload !== hash(asked.body))
    throw new ObjectsRefused(400, "XAmzContentSHA256Mismatch");
  mustAgree(signature, toSign(scope, date, canonical(asked, names.split(";"), payload)), scope);
}

/** What a credential is good for: its own key on one day, for S3. */
function scopeOf(credential: string | null, date: string | null): { from: number; scope: readonly string[] } {
  const [accessKey, ...scope] = (credential ?? "").split("/");
  if (accessKey !== process.env.AWS_ACCESS_KEY_ID) throw new ObjectsRefused(403, "InvalidAccessKeyId");
  const at = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date ?? "");
  const [, , service, ending] = scope;
  if (!at || service !== "s3" || ending !== "aws4_request") throw denied("credential");
  const [, year, month, on, hour, minute, second] = at.map(Number);
  return { from: Date.UTC(year!, month! - 1, on, hour, minute, second), scope };
}

/** What of a request is signed, spelt as both sides spell it. */
function canonical({ method, url, headers }: Asked, names: readonly string[], payload: string): string {
  const spelt = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .filter(([name]) => name !== "X-Amz-Signature")
    .map(([name, value]) => `${spelt(name)}=${spelt(value)}`)
    .sort();
  const lines = names.map((name) => `${name}:${String(headers[name] ?? "").trim()}\n`);
  return [method, url.pathname, query.join("&"), lines.join(""), names.join(";"), payload].join("\n");
}

const toSign = (scope: readonly string[], date: string | null, text: string) =>
  ["AWS4-HMAC-SHA256", date, scope.join("/"), hash(text)].join("\n");

function mustAgree(given: string | null, text: string, scope: readonly string[]): void {
  const key = scope.reduce<string | Buffer>(hmac, `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`);
  const own = hmac(key, text);
  const theirs = Buffer.from(given ?? "", "hex");
  if (theirs.length !== own.length || !timingSafeEqual(own, theirs))
    throw new ObjectsRefused(403, "SignatureDoesNotMatch");
}

/** Fields of a form that no condition has to name. */
const free = new Set(["policy", "x-amz-signature", "file"]);

/**
 * 上传凭证 · does a form hold to its policy: signed with our key, in time, each condition kept, no field beside them, and a file
 * of a size that it allows? The bucket is the one that was asked.
 */
export function mustKeepPolicy(fields: ReadonlyMap<string, string>, bytes: number, bucket: string): void {
  const policy = fields.get("policy");
  if (!policy) throw denied("a form needs a policy");
  const { scope } = scopeOf(fields.get("x-amz-credential") ?? null, fields.get("x-amz-date") ?? null);
  mustAgree(fields.get("x-amz-signature") ?? null, policy, scope);
  const { expiration, conditions } = JSON.parse(Buffer.from(policy, "base64").toString("utf8")) as {
    expiration: string;
    conditions: readonly (readonly [string, string | number, string | number] | Record<string, string>)[];
  };
  if (!(Date.now() < Date.parse(expiration))) throw denied("Invalid according to Policy: Policy expired.");
  const named = new Set<string>();
  const must = (kept: boolean, condition: unknown) => {
    if (!kept) throw denied(`Invalid according to Policy: Policy Condition failed: ${JSON.stringify(condition)}`);
  };
  const given = (name: string) => {
    named.add(name.toLowerCase());
    return name.toLowerCase() === "bucket" ? bucket : fields.get(name.toLowerCase());
  };
  for (const condition of conditions) {
    if (!Array.isArray(condition)) {
      for (const [name, value] of Object.entries(condition)) must(given(name) === value, condition);
      continue;
    }
    const [how, first, second] = condition;
    if (how === "content-length-range") {
      if (bytes < Number(first)) throw new ObjectsRefused(400, "EntityTooSmall");
      if (bytes > Number(second)) throw new ObjectsRefused(400, "EntityTooLarge");
    } else {
      const value = given(String(first).slice(1));
      must(how === "eq" ? value === second : how === "starts-with" && value?.startsWith(second) === true, condition);
    }
  }
  const extra = [...fields.keys()].filter((name) => !free.has(name) && !named.has(name));
  if (extra.length > 0) throw denied(`Invalid according to Policy: Extra input fields: ${extra.join(", ")}`);
}
