import * as z from "zod";
import { type Day, isDay } from "./day.ts";
import { text, type Yuan, yuan } from "./money.ts";
import { NoRuleInForce, Refusal } from "./refusal.ts";

/** An amount at the edge: yuan as text with two decimals ("1234.50"), under 1e9 yuan, never a number, never negative. */
export const Amount = z.codec(z.string().regex(/^(0|[1-9]\d{0,8})\.\d{2}$/, { error: "amount" }), z.custom<Yuan>(), {
  decode: (written) => yuan(written),
  encode: (amount) => text(amount),
});

/** A sum over many people at the edge: like `Amount`, up to 2^53 fen. */
export const Total = z.codec(z.string().regex(/^(0|[1-9]\d{0,12})\.\d{2}$/, { error: "amount" }), z.custom<Yuan>(), {
  decode: (written) => Number(written.replace(".", "")) as Yuan,
  encode: (amount) => text(amount),
});

/** A calendar day at the edge: YYYY-MM-DD that exists. */
export const CalendarDay = z.string().refine(isDay, { error: "day" }) as unknown as z.ZodType<Day, Day>;

/** A pooling area's six digits. */
export const AreaCode = z.string().regex(/^\d{6}$/, { error: "area" });

/** 人员编号 · a person on the register. */
export const PersonNo = z.string().regex(/^[0-9A-Za-z]{1,30}$/);

/** 掩码 · a number of a person in an answer: at most its last two characters (`maskNumber` in person.ts); an answer with more is a fault. */
export const MaskedNumber = z.string().regex(/^\*{4,}[0-9A-Z]{0,2}$/);

/** 请求编号 · made by the client once for each thing it asks for; the same again is answered with the same thing. */
export const RequestNo = z.string().regex(/^[0-9A-Za-z-]{8,64}$/);

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
      return issue.message.endsWith("received undefined") ? "缺少" : `类型应为 ${issue.expected}`;
    case "too_big":
      return "超出上限";
    case "too_small":
      return "低于下限";
    default:
      return "取值不在允许范围";
  }
};

/** Of an input that could be one of several things, what is wrong with the one that it comes closest to. */
function told(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const strange = (issues: readonly z.core.$ZodIssue[]) => issues.some((one) => one.code === "unrecognized_keys");
  const closest = issue.errors.find((issues) => !strange(issues)) ?? issue.errors[0]!;
  return closest.flatMap((one) => told({ ...one, path: [...issue.path, ...one.path] }));
}

/** What is wrong with an input, as one Chinese sentence a field, at most five: "person.bornOn：缺少". Never echoes a value. */
function sentenceOf(error: z.ZodError): string {
  return error.issues
    .flatMap(told)
    .slice(0, 5)
    .map((issue) => `${issue.path.length ? `${issue.path.join(".").slice(0, 80)}：` : ""}${wordFor(issue)}`)
    .join("；");
}

/** A text as JSON, or `malformed`. */
export function readJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch (cause) {
    throw new Refusal("malformed", { detail: written.trim() === "" ? "空行" : "不是JSON", cause });
  }
}

/** The id that a line gives itself, or null where it gives none that is text. */
export const idOf = (input: unknown): string | null =>
  typeof input === "object" && input !== null && "id" in input && typeof input.id === "string" ? input.id : null;

/** An input as a schema reads it, or `malformed` with what is wrong where. */
export function decoded<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const read = schema.safeParse(input);
  if (!read.success) throw new Refusal("malformed", { detail: sentenceOf(read.error), cause: read.error });
  return read.data;
}

/** What a person is told of anything that the law throws; a fault of ours is nobody's answer and is thrown on. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof NoRuleInForce) {
    return new Refusal("no-rule-in-force", { detail: `${error.parameter}，${error.on}`, cause: error });
  }
  throw error;
}

/** The code and the sentence of a case that cannot be computed. */
export function errorText(error: unknown): { code: string; message: string } {
  const { code, sentence } = refusalOf(error);
  return { code, message: sentence };
}
