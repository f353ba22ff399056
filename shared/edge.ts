import * as z from "zod";
import { type Day, isDay } from "./day.ts";
import { text, type Yuan, yuan } from "./money.ts";

/** An amount at the edge: yuan as text with two decimals ("1234.50"), under 1e9 yuan, never a number, never negative. */
export const Amount = z.codec(
  z.string().regex(/^(0|[1-9]\d{0,8})\.\d{2}$/, { error: "amount" }),
  z.custom<Yuan>(),
  {
    decode: (written) => yuan(written),
    encode: (amount) => text(amount),
  },
);

/** A sum over many people at the edge: like `Amount`, up to 2^53 fen. */
export const Total = z.codec(
  z.string().regex(/^(0|[1-9]\d{0,12})\.\d{2}$/, { error: "amount" }),
  z.custom<Yuan>(),
  {
    decode: (written) => Number(written.replace(".", "")) as Yuan,
    encode: (amount) => text(amount),
  },
);

/** A calendar day at the edge: YYYY-MM-DD that exists. */
export const CalendarDay = z.string().refine(isDay, { error: "day" }) as unknown as z.ZodType<Day, string>;

/** A pooling area's six digits. */
export const AreaCode = z.string().regex(/^\d{6}$/, { error: "area" });

const reasons: Record<string, string> = {
  amount: "应为带两位小数的文本金额，如“400.00”",
  day: "应为存在的日期，如“2025-11-20”",
  area: "应为六位区划代码",
  telephone: "应为11位手机号",
};

const wordFor = (issue: z.core.$ZodIssue): string => {
  if (reasons[issue.message]) return reasons[issue.message]!;
  switch (issue.code) {
    case "unrecognized_keys":
      return `不认识的字段 ${issue.keys.slice(0, 5).join("、")}`;
    case "invalid_type":
      return issue.input === undefined ? "缺少" : `类型应为 ${issue.expected}`;
    case "too_big":
      return "超出上限";
    case "too_small":
      return "低于下限";
    default:
      return "取值不在允许范围";
  }
};

/** What is wrong with an input, as one Chinese sentence a field, at most five: "person.bornOn：缺少". Never echoes a value. */
export function sentenceOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.length ? `${issue.path.join(".").slice(0, 80)}：` : ""}${wordFor(issue)}`)
    .join("；");
}
