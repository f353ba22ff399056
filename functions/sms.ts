import { type Day, dayShown } from "../shared/day.ts";
import { maskNumber } from "../shared/person.ts";
import { Refusal } from "../shared/refusal.ts";
import { config } from "./config.ts";

/** 短信 · sends a one-time code through 腾讯云短信 (SendSms, 2021-01-11); the local stand-in speaks the same signed protocol. */
export const sendCode = (telephone: string, code: string, validMinutes: number): Promise<void> =>
  send(telephone, config.sms().codeTemplate, [code, String(validMinutes)]);

/** 同意短信 · asks a person for consent to be held by `asker` (masked), with the code to read out. */
export const sendConsentCode = (telephone: string, asker: string, code: string, validMinutes: number): Promise<void> =>
  send(telephone, config.familyTemplate(), [asker, code, String(validMinutes)]);

/** 代办短信 · asks a person whether `agent` may file for care away for them, with the code to read out. */
export const sendAgentCode = (
  telephone: string,
  agent: string,
  place: string,
  code: string,
  validMinutes: number,
): Promise<void> => send(telephone, config.agentTemplate(), [agent, place, code, String(validMinutes)]);

/**
 * 换号通知 · tells a number that the telephone on record was changed, and to which (masked); says whether that was sent.
 * The change stands already, so what cannot be sent, or has no template, stops nothing.
 */
export async function tellTelephoneChanged(telephone: string, to: string, on: Day): Promise<boolean> {
  const { telephoneTemplate } = config.sms();
  if (telephoneTemplate === undefined) return false;
  return send(telephone, telephoneTemplate, [maskNumber(to), dayShown(on)]).then(
    () => true,
    () => false,
  );
}

/** 消息短信 · one of our notices, by its template and what is filled into it. */
export const sendNotice = (telephone: string, template: string, places: readonly string[]): Promise<void> =>
  send(telephone, template, [...places]);

async function send(telephone: string, template: string, params: string[]): Promise<void> {
  // Loaded by those who send: a refresh or a WeChat sign-in starts without it.
  const { sms: tencent } = await import("tencentcloud-sdk-nodejs-sms");
  const { endpoint, protocol, secretId, secretKey, appId, signName } = config.sms();
  const client = new tencent.v20210111.Client({
    credential: { secretId, secretKey },
    region: "ap-guangzhou",
    profile: { httpProfile: { endpoint, protocol: protocol as "https://", reqTimeout: config.patience() / 1_000 } },
  });
  const message = {
    SmsSdkAppId: appId,
    SignName: signName,
    TemplateId: template,
    TemplateParamSet: params,
    PhoneNumberSet: [`+86${telephone}`],
  };
  const reply = await client.SendSms(message).catch((cause: unknown) => {
    throw new Refusal("sms-not-sent", { cause });
  });
  const status = reply.SendStatusSet?.[0];
  if (status?.Code !== "Ok") throw new Refusal("sms-not-sent", { cause: new Error(`SendSms: ${status?.Code}`) });
}
