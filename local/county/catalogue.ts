import { type Item, type Kind, kindNames } from "../../shared/catalogue/catalogue.ts";
import { byCode, columns, merge, type Outcome, readImport } from "../../shared/catalogue/import.ts";
import { type Random, random } from "../../shared/random.ts";
import { knownItems } from "./catalogue-known.ts";
import * as words from "./catalogue-words.ts";

/** The pooling area whose catalogue the demonstration has. */
export const catalogueArea = "370600";

/** 四库 · how many of each the catalogue has at its full size, as NC-22 counts them. */
export const fullSize: Readonly<Record<Kind, number>> = {
  disease: 36_418,
  drug: 178_547,
  service: 109_407,
  material: 1_767,
};

/** How many of each for so many people: all of them for the county of 100,000, and never none of the known ones. */
export const sizeFor = (people: number, kind: Kind): number =>
  Math.max(
    knownItems.filter((one) => one.kind === kind).length,
    Math.min(fullSize[kind], Math.round((fullSize[kind] * people) / 100_000)),
  );

const header = Object.values(columns).join(",");
/** Rows that are read at once. */
const block = 5_000;

/**
 * 演示目录 · invented items under codes of the real shapes, the same each time: a few dozen with the names of everyday life,
 * the rest made of syllables. Classes, shares and caps are invented too. Read and merged as an officer's file is.
 */
export function* catalogueItems(people: number): Generator<Item> {
  for (const kind of kindNames) {
    let rows: string[] = [];
    for (const own of rowsOf(kind, sizeFor(people, kind))) {
      rows.push(...own);
      if (rows.length < block) continue;
      yield* itemsOf(rows);
      rows = [];
    }
    yield* itemsOf(rows);
  }
}

/** 演示导入文件 · the same rows as a file, to be imported by hand: of one kind, the first so many. */
export const catalogueFile = (kind: Kind, items: number): string =>
  `${[header, ...[...rowsOf(kind, items)].flat()].join("\n")}\n`;

function* itemsOf(rows: readonly string[]): Generator<Item> {
  const { rows: read, faults } = readImport(`${header}\n${rows.join("\n")}\n`);
  if (faults[0]) throw new Error(`demonstration catalogue: ${faults[0].code} ${faults[0].sentence}`);
  for (const own of byCode(read).values()) {
    const { item, outcomes } = merge(null, own);
    const refused = outcomes.find((one): one is Extract<Outcome, { became: "refused" }> => one.became === "refused");
    if (!item || refused) throw new Error(`demonstration catalogue: ${refused?.code} ${refused?.sentence}`);
    yield { ...item, synthetic: true };
  }
}

/** The rows of one item after another. */
function* rowsOf(kind: Kind, count: number): Generator<readonly string[]> {
  const known = knownItems.filter((one) => one.kind === kind);
  for (const { rows } of known) yield rows;
  const dice = random(`catalogue ${kind}`);
  const made = makers[kind];
  for (let n = 0; n < count - known.length; n++) yield made(n, dice);
}

const digits = (n: number, length: number) => String(n).padStart(length, "0");
const firstDay = "2023-01-01";

/** Each makes the rows of its n-th invented item; codes follow from n, so none comes twice. */
const makers: Readonly<Record<Kind, (n: number, dice: Random) => string[]>> = {
  disease(n) {
    const categories = Math.ceil(fullSize.disease / 18);
    const category = `${String.fromCharCode(65 + Math.floor((n % categories) / 78))}${digits((n % categories) % 78, 2)}`;
    const kindNo = Math.floor(n / categories);
    const name =
      words.knownDiseases[category] ??
      `${words.places[(n * 7) % words.places.length]}${words.changes[n % words.changes.length]}（演示${category}）`;
    return [`${category}.x${digits(kindNo, 2)}x9,${name}演示亚型${kindNo + 1},病种,,${firstDay},,,,,,,,,,`];
  },
  drug(n, dice) {
    const herbal = n % 5 === 0;
    const name = herbal
      ? `${dice.pick(words.herbs)}${dice.pick(words.herbs)}${dice.pick(words.syllables)}${dice.pick(words.herbForms)}`
      : `${dice.pick(words.syllables)}${dice.pick(words.syllables)}${dice.pick(words.endings)}${dice.pick(words.forms)}`;
    const of = `${dice.pick(words.strengths)}×${dice.pick(words.packings)}（演示药业${digits((n % 900) + 1, 3)}）`;
    const letter = "ABCDGHJLMNPRSV"[n % 14];
    const code = `${herbal ? "Z" : "X"}${letter}${digits(n % 17, 2)}AA${digits(n % 1000, 4)}A001${digits(n, 9)}`;
    return charged(code, `${name}${of}`, "药品", herbal ? "11" : "09", dice, 300);
  },
  service(n, dice) {
    const { places, ways, methods } = words;
    const name = `${places[n % places.length]}${ways[Math.floor(n / places.length) % ways.length]}${
      methods[Math.floor(n / places.length / ways.length) % methods.length]
    }（演示${Math.floor(n / places.length / ways.length / methods.length) + 1}型）`;
    return charged(
      digits(9_000_000_000 + n, 15),
      name,
      "诊疗项目",
      dice.pick(["03", "04", "05", "06", "07"]),
      dice,
      2_000,
    );
  },
  material(n, dice) {
    const name = `${words.materials[n % words.materials.length]}（演示${digits(Math.floor(n / words.materials.length) + 1, 3)}型）`;
    return charged(`C${digits(9_000_000 + n, 19)}`, name, "医用耗材", "08", dice, 8_000);
  },
};

const yuan = (fen: number) => `${Math.floor(fen / 100)}.${digits(fen % 100, 2)}`;

/** The rows of a charge: a class, its share, a cap for many, and for some a later version or a withdrawal. */
function charged(code: string, name: string, kind: string, type: string, dice: Random, most: number): string[] {
  const begins = `${code},${name},${kind},${type}`;
  const row = (from: string, cheaper: number) => {
    const kind = dice.next();
    const grade =
      kind < 0.35 ? "甲类,," : kind < 0.85 ? `乙类,${dice.pick(["0.05", "0.1", "0.15", "0.2", "0.3"])},` : "丙类,,";
    const cap = dice.int(100, most * 100 - cheaper * 100);
    const all = `${yuan(cap)},,,`;
    const caps = dice.pick([all, all, `,${yuan(cap)},${yuan(cap + 200)},${yuan(cap + 500)}`, ",,,"]);
    return `${begins},${from},${grade}${kind < 0.85 ? caps : ",,,"},${dice.chance(0.06) ? "是" : ""},${
      kind > 0.8 && kind < 0.85 ? "是" : ""
    },${dice.chance(0.03) ? "是" : ""},`;
  };
  const rows = [row(firstDay, 0)];
  const later = dice.next();
  if (later < 0.08) rows.push(row("2025-01-01", 1));
  else if (later < 0.1) rows.push(`${begins},2025-01-01,,,,,,,,,,是`);
  return rows;
}
