import { type Day, daysBetween, isDay } from "./day.ts";

/**
 * 公民身份号码 · an 18-character identity number whose check digit (GB 11643, ISO 7064 MOD 11-2) and birthday hold.
 * Residence permits of 港澳台 (81, 82, 83) and of foreigners follow the same grammar.
 */
export type IdentityNumber = string & { readonly kind: "identity number" };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The 18th character that belongs to the first 17. */
export function checkDigit(first17: string): string {
  const sum = weights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return "10X98765432"[sum % 11]!;
}

/** What a person is told is wrong with a typed identity number. */
export const identityNumberFaults = {
  length: "应为18位",
  birthday: "其中的出生日期不存在",
  "check-digit": "最后一位校验码不符，请对照身份证核对",
} as const;

/** What is wrong with a typed identity number, or the number itself (trimmed, upper-case X). */
export function readIdentityNumber(
  typed: string,
): { ok: true; number: IdentityNumber } | { ok: false; why: keyof typeof identityNumberFaults } {
  const number = typed.replace(/\s/g, "").toUpperCase().replace("Ｘ", "X");
  if (!/^\d{17}[\dX]$/.test(number)) return { ok: false, why: "length" };
  if (!isDay(birthday(number))) return { ok: false, why: "birthday" };
  if (checkDigit(number) !== number[17]) return { ok: false, why: "check-digit" };
  return { ok: true, number: number as IdentityNumber };
}

const birthday = (number: string) => `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
export const bornOnOf = (number: IdentityNumber): Day => birthday(number) as Day;
export const sexOf = (number: IdentityNumber): "male" | "female" => (Number(number[16]) % 2 === 1 ? "male" : "female");

/**
 * ****************02 · how a number of a person is shown (身份证号、手机号、社保卡号、出生医学证明编号): its last two characters, never
 * more, for a birthday and a place often stand beside it. It is made when it is shown and kept nowhere.
 */
export const maskNumber = (number: string): string =>
  `${"*".repeat(Math.max(4, number.length - 2))}${number.slice(-2)}`;

/**
 * A name as it is compared: one middle dot whatever was typed, no spaces, composed characters.
 * 䶮 typed on an old device arrives as the private-use character of GB 18030-2000; both are the same name.
 */
export function normalName(typed: string): string {
  return typed
    .normalize("NFC")
    .replace(/[\s\u3000]/g, "")
    .replace(/[•‧∙⋅・･．.]/g, "·")
    .replaceAll("\uE863", "䶮")
    .toUpperCase();
}

/** 张*芳, 欧阳** : the first character stays, the last where there are three or more. Counts characters, not code units. */
export function maskName(name: string): string {
  const characters = [...name];
  const first = characters[0] ?? "";
  if (characters.length <= 1) return first;
  if (characters.length === 2) return `${first}*`;
  return `${first}${"*".repeat(characters.length - 2)}${characters[characters.length - 1]}`;
}

/** 联系方式更新 · after so many days a telephone is asked about again (YC-18); the number of days is ours, no document says one. */
export const contactGoodForDays = 365;

/** Is it time to ask: no telephone, one that nobody ever confirmed, or one confirmed too long ago? */
export const mustAskContact = (telephone: string | null, confirmedOn: Day | null, on: Day): boolean =>
  telephone === null || confirmedOn === null || daysBetween(confirmedOn, on) > contactGoodForDays;
