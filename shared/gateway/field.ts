import { type Day, isDay } from "../day.ts";
import type { Share, Yuan } from "../money.ts";

/** 时刻 · a moment in Asia/Shanghai as national messages write it, "yyyy-MM-dd HH:mm:ss". Moments compare with < and >. */
export type Moment = string & { readonly kind: "moment" };

/** Is this text a moment that exists? */
export function isMoment(written: string): written is Moment {
  return /^.{10} ([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(written) && isDay(written.slice(0, 10));
}

/** The day of a moment. */
export const dayOfMoment = (at: Moment): Day => at.slice(0, 10) as Day;

/** 报文的一层 · an object of a message as it was parsed: numbers are `LosslessNumber`, digits and all. */
export type Tree = { readonly [name: string]: unknown };

/** What each kind of field holds on our side. */
interface Values {
  text: string;
  day: Day;
  moment: Moment;
  /** 数值型 16,2 */
  amount: Yuan;
  /** 数值型 16,6: whole millionths of a yuan, as `FeeLine` counts them. */
  price: number;
  /** 数值型 16,4: whole ten-thousandths, as `FeeLine` counts them. */
  quantity: number;
  /** 数值型 5,4 */
  ratio: Share;
  /** Whole tenths, and whole hundredths, of what is not money. */
  tenths: number;
  hundredths: number;
  count: number;
  /** 扩展字段: whatever is written there, kept as it is. */
  extension: never;
  tree: Tree;
}
export type Kind = keyof Values;

/** 字段 · one field as it is documented, and our name for it: "" where it is only kept. */
export interface Field<K extends Kind = Kind, Name extends string = string, Must extends boolean = boolean> {
  readonly kind: K;
  readonly label: string;
  readonly name: Name;
  /** 类型, 长度 and 字典 as documented; a length of "" is none. */
  readonly type: string;
  readonly length: string;
  readonly coded: boolean;
  readonly required: Must;
  /** May be negative: returned lines, reversals. */
  readonly signed: boolean;
}

/** 节点 · the fields of one object of a message, by their national names. */
export type Node = { readonly [national: string]: Field };

/** Fields that we only carry, by national name, each as the JSON text that it was. */
export type Kept = Readonly<Record<string, string>>;

type Flat<T> = { readonly [K in keyof T]: T[K] };
type NameOf<F> = F extends Field<Kind, infer Name, boolean> ? (Name extends "" ? never : Name) : never;
type ValueOf<F> = F extends Field<infer K, string, boolean> ? Values[K] : never;
type Must<N extends Node> = { [K in keyof N]: N[K] extends Field<Kind, string, true> ? K : never }[keyof N];

/** What is read of a node: every name of ours, `null` where an optional field was not sent, and what is kept. */
export type Read<N extends Node> = Flat<
  { [K in Must<N> as NameOf<N[K]>]: ValueOf<N[K]> } & {
    [K in Exclude<keyof N, Must<N>> as NameOf<N[K]>]: ValueOf<N[K]> | null;
  } & { kept: Kept }
>;

/** What a node is written from: whatever was read of one, or the same without what is absent. */
export type Written<N extends Node> = Flat<
  { [K in Must<N> as NameOf<N[K]>]: ValueOf<N[K]> } & {
    [K in Exclude<keyof N, Must<N>> as NameOf<N[K]>]?: ValueOf<N[K]> | null;
  } & { kept?: Kept }
>;

/** Where a table comes from: a source's comments, a list of names without types, or us. */
export type Source = "documented" | "listed" | "ours";

type Shape = "one" | "many" | "some";

/** 节点的位置 · a node in a message: one, any number (absent is none), or at least one. */
export interface Part<N extends Node = Node, Name extends string = string, S extends Shape = Shape> {
  readonly name: Name;
  readonly node: N;
  readonly shape: S;
  readonly source: Source;
}
export type Parts = { readonly [national: string]: Part };

type PartName<P> = P extends Part<Node, infer Name, Shape> ? Name : never;
export type ReadParts<P extends Parts> = Flat<
  {
    [K in keyof P as PartName<P[K]>]: P[K] extends Part<infer N, string, "one">
      ? Read<N>
      : P[K] extends Part<infer N, string, Shape>
        ? readonly Read<N>[]
        : never;
  } & { kept: Kept }
>;
export type WrittenParts<P extends Parts> = Flat<
  {
    [K in keyof P as PartName<P[K]>]: P[K] extends Part<infer N, string, "one">
      ? Written<N>
      : P[K] extends Part<infer N, string, Shape>
        ? readonly Written<N>[]
        : never;
  } & { kept?: Kept }
>;

// Making tables.

/** Makes a field of one kind; without a name it is kept. */
interface Sized<K extends Kind, Length> {
  (label: string, length: Length): Field<K, "", false>;
  <const Name extends string>(label: string, length: Length, name: Name): Field<K, Name, false>;
}
interface Plain<K extends Kind> {
  (label: string): Field<K, "", false>;
  <const Name extends string>(label: string, name: Name): Field<K, Name, false>;
}

const sized = <K extends Kind, Length extends number | string>(kind: K, type: string, coded = false) =>
  ((label: string, length: Length, name = "") => ({
    kind,
    label,
    name,
    type,
    length: length ? String(length) : "",
    coded,
    required: false,
    signed: false,
  })) as Sized<K, Length>;
const plain = <K extends Kind>(kind: K, type: string, length = "") =>
  ((label: string, name = "") => sized<K, string>(kind, type)(label, length, name)) as Plain<K>;

/** 字符型 of at most so many characters (code points); 0 is no documented length. */
export const text = sized<"text", number>("text", "字符型");
/** 字符型 from a code table. */
export const code = sized<"text", number>("text", "字符型", true);
/** 日期型 yyyy-MM-dd. */
export const day = plain("day", "日期型");
/** 日期时间型 yyyy-MM-dd HH:mm:ss. */
export const moment = plain("moment", "日期时间型");
/** 金额 16,2. */
export const amount = plain("amount", "数值型", "16,2");
/** 单价 16,6. */
export const price = plain("price", "数值型", "16,6");
/** 数量 16,4. */
export const quantity = plain("quantity", "数值型", "16,4");
/** 比例 5,4, from 0 to 1. */
export const ratio = plain("ratio", "数值型", "5,4");
/** 年龄 4,1. */
export const tenths = plain("tenths", "数值型", "4,1");
/** A number with two decimals that is no money. */
export const hundredths = sized<"hundredths", string>("hundredths", "数值型");
/** A whole number of at most so many digits. */
export const count = sized<"count", number>("count", "数值型");
/** 扩展字段 · sent as text or as JSON, never refused and never demanded. */
export const extension = sized<"extension", number>("extension", "字符型");
/** 交易输入 or 交易输出: the tree itself. Its documented length is not held against it, the request's size is limited elsewhere. */
export const tree = sized<"tree", number>("tree", "字符型");

/** 必填. */
export const must = <K extends Kind, Name extends string>(one: Field<K, Name>): Field<K, Name, true> => ({
  ...one,
  required: true,
});
/** Not 必填 here. */
export const may = <K extends Kind, Name extends string>(one: Field<K, Name>): Field<K, Name, false> => ({
  ...one,
  required: false,
});
/** With another documented type than its kind has. */
export const typed = <K extends Kind, Name extends string, M extends boolean>(
  type: string,
  one: Field<K, Name, M>,
): Field<K, Name, M> => ({ ...one, type });
/** The same field or node, with amounts and quantities that may be negative. */
export const signed = <N extends Node>(node: N): N =>
  Object.fromEntries(
    Object.entries(node).map(([national, one]) => [
      national,
      { ...one, signed: one.kind === "amount" || one.kind === "quantity" || one.kind === "hundredths" },
    ]),
  ) as unknown as N;

const part =
  <S extends Shape>(shape: S) =>
  <const Name extends string, N extends Node>(name: Name, node: N, source: Source = "documented") =>
    ({ name, node, shape, source }) as Part<N, Name, S>;
/** Exactly one object; a list of one is taken for it. */
export const one = part("one");
/** A list, or nothing, or a single object taken for a list of one. */
export const many = part("many");
/** The same, but not empty. */
export const some = part("some");
