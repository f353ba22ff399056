/** Reads the environment at call time, in one place: locally and in tests one process holds every function. */
const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`environment variable ${name} is not set`);
  return value;
};
const optional = (name: string): string | undefined => process.env[name] || undefined;

export const config = {
  /** Any DynamoDB endpoint in place of AWS's own: the embedded one, DynamoDB Local, another. */
  dynamodbEndpoint: () => optional("DYNAMODB_ENDPOINT"),
  mainTable: () => required("MAIN_TABLE"),
  ledgerTable: () => required("LEDGER_TABLE"),
  auditTable: () => required("AUDIT_TABLE"),

  /** The KMS key that wraps the data keys, or the file that stands for it outside AWS. */
  kmsKey: () => optional("KMS_KEY"),
  keyFile: () => optional("KEY_FILE"),

  /** The secrets of Secrets Manager that a function reads when it starts. */
  secrets: () => (optional("SECRETS") ?? "").split(",").filter(Boolean),
  /** Takes over what the secrets hold, as if the environment had had it. */
  adopt: (values: Record<string, string>) => void Object.assign(process.env, values),

  weChat: () => ({
    origin: optional("WECHAT_ORIGIN") ?? "https://api.weixin.qq.com/",
    appId: required("WECHAT_APP_ID"),
    secret: required("WECHAT_SECRET"),
  }),
  sms: () => ({
    /** host[:port]; http only for the local stand-in. */
    endpoint: optional("SMS_ENDPOINT") ?? "sms.tencentcloudapi.com",
    protocol: optional("SMS_PROTOCOL") ?? "https:",
    secretId: required("SMS_SECRET_ID"),
    secretKey: required("SMS_SECRET_KEY"),
    appId: required("SMS_APP_ID"),
    signName: required("SMS_SIGN_NAME"),
    codeTemplate: required("SMS_CODE_TEMPLATE"),
  }),
  cashier: () => ({ origin: required("CASHIER_ORIGIN"), key: required("CASHIER_KEY") }),
  issuer: () => ({ url: required("ISSUER_URL"), audience: required("ISSUER_AUDIENCE") }),
};
