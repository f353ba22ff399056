import { createHash, createHmac } from "node:crypto";
import * as z from "zod";
import { config } from "./config.ts";

const Values = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

/**
 * 密钥 · on AWS the credentials of outside systems lie in Secrets Manager: each secret that the function is given is a JSON
 * object of environment variables, read once when the function starts. Elsewhere the environment has them already.
 */
export async function loadSecrets(): Promise<void> {
  const { ids } = config.secrets();
  for (const read of await Promise.all(ids.map(secretOf))) Object.assign(process.env, read);
}

async function secretOf(id: string): Promise<z.output<typeof Values>> {
  const response = await ask(JSON.stringify({ SecretId: id }));
  if (!response.ok) throw new Error(`Secrets Manager: ${response.status} for ${id}`);
  const { SecretString } = z.object({ SecretString: z.string() }).parse(await response.json());
  const values = Values.safeParse(json(SecretString));
  // What was read is no part of the message: it would be logged.
  if (!values.success) throw new Error(`secret ${id} is not a JSON object of environment variables yet`);
  return values.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const service = "secretsmanager";
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** GetSecretValue, signed with Signature Version 4: one call needs no client of the SDK, which every cold start would load. */
function ask(body: string): Promise<Response> {
  const { origin, region, accessKeyId, secretAccessKey, sessionToken } = config.secrets();
  const at = new Date().toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers: Record<string, string> = {
    "content-type": "application/x-amz-json-1.1",
    host: new URL(origin).host,
    "x-amz-date": at,
    ...(sessionToken && { "x-amz-security-token": sessionToken }),
    "x-amz-target": `${service}.GetSecretValue`,
  };
  const signed = Object.keys(headers).join(";");
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}`);
  const canonical = ["POST", "/", "", ...lines, "", signed, sha256(body)].join("\n");
  const scope = [at.slice(0, 8), region, service, "aws4_request"];
  const signature = createHmac("sha256", scope.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`))
    .update(["AWS4-HMAC-SHA256", at, scope.join("/"), sha256(canonical)].join("\n"))
    .digest("hex");
  const credential = `${accessKeyId}/${scope.join("/")}`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signed}, Signature=${signature}`;
  const { host: _, ...sent } = headers;
  return fetch(origin, {
    method: "POST",
    headers: { ...sent, authorization },
    body,
    signal: AbortSignal.timeout(5_000),
  });
}
