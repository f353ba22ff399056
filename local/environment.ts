import { createPublicKey, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aboutNames } from "../shared/messages.ts";
import { objectsPath } from "./objects.ts";
import { openKeys } from "./wechat/book.ts";

/** The tables of the local system. */
export const physicalTables = {
  main: "resident-main",
  ledger: "resident-ledger",
  audit: "resident-audit",
} as const;

/** Where the local system keeps its data. */
export const dataFolder = process.env.DATA_FOLDER ?? join(import.meta.dirname, "..", ".data");

/** A secret of this machine, made once and kept in the data folder. */
export function localSecret(name: string): string {
  mkdirSync(dataFolder, { recursive: true });
  const path = join(dataFolder, `${name}.key`);
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString("base64"), { mode: 0o600 });
  return readFileSync(path, "utf8").trim();
}

const appId = "wx0000000000000000";

/** The local channel, WeChat Pay: its folder, and where it is mounted. */
export const weChatPayFolder = join(dataFolder, "wechat-pay");
export const weChatPayAddress = (origin: string) => `${origin}/stand-ins/wechat-pay/`;

/** Where the local object store keeps its objects, and where it is spoken to. */
export const objectsFolder = join(dataFolder, "objects");
export const objectsAddress = (origin: string) => `${origin}${objectsPath.slice(0, -1)}`;

function weChatPayEnvironment(origin: string): Record<string, string> {
  const { kept, publicKey } = openKeys(weChatPayFolder, new Date());
  return {
    WECHAT_PAY_MCHID: "1900000001",
    WECHAT_PAY_APP_ID: appId,
    WECHAT_PAY_SERIAL: kept.merchantSerial,
    WECHAT_PAY_PRIVATE_KEY: kept.merchantKey,
    WECHAT_PAY_V3_KEY: kept.apiV3Key,
    WECHAT_PAY_NOTIFY_URL: `${origin}/api/payments/notifications`,
    WECHAT_PAY_PUBLIC_KEY_ID: publicKey.id,
    WECHAT_PAY_PUBLIC_KEY: createPublicKey(publicKey.key).export({ type: "spki", format: "pem" }).toString(),
    WECHAT_PAY_ORIGIN: weChatPayAddress(origin),
  };
}

const messageTemplates = (numberOf: (i: number, about: string) => string) =>
  Object.fromEntries(aboutNames.map((about, i) => [about, numberOf(i, about)]));

/** Sets what functions read on AWS from their configuration; what the caller's environment already has stays. */
export function setEnvironment(origin: string, databaseEndpoint: string): void {
  const values: Record<string, string> = {
    AWS_REGION: "cn-north-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    POWERTOOLS_LOG_LEVEL: "WARN",
    DYNAMODB_ENDPOINT: databaseEndpoint,
    MAIN_TABLE: physicalTables.main,
    LEDGER_TABLE: physicalTables.ledger,
    AUDIT_TABLE: physicalTables.audit,
    OBJECTS_ENDPOINT: objectsAddress(origin),
    ATTACHMENTS_BUCKET: "resident-attachments",
    ATTACHMENT_SCANNER: "test-file",
    KEY_FILE: join(dataFolder, "wrapping.key"),
    WECHAT_ORIGIN: `${origin}/stand-ins/wechat/`,
    WECHAT_APP_ID: appId,
    WECHAT_SECRET: localSecret("wechat"),
    SMS_PROTOCOL: "http://",
    SMS_ENDPOINT: new URL(origin).host,
    SMS_SECRET_ID: "local",
    SMS_SECRET_KEY: localSecret("sms"),
    SMS_APP_ID: "1400000000",
    SMS_SIGN_NAME: "居民医保演示",
    SMS_CODE_TEMPLATE: "1000001",
    SMS_TELEPHONE_TEMPLATE: "1000003",
    FACE_ENDPOINT: `${origin}/stand-ins/face/verify`,
    FACE_KEY: localSecret("face"),
    SMS_FAMILY_TEMPLATE: "1000002",
    SMS_AGENT_TEMPLATE: "1000004",
    SMS_MESSAGE_TEMPLATES: JSON.stringify(messageTemplates((i) => String(1000101 + i))),
    WECHAT_MESSAGE_TEMPLATES: JSON.stringify(messageTemplates((_, about) => `template-${about}`)),
    ...weChatPayEnvironment(origin),
    COLLECTING_AREA: "370600",
    RESIDENT_SITE: `${origin}/m/`,
    ISSUER_URL: `${origin}/issuer`,
    ISSUER_AUDIENCE: "urn:resident-insurance",
  };
  localSecret("wrapping");
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
}
