import { Refusal } from "../shared/refusal.ts";
import { config } from "./config.ts";

/** 短信 · sends a one-time code through 腾讯云短信 (SendSms, 2021-01-11); the local stand-in speaks the same signed protocol. */
export async function sendCode(telephone: string, code: string, validMinutes: number): Promise<void> {
  // Loaded by those who send: a refresh or a WeChat sign-in starts without it.
  const { sms: tencent } = await import("tencentcloud-sdk-nodejs-sms");
  const { endpoint, protocol, secretId, secretKey, appId, signName, codeTemplate } = config.sms();
  const client = new tencent.v20210111.Client({
    credential: { secretId, secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { endpoint, protocol: protocol as "https://", reqTimeout: 5 } },
  });
  const message = {
    SmsSdkAppId: appId,
    SignName: signName,
    TemplateId: codeTemplate,
    TemplateParamSet: [code, String(validMinutes)],
    PhoneNumberSet: [`+86${telephone}`],
  };
  const reply = await client.SendSms(message).catch((cause: unknown) => {
    throw new Refusal("sms-not-sent", { cause });
  });
  const status = reply.SendStatusSet?.[0];
  if (status?.Code !== "Ok") throw new Refusal("sms-not-sent", { cause: new Error(`SendSms: ${status?.Code}`) });
}
