import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

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
    KEY_FILE: join(dataFolder, "wrapping.key"),
    WECHAT_ORIGIN: `${origin}/stand-ins/wechat/`,
    WECHAT_APP_ID: "wx0000000000000000",
    WECHAT_SECRET: localSecret("wechat"),
    SMS_PROTOCOL: "http://",
    SMS_ENDPOINT: new URL(origin).host,
    SMS_SECRET_ID: "local",
    SMS_SECRET_KEY: localSecret("sms"),
    SMS_APP_ID: "1400000000",
    SMS_SIGN_NAME: "居民医保演示",
    SMS_CODE_TEMPLATE: "1000001",
    CASHIER_ORIGIN: `${origin}/stand-ins/cashier/`,
    CASHIER_KEY: localSecret("cashier"),
    ISSUER_URL: `${origin}/issuer`,
    ISSUER_AUDIENCE: "urn:resident-insurance",
  };
  localSecret("wrapping");
  for (const [name, value] of Object.entries(values)) process.env[name] ??= value;
}
