import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import * as z from "zod";
import { config } from "./config.ts";

/** What each secret may say, by its name: no secret sets what another, or the stack, says. */
const sets: Readonly<Record<string, readonly string[]>> = {
  wechat: ["WECHAT_APP_ID", "WECHAT_SECRET", "WECHAT_MESSAGE_TEMPLATES"],
  sms: [
    "SMS_SECRET_ID",
    "SMS_SECRET_KEY",
    "SMS_APP_ID",
    "SMS_SIGN_NAME",
    "SMS_CODE_TEMPLATE",
    "SMS_FAMILY_TEMPLATE",
    "SMS_AGENT_TEMPLATE",
    "SMS_TELEPHONE_TEMPLATE",
    "SMS_MESSAGE_TEMPLATES",
  ],
  face: ["FACE_ENDPOINT", "FACE_KEY"],
  wechatPay: [
    "WECHAT_PAY_MCHID",
    "WECHAT_PAY_APP_ID",
    "WECHAT_PAY_SERIAL",
    "WECHAT_PAY_PRIVATE_KEY",
    "WECHAT_PAY_V3_KEY",
    "WECHAT_PAY_NOTIFY_URL",
    "WECHAT_PAY_PUBLIC_KEY_ID",
    "WECHAT_PAY_PUBLIC_KEY",
    "WECHAT_PAY_ALSO_CERTIFICATES",
    "COLLECTING_AREA",
    "RESIDENT_SITE",
  ],
};

const Values = z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string());

/**
 * 密钥 · on AWS the credentials of outside systems lie in Secrets Manager: each secret that the function is given is a JSON
 * object of environment variables, read once when the function starts. Elsewhere the environment has them already.
 */
export async function loadSecrets(): Promise<void> {
  const given = config.secrets();
  if (given.length === 0) return;
  const client = new SecretsManagerClient();
  const read = await Promise.all(given.map(({ id }) => client.send(new GetSecretValueCommand({ SecretId: id }))));
  // All are looked at before any is taken over.
  const values = read.map(({ SecretString = "" }, i) => valuesOf(given[i]!.name, SecretString));
  for (const one of values) config.adopt(one);
}

/** What a secret says. What was read is no part of a message: it would be logged. */
function valuesOf(name: string, text: string): Record<string, string> {
  const values = Values.safeParse(json(text));
  if (!values.success) throw new Error(`secret ${name} is not a JSON object of environment variables yet`);
  const foreign = Object.keys(values.data).filter((one) => !sets[name]?.includes(one));
  if (foreign.length > 0) throw new Error(`secret ${name} says ${foreign.length} values that are not its own`);
  return values.data;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
