import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const source = (file: string) => readFileSync(join(root, file), "utf8");
const page = (name: string) => source(`docs/security/${name}.md`);

/** The cells of a page's rows, without the heads of its tables. */
const rowsOf = (text: string): string[][] =>
  [...text.matchAll(/^\| (.+) \|$/gm)]
    .map(([, row]) => row!.split(" | "))
    .filter(([first]) => !/^(---|finding|threat|clause|article)$/.test(first!));

/** The names that a file gives to its tests, to groups of them, and to the mistakes that are planted in the templates. */
const namesIn = (file: string): string[] =>
  [...source(file).matchAll(/(?:\b(?:test|describe)(?:\.\w+)*\(|\)\(|^ +name: )\s*(["`])((?:\\.|(?!\1).)+)\1/gm)].map(
    ([, , name]) => name!,
  );

/** The rows of a page whose last two cells, a file and a test, are none that there is. */
const unproven = (text: string): string[] =>
  rowsOf(text)
    .map((cells) => cells.slice(-2) as [string, string])
    .filter(([file, words]) => !(file === "–" && words === "–"))
    .filter(([file, words]) => {
      const [, path] = file.match(/^`(test\/[\w/.-]+\.ts)`$/) ?? [];
      return !path || !existsSync(join(root, path)) || !namesIn(path).some((name) => name.includes(words));
    })
    .map((cells) => cells.join(" | "));

describe("what a review found", () => {
  const rows = rowsOf(page("findings")).map(([finding, found, state, missing, file]) => ({
    finding: finding!,
    found: found!,
    state: state!,
    missing: missing!,
    isProven: file !== "–",
  }));
  const first = rows.filter(({ finding }) => finding !== "…");

  test("every finding has its row", () => {
    const numbered = (letter: string, count: number) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`);
    expect(first.map(({ finding }) => finding)).toEqual([
      ...numbered("H", 8),
      ...numbered("M", 12),
      ...numbered("L", 15),
    ]);
  });
  test("its test exists under that name", () => {
    expect(unproven(page("findings"))).toEqual([]);
  });
  test("what is mended has a test; what is not says what is missing", () => {
    const isTold = ({ state, missing, isProven }: (typeof rows)[number]) => {
      if (state === "mended") return isProven && missing === "–";
      if (state === "in part") return isProven && missing !== "–";
      return state === "not yet" && !isProven && missing !== "–";
    };
    expect(first.filter((one) => !isTold(one))).toEqual([]);
    const further = rows.filter(({ finding }) => finding === "…");
    expect(further.filter(({ state, isProven }) => state !== "…" || !isProven)).toEqual([]);
  });
});

describe.each(["threats", "requirements"])("what is promised: %s", (name) => {
  const rows = rowsOf(page(name));

  test("has a test of that name; where it has none, it does not say that it is shipped", () => {
    expect(rows.length).toBeGreaterThan(40);
    expect(unproven(page(name))).toEqual([]);
    const mayBe = (file: string) => ["in part", "not yet", "operator", ...(file === "–" ? [] : ["yes"])];
    expect(rows.filter(([, , , state, file]) => !mayBe(file!).includes(state!))).toEqual([]);
  });
  test("is enforced where it says: each path exists", () => {
    const spans = rows.flatMap(([, , where]) => [...where!.matchAll(/`([^`]+)`/g)].map(([, span]) => span!));
    const paths = spans.filter((span) => span.includes("/") || span.endsWith(".json"));
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test("a test that is not there, and a row without its file, are seen", () => {
  const row = (file: string, words: string) => `| a threat | ${file} | ${words} |`;
  const here = "`test/system/tidy-security.test.ts`";
  expect(unproven(row(here, "every finding has its row"))).toEqual([]);
  expect(unproven(row("–", "–"))).toEqual([]);
  for (const rotten of [
    row(here, "a name that no test has"),
    row("`test/system/nowhere.test.ts`", "every finding has its row"),
    row("–", "every finding has its row"),
  ]) {
    expect(unproven(rotten)).toHaveLength(1);
  }
});
