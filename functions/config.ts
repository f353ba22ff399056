import * as z from "zod";
import { algorithmNames } from "../shared/credential/phone.ts";

/** Reads the environment at call time, in one place: locally and in tests one process holds every function. */
const required = (name: string): string => {
  const value = process.env[name];
  if (value === undefined || value === "") throw new Error(`environment variable ${name} is not set`);
  return value;
};
const optional = (name: string): string | undefined => process.env[name] || undefined;

const templates = (written: string | undefined): Readonly<Record<string, string>> =>
  written === undefined ? {} : z.record(z.string(), z.string()).parse(JSON.parse(written));

export const config = {
  /** Any DynamoDB endpoint in place of AWS's own: the embedded one, DynamoDB Local, another. */
  dynamodbEndpoint: () => optional("DYNAMODB_ENDPOINT"),
  mainTable: () => required("MAIN_TABLE"),
  ledgerTable: () => required("LEDGER_TABLE"),
  auditTable: () => required("AUDIT_TABLE"),

  /** 医保码签名算法 · with which new phones make their keys; phones of before stay with theirs. */
  credentialAlgorithm: () => z.enum(algorithmNames).parse(optional("CREDENTIAL_ALGORITHM") ?? "Ed25519"),

  /** The secret that the site's edge shows, and the header in which it says who called; without one nothing that was forwarded counts. */
  edge: () => {
    const secret = optional("EDGE_SECRET");
    const says = z.enum(["cloudfront-viewer-address", "x-forwarded-for"]);
    return secret === undefined ? null : { secret, says: says.parse(required("EDGE_SAYS")) };
  },

  /** How many milliseconds others have to answer: WeChat, the carrier, a face verifier, the issuer, the payment channel. */
  patience: () => Number(optional("PATIENCE_MS") ?? 5_000),

  /** Any S3 endpoint in place of AWS's own, addressed by path. */
  objectsEndpoint: () => optional("OBJECTS_ENDPOINT"),
  attachmentsBucket: () => required("ATTACHMENTS_BUCKET"),
  /** Who looks for viruses: a scanner that tags objects, or nobody but for the scanners' test file. */
  attachmentScanner: () => z.enum(["object-tag", "test-file"]).parse(required("ATTACHMENT_SCANNER")),

  /** The KMS key that wraps the data keys, or the file that stands for it outside AWS. */
  kmsKey: () => optional("KMS_KEY"),
  keyFile: () => optional("KEY_FILE"),

  /** The secrets of Secrets Manager that a function reads when it starts: "sms=arn:…,wechat=arn:…". */
  secrets: () =>
    (optional("SECRETS") ?? "")
      .split(",")
      .filter(Boolean)
      .map((one) => ({ name: one.slice(0, one.indexOf("=")), id: one.slice(one.indexOf("=") + 1) })),
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
    /** The notice that a telephone was changed; without a template of one's own there is none. */
    telephoneTemplate: optional("SMS_TELEPHONE_TEMPLATE"),
  }),
  /** 消息模板 · the carrier's and WeChat's numbers of our templates by what they are about, as JSON; one without is not sent. */
  messageTemplates: () => ({
    sms: templates(optional("SMS_MESSAGE_TEMPLATES")),
    weChat: templates(optional("WECHAT_MESSAGE_TEMPLATES")),
  }),
  /** A face verifier and the key shared with it; without one that way is not offered. */
  face: () => {
    const endpoint = optional("FACE_ENDPOINT");
    return endpoint === undefined ? null : { endpoint, key: required("FACE_KEY") };
  },
  /** The message that asks for consent to a family tie; its parameters: who asks, the code, minutes. */
  familyTemplate: () => required("SMS_FAMILY_TEMPLATE"),
  /** … to being filed for by an officer; its parameters: who, where to, the code, minutes. */
  agentTemplate: () => required("SMS_AGENT_TEMPLATE"),
  /** 微信支付商户, as `Merchant` in channel/wechat-sign.ts reads it. */
  weChatPay: () => ({
    patience: config.patience(),
    mchid: required("WECHAT_PAY_MCHID"),
    appid: required("WECHAT_PAY_APP_ID"),
    serial: required("WECHAT_PAY_SERIAL"),
    privateKeyPem: required("WECHAT_PAY_PRIVATE_KEY"),
    apiV3Key: required("WECHAT_PAY_V3_KEY"),
    notifyUrl: required("WECHAT_PAY_NOTIFY_URL"),
    /** Without a public key of WeChat Pay its platform certificates are fetched. */
    verifier:
      optional("WECHAT_PAY_PUBLIC_KEY") === undefined
        ? { mode: "certificates" }
        : {
            mode: "public-key",
            id: required("WECHAT_PAY_PUBLIC_KEY_ID"),
            pem: required("WECHAT_PAY_PUBLIC_KEY"),
            alsoCertificates: optional("WECHAT_PAY_ALSO_CERTIFICATES") === "true",
          },
    baseUrl: optional("WECHAT_PAY_ORIGIN"),
  }),
  /** The pooling area that runs the merchant account: money that belongs to no order of ours lies with it. */
  collectingArea: () => required("COLLECTING_AREA"),
  /** Where residents' pages lie: a payment in a browser comes back there. */
  residentSite: () => required("RESIDENT_SITE"),
  /** Who signs officers in, for whom its tokens are, and by which of its clients they were asked for; without a list, by any. */
  issuer: () => ({
    url: required("ISSUER_URL"),
    audience: required("ISSUER_AUDIENCE"),
    clients: (optional("ISSUER_CLIENTS") ?? "").split(",").filter(Boolean),
  }),
};
