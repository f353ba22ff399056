import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { config } from "./config.ts";

const Values = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

/**
 * 密钥 · on AWS the credentials of outside systems lie in Secrets Manager: each secret that the function is given is a JSON
 * object of environment variables, read once when the function starts. Elsewhere the environment has them already.
 */
export async function loadSecrets(): Promise<void> {
  const ids = config.secrets();
  if (ids.length === 0) return;
  const client = new SecretsManagerClient();
  const read = await Promise.all(ids.map((SecretId) => client.send(new GetSecretValueCommand({ SecretId }))));
  read.forEach(({ SecretString = "" }, i) => {
    const values = Values.safeParse(json(SecretString));
    // What was read is no part of the message: it would be logged.
    if (!values.success) throw new Error(`secret ${ids[i]} is not a JSON object of environment variables yet`);
    config.adopt(values.data);
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
