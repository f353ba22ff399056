import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";
import { isDay } from "../day.ts";
import { Refusal } from "../refusal.ts";
import {
  type Field,
  isMoment,
  type Kept,
  type Kind,
  type Node,
  type Part,
  type Parts,
  type Read,
  type ReadParts,
  type Tree,
  type Written,
  type WrittenParts,
} from "./field.ts";

/** A text as the tree that it is, or `malformed`. Two values under one name are refused, the same value twice is one. */
export function parseTree(written: string): Tree {
  let read: unknown;
  try {
    read = parse(written, null, {
      onDuplicateKey: ({ key }) => {
        throw new Refusal("malformed", { detail: `${key.slice(0, 40)}：同名字段有两个不同的值` });
      },
    });
  } catch (cause) {
    if (cause instanceof Refusal) throw cause;
    throw new Refusal("malformed", { detail: written.trim() === "" ? "空报文" : "不是JSON", cause });
  }
  if (!isTree(read)) throw new Refusal("malformed", { detail: "报文应为一个JSON对象" });
  if (isDeeper(read, mostLevels)) throw new Refusal("malformed", { detail: "报文嵌套太深" });
  return read;
}

/** No documented message has more than five levels; what is kept of others must not be able to exhaust a stack. */
const mostLevels = 40;

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === "object" &&
  value !== null &&
  !isLosslessNumber(value) &&
  (levels === 0 || Object.values(value).some((inner) => isDeeper(inner, levels - 1)));

/** A value of a tree as JSON text, numbers with the digits they have. */
export const jsonText = (value: unknown): string => stringify(value) ?? "null";

const isTree = (value: unknown): value is Tree =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !isLosslessNumber(value);

// Values.

/** Why a value is refused. */
class Wrong {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

/** What stands behind the point, by kind. */
const decimals: Partial<Record<Kind, number>> = {
  amount: 2,
  price: 6,
  quantity: 4,
  ratio: 4,
  tenths: 1,
  hundredths: 2,
  count: 0,
};
/** Nine digits before the point: whole units of every kind are then exact in a double, and 1e9 yuan is `tooMuch`. */
const mostDigits = 9;

const digitsBefore = ({ length }: Field): number => {
  const [all = "", behind = "0"] = length.split(",");
  return Math.min(Number(all) - Number(behind), mostDigits);
};

/** Decimal text as a whole number of its last place, exactly: "12.50" in hundredths is 1250, and so is "1.25e1". */
function scaled(written: string, places: number, before: number): number | Wrong {
  const found = /^(-?)(0|[1-9]\d{0,39})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/.exec(written);
  if (!found) return new Wrong("应为数字");
  const [, sign, int = "", part = "", exponent = "0"] = found;
  let digits = (int + part).replace(/^0+/, "");
  if (digits === "") return 0;
  let behind = part.length - Number(exponent);
  while (behind > places && digits.endsWith("0")) {
    digits = digits.slice(0, -1);
    behind--;
  }
  if (behind > places) return new Wrong(places === 0 ? "应为整数" : `小数超过${places}位`);
  if (digits.length - behind > before) return new Wrong("超出上限");
  return Number(`${sign}${digits}${"0".repeat(places - behind)}`);
}

/** A whole number of a last place as decimal text, with all its decimals. */
function decimalText(value: number, places: number): string {
  const digits = String(Math.abs(value)).padStart(places + 1, "0");
  const cut = digits.length - places;
  return `${value < 0 ? "-" : ""}${digits.slice(0, cut)}${places ? `.${digits.slice(cut)}` : ""}`;
}

const isBlank = (given: unknown): boolean =>
  given === undefined || given === null || (typeof given === "string" && given.trim() === "");

/** A value as our side holds it, or why not. Blank is asked before. */
function heldOf(of: Field, given: unknown): unknown {
  const places = decimals[of.kind];
  if (places !== undefined) return numberOf(of, given, places);
  if (of.kind === "extension") return given;
  if (of.kind === "tree") return isTree(given) ? given : new Wrong("应为一个对象");
  if (typeof given !== "string") return new Wrong("应为文本");
  if (of.kind === "day") return isDay(given) ? given : new Wrong("应为存在的日期，如“2025-11-20”");
  if (of.kind === "moment") return isMoment(given) ? given : new Wrong("应为存在的时间，如“2025-11-20 08:30:00”");
  if (of.length && given.length > Number(of.length) && [...given].length > Number(of.length)) {
    return new Wrong(`超过${of.length}个字`);
  }
  // A lone surrogate or a control character survives no database and no screen.
  return /\p{Cs}|(?![\t\n\r])\p{Cc}/u.test(given) ? new Wrong("含有不能使用的字符") : given;
}

function numberOf(of: Field, given: unknown, places: number): unknown {
  const written = isLosslessNumber(given) ? given.toString() : given;
  if (typeof written !== "string") return new Wrong("应为数字");
  const value = scaled(written, places, digitsBefore(of));
  if (value instanceof Wrong) return value;
  if (value < 0 && !of.signed) return new Wrong("不能为负");
  return of.kind === "ratio" && value > 10_000 ? new Wrong("应在0到1之间") : value;
}

/** A value as a message holds it. */
function givenFor(of: Field, value: unknown): unknown {
  const places = decimals[of.kind];
  if (places === undefined) return value;
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw new RangeError(`${of.name}: not a whole number`);
  return new LosslessNumber(decimalText(value, places));
}

// Nodes.

/** Reads one object; what is wrong is added to `faults`, and then nothing of what is returned may be used. */
function readNode<N extends Node>(node: N, from: Tree, where: string, faults: string[]): Read<N> {
  const named: [string, unknown][] = [];
  const kept: [string, string][] = [];
  for (const national of Object.keys(node)) {
    const of = node[national]!;
    const given = from[national];
    const blank = isBlank(given);
    const value = blank ? null : heldOf(of, given);
    // The one source leaves out its own "required" extension where it has nothing to say.
    const missing = blank && of.required && of.kind !== "extension";
    const why = missing ? "缺少" : value instanceof Wrong ? value.why : undefined;
    if (why) faults.push(`${where}${of.label} ${national}：${why}`);
    if (of.name) named.push([of.name, value]);
    else if (given !== undefined) kept.push([national, jsonText(given)]);
  }
  for (const name of Object.keys(from)) if (!Object.hasOwn(node, name)) kept.push([name, jsonText(from[name])]);
  return Object.fromEntries([...named, ["kept", Object.fromEntries(kept)]]) as Read<N>;
}

/** Writes one object, in the table's order, extensions last. */
function writeNode(node: Node, from: Tree): Tree {
  const kept = (from.kept ?? {}) as Kept;
  const fields: [string, unknown][] = [];
  for (const [national, of] of Object.entries(node)) {
    const value = of.name ? from[of.name] : kept[national];
    if (value === undefined || value === null) continue;
    fields.push([national, of.name ? givenFor(of, value) : parse(value as string)]);
  }
  return Object.fromEntries([...fields, ...strangers(kept, node)]);
}

const strangers = (kept: Kept, known: object): [string, unknown][] =>
  Object.entries(kept)
    .filter(([name]) => !Object.hasOwn(known, name))
    .map(([name, written]) => [name, parse(written)]);

const refused = (faults: readonly string[]) => new Refusal("malformed", { detail: faults.slice(0, 5).join("；") });

/** A node by itself, or `malformed` with the fields that are wrong, at most five. */
export function read<N extends Node>(node: N, from: Tree): Read<N> {
  const faults: string[] = [];
  const made = readNode(node, from, "", faults);
  if (faults.length > 0) throw refused(faults);
  return made;
}

/** A node as a message holds it. What a reader would refuse is a RangeError: the fault is the writer's. */
export function write<N extends Node>(node: N, from: Written<N>): Tree {
  const made = writeNode(node, from as Tree);
  const faults: string[] = [];
  readNode(node, made, "", faults);
  if (faults.length > 0) throw new RangeError(faults.join("；"));
  return made;
}

/** The objects of a part, or why they are none. */
function objectsOf({ shape }: Part, given: unknown): readonly Tree[] | Wrong {
  const list = isBlank(given) ? [] : Array.isArray(given) ? given : [given];
  if (!list.every(isTree)) return new Wrong(shape === "one" ? "应为一个对象" : "应为对象的数组");
  if (list.length === 0 && shape !== "many") return new Wrong("缺少");
  return shape === "one" && list.length > 1 ? new Wrong("应为一个对象") : list;
}

function readPartsInto<P extends Parts>(parts: P, from: Tree, faults: string[]): ReadParts<P> {
  const named: [string, unknown][] = [];
  for (const [national, one] of Object.entries(parts)) {
    const objects = objectsOf(one, from[national]);
    if (objects instanceof Wrong) {
      faults.push(`节点 ${national}：${objects.why}`);
      continue;
    }
    const alone = one.shape === "one";
    const made = objects.map((object, i) =>
      readNode(one.node, object, alone ? "" : `${national}第${i + 1}条 `, faults),
    );
    named.push([one.name, alone ? made[0] : made]);
  }
  const kept = Object.keys(from)
    .filter((name) => !Object.hasOwn(parts, name))
    .map((name) => [name, jsonText(from[name])]);
  return Object.fromEntries([...named, ["kept", Object.fromEntries(kept)]]) as ReadParts<P>;
}

/** The nodes of a message, or `malformed` with the fields that are wrong, at most five. */
export function readParts<P extends Parts>(parts: P, from: Tree): ReadParts<P> {
  const faults: string[] = [];
  const made = readPartsInto(parts, from, faults);
  if (faults.length > 0) throw refused(faults);
  return made;
}

/** The nodes as a message holds them. What a reader would refuse is a RangeError: the fault is the writer's. */
export function writeParts<P extends Parts>(parts: P, from: WrittenParts<P>): Tree {
  const given = from as Tree;
  const nodes = Object.entries(parts).flatMap(([national, one]): [string, unknown][] => {
    const value = given[one.name] as Tree | readonly Tree[] | undefined;
    if (value === undefined) return [];
    return [
      [
        national,
        Array.isArray(value) ? value.map((object) => writeNode(one.node, object)) : writeNode(one.node, value as Tree),
      ],
    ];
  });
  const made = Object.fromEntries([...nodes, ...strangers((given.kept ?? {}) as Kept, parts)]);
  const faults: string[] = [];
  readPartsInto(parts, made, faults);
  if (faults.length > 0) throw new RangeError(faults.slice(0, 5).join("；"));
  return made;
}
