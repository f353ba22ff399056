import { paginateScan } from "@aws-sdk/lib-dynamodb";
import { config } from "../../functions/config.ts";
import { db } from "../../functions/db.ts";
import { destinations } from "../../shared/filing/places.ts";
import { readIdentityNumber } from "../../shared/person.ts";

/** What else is known of a person whose number is masked. */
interface Known {
  readonly bornOn?: string;
  readonly sex?: string;
  readonly age?: number;
}

/** So many numbers a mask must leave, with everything that stands beside it. */
export const fewest = 10_000;

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const check = "10X98765432";

/**
 * The county codes of the country, as far as a test needs them: eight of each of its cities, 2,700 where it has over 3,200,
 * so that what is counted is less than what there is.
 */
const regions = destinations.flatMap(({ code }) =>
  ["02", "03", "21", "22", "23", "24", "25", "26"].map((county) => code.slice(0, 4) + county),
);

/** Every day on which somebody with what is known may have been born, as eight digits. */
function birthdays({ bornOn, age }: Known): string[] {
  if (bornOn) return [bornOn.replaceAll("-", "")];
  const [first, last] = age === undefined ? [1925, 2025] : [2025 - age - 1, 2025 - age];
  const days: string[] = [];
  for (let year = first; year <= last; year++)
    for (let month = 1; month <= 12; month++)
      for (let date = 1; date <= 28; date++)
        days.push(`${year}${String(month).padStart(2, "0")}${String(date).padStart(2, "0")}`);
  return days;
}

const fits = (shown: string, part: string) => [...shown].every((one, i) => one === "*" || one === part[i]);
const sumOf = (part: string, from: number) =>
  [...part].reduce((total, digit, i) => total + weights[from + i]! * Number(digit), 0) % 11;

const before = new Map<string, number[]>();

/** How many of some parts fit what is shown, by what they add to the sum of the check digit; counted once for each. */
function counted(parts: () => Iterable<string>, about: string, shown: string, from: number): number[] {
  const name = `${about} ${shown}`;
  const found = before.get(name) ?? sums(parts(), shown, from);
  before.set(name, found);
  return found;
}

function sums(parts: Iterable<string>, shown: string, from: number): number[] {
  const found = new Array<number>(11).fill(0);
  for (const part of parts) if (fits(shown, part)) found[sumOf(part, from)]! += 1;
  return found;
}

/** How many numbers a mask leaves: identity numbers that there can be, else whatever could stand for the stars. */
export function candidates(mask: string, known: Known = {}): number {
  if (mask.length !== 18) return 10 ** [...mask].filter((one) => one === "*").length;
  const { bornOn, age, sex } = known;
  const sequences = () =>
    Array.from({ length: 1_000 }, (_, i) => String(i).padStart(3, "0")).filter(
      (one) => sex === undefined || (Number(one) % 2 === 1) === (sex === "male"),
    );
  const parts = [
    counted(() => regions, "region", mask.slice(0, 6), 0),
    counted(() => birthdays(known), `born ${bornOn} ${age}`, mask.slice(6, 14), 6),
    counted(sequences, `sequence ${sex}`, mask.slice(14, 17), 14),
  ] as const;
  let sum = 0;
  parts[0].forEach((a, i) => {
    parts[1].forEach((b, j) => {
      parts[2].forEach((c, k) => {
        if (fits(mask[17]!, check[(i + j + k) % 11]!)) sum += a * b * c;
      });
    });
  });
  return sum;
}

/** A text that hides a part of itself, and is no name. */
const isMask = (value: string) => /^[0-9A-Z]*\*{3,}[0-9A-Z]*$/.test(value);
const isWhole = (value: string) => /^\d{17}[\dX]$/.test(value) && readIdentityNumber(value).ok;

/** Every text of a value, and what it says of birthdays, ages and sexes. */
function readThrough(value: unknown): { texts: string[]; known: Known[] } {
  const texts: string[] = [];
  const [bornOn, age, sex] = [new Set<string>(), new Set<number>(), new Set<string>()];
  const walk = (one: unknown): void => {
    if (typeof one === "string") texts.push(one);
    if (typeof one !== "object" || one === null) return;
    for (const [name, inner] of Object.entries(one)) {
      if (name === "bornOn" && typeof inner === "string") bornOn.add(inner);
      if (name === "age" && typeof inner === "number") age.add(inner);
      if (name === "sex" && typeof inner === "string") sex.add(inner);
      walk(inner);
    }
  };
  walk(value);
  const sexes = sex.size > 0 ? [...sex] : [undefined];
  const births: Known[] = [...[...bornOn].map((one) => ({ bornOn: one })), ...[...age].map((one) => ({ age: one }))];
  return {
    texts,
    known: (births.length > 0 ? births : [{}]).flatMap((one) => sexes.map((each) => ({ ...one, sex: each }))),
  };
}

/** What is wrong with an answer: a number in it that is whole, or that follows from the rest of it. */
export function numbersTold(answer: unknown): string[] {
  const { texts, known } = readThrough(answer);
  const masks = [...new Set(texts.filter(isMask))];
  return [
    ...texts.filter(isWhole),
    ...masks.filter((mask) => known.some((one) => candidates(mask, one) < fewest) || shownOf(mask) > 2),
  ];
}

const shownOf = (mask: string) => mask.replaceAll("*", "").length;

/** Names under which a mask was kept once. */
const kept = /^(identityNumber|telephone|birthCertificate)Masked$/;

/** What is wrong with the items of a person: a whole identity number, a mask of one, any mask that tells more than two characters. */
export function numbersKept(items: readonly Record<string, unknown>[]): string[] {
  return items.flatMap((item) => {
    const { texts } = readThrough(item);
    const bad = texts.filter((one) => isWhole(one) || (isMask(one) && (one.length === 18 || shownOf(one) > 2)));
    const names = Object.keys(item).filter((name) => kept.test(name));
    return [...bad, ...names].map((one) => `${item.pk} ${item.sk}: ${one}`);
  });
}

/** Every item of the tables of this test file. */
export async function everyItem(): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  for (const TableName of [config.mainTable(), config.auditTable()])
    for await (const { Items = [] } of paginateScan({ client: db }, { TableName, ConsistentRead: true }))
      found.push(...Items);
  return found;
}
