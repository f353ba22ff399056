import { randomBytes } from "node:crypto";
import { networksOf } from "../address.ts";
import { ringTry, spendTry } from "../limits.ts";
import { lookupHash } from "../sealing.ts";

/** 认得的设备 · what a device that signed in with a telephone once shows of it: a number of its own and our mark of both. */
export async function deviceMark(telephone: string, deviceNo = randomBytes(12).toString("hex")): Promise<string> {
  return `${deviceNo}.${await lookupHash("device", `${deviceNo}#${telephone}`)}`;
}

async function isKnown(telephone: string, mark: string | undefined): Promise<boolean> {
  const deviceNo = mark?.split(".")[0];
  return deviceNo !== undefined && (await deviceMark(telephone, deviceNo)) === mark;
}

/** 短信预算 · one more message with a code; strangers' have a budget of their own, so that they never spend the others'. */
export async function spendBudget(of: "strangers" | "known"): Promise<void> {
  await ringTry("text-hour", of, "refuse");
  await ringTry("text-day", of, "refuse");
}

/**
 * 发短信的次数 · counts a message that somebody asks for to a telephone of their choice. What the asker cannot choose comes
 * first, so that whoever is stopped there spends nothing of the telephone's; a device that signed in with this telephone
 * before has tries of its own, which no stranger can spend.
 */
export async function spendText(telephone: string, address: string, mark?: string): Promise<void> {
  if (await isKnown(telephone, mark)) {
    await spendTry("text-device", await lookupHash("device", mark!));
    return spendBudget("known");
  }
  const { own, neighbours } = networksOf(address);
  await spendTry("text-address", await lookupHash("address", own));
  await spendTry("text-subnet", await lookupHash("address", neighbours));
  await spendTry("text-asker", await lookupHash("address", `${own}#${telephone}`));
  await spendTry("text-prefix", telephone.slice(0, 7));
  await spendTry("text-telephone", await lookupHash("telephone", telephone));
  await spendBudget("strangers");
}
