import { expect } from "vitest";
import type { Resident } from "../../local/county/people.ts";
import { eventually } from "../world/patience.ts";
import type { World } from "../world/world.ts";
import type { Phone } from "./weapp-runtime.ts";

/** Waits until a phone shows all of these words. */
export const shows = (one: Phone, ...words: string[]) =>
  eventually(() => {
    const text = one.text().replaceAll("\n", "");
    for (const word of words) expect(text).toContain(word);
  });

/** Signs in by WeChat on a phone that was just opened. */
export async function signedIn(one: Phone): Promise<void> {
  await shows(one, "登录以后可以看");
  await one.press("登录");
  await shows(one, "用您的微信登录");
  await one.press("微信登录");
  await shows(one, "还差一步");
}

/** Binds the account to a person; `then`: what home says when it is done. */
export async function boundTo(
  one: Phone,
  { name, identityNumber }: { name: string; identityNumber: string },
  then = "2026年　还没参保",
): Promise<void> {
  await one.press("确认您是谁");
  await shows(one, "您是谁？");
  await one.type("姓名", name);
  await one.type("身份证号", identityNumber);
  await one.press("确认是我");
  await shows(one, then);
}

/** Proves by the code sent to the telephone on record and the end of the number, on the page that asks for it. */
export async function proven(
  one: Phone,
  { codeSentTo }: World,
  { telephone, identityNumber }: Resident,
): Promise<void> {
  await shows(one, "再核验一次是您本人", "获取验证码");
  await one.press("获取验证码");
  await shows(one, "验证码已用短信发出");
  await one.type("验证码", codeSentTo(telephone ?? ""));
  await one.type("身份证号后六位", identityNumber.slice(-6));
  await one.press("核验");
}
