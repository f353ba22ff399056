import type { LineOutcome } from "./order.ts";

/** 票据状态 · `void`: one of two payments for one person-year; it does not count, and its money goes back. */
export const receiptStates = { valid: "有效", refunded: "已退费", void: "作废，重复缴费待退" } as const;
export type ReceiptState = keyof typeof receiptStates;
export const receiptStateNames = Object.keys(receiptStates) as [ReceiptState, ...ReceiptState[]];

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const randomLength = 12;
const checkLength = 8;

const letters = (bytes: Uint8Array, length: number): string =>
  Array.from(bytes.subarray(0, length), (byte) => crockford[byte % 32]).join("");

/** 票据号 · the benefit year and twelve characters of keyed bytes: sixty bits, not to be guessed from another one. */
export const receiptNumber = (benefitYear: number, keyed: Uint8Array): string =>
  `${benefitYear}${letters(keyed, randomLength)}`;

/** 校验码 · eight characters of keyed bytes. */
export const checkCodeOf = (keyed: Uint8Array): string => letters(keyed, checkLength);

/** What a person typed from paper: spaces, hyphens, lower case, O for 0 and I or L for 1 are forgiven. */
const typed = (written: string): string =>
  written
    .replace(/[\s\u3000-]/g, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");

/** A receipt's number as typed, or null where none is spelt so. */
export function readReceiptNumber(written: string): string | null {
  const number = typed(written);
  return new RegExp(`^\\d{4}[${crockford}]{${randomLength}}$`).test(number) ? number : null;
}

/** A check code as typed, or null where none is spelt so. */
export function readCheckCode(written: string): string | null {
  const code = typed(written);
  return new RegExp(`^[${crockford}]{${checkLength}}$`).test(code) ? code : null;
}

/** What a receipt is worth, by what became of its line of the order; null where the line never became an enrolment. */
export function receiptStateOf(outcome: LineOutcome): ReceiptState | null {
  if (outcome === "enrolled") return "valid";
  if (outcome === "refunded" || outcome === "returned") return "refunded";
  return outcome === "suspended" ? "void" : null;
}
