import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "functions"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file.endsWith(".ts") && existsSync(join(root, file)));

const sources = new Map(files.map((file) => [file, readFileSync(join(root, file), "utf8")]));
const isRoute = (file: string) => /export const handler = http\(/.test(sources.get(file) ?? "");

/** Which of our files a file imports, by type too: who reads one has to open the other. */
const importsOf = (file: string) =>
  [...sources.get(file)!.matchAll(/(?:\bfrom|\bimport\()\s*"(\.[^"]+)"/g)]
    .map((match) => join(dirname(file), match[1]!))
    .filter((one) => sources.has(one));

/** A folder, or a file that lies in none: what stands on a floor. */
const roomOf = (file: string) => (file.split("/").length === 2 ? file : dirname(file));

/** What each room imports, with the file that does, routes left out: they stand above all of it. */
const arrows = files
  .filter((file) => !isRoute(file))
  .flatMap((file) => importsOf(file).map((to) => ({ from: roomOf(file), to: roomOf(to), by: `${file} → ${to}` })))
  .filter(({ from, to }) => from !== to);

/** Everything that a room stands on, however far below. */
function below(room: string, seen = new Set<string>()): Set<string> {
  for (const { from, to } of arrows) {
    if (from !== room || seen.has(to)) continue;
    seen.add(to);
    below(to, seen);
  }
  return seen;
}

test("below the routes folders import one way", () => {
  expect(arrows.length).toBeGreaterThan(100);
  const knotted = arrows.filter(({ from, to }) => below(to).has(from));
  expect(knotted.map(({ by }) => by)).toEqual([]);
});

test("a route imports no other route, and nothing imports a route", () => {
  expect(files.filter(isRoute).length).toBeGreaterThan(100);
  const entered = files.flatMap((file) =>
    importsOf(file)
      .filter(isRoute)
      .map((to) => `${file} → ${to}`),
  );
  expect(entered).toEqual([]);
});

test("the national gateway is imported by nobody", () => {
  expect(arrows.filter(({ to }) => to === "functions/gateway").map(({ by }) => by)).toEqual([]);
  const routes = files.filter((file) => isRoute(file) && dirname(file) !== "functions/gateway");
  const entering = routes.filter((file) => importsOf(file).some((to) => dirname(to) === "functions/gateway"));
  expect(entering).toEqual([]);
});

/** The files of functions/ that hold something, but for those where it belongs, as "file: what". */
const elsewhere = (pattern: RegExp, ...home: string[]) =>
  files
    .filter((file) => !home.includes(file))
    .flatMap((file) => [...sources.get(file)!.matchAll(pattern)].map(([found]) => `${file}: ${found}`));

test("read.ts alone asks the database: no list ends at a page that nobody saw", () => {
  const asking = /QueryCommand|GetCommand|ScanCommand|LastEvaluatedKey|ExclusiveStartKey|paginate\w+/g;
  expect(elsewhere(asking, "functions/read.ts")).toEqual([]);
  expect(sources.get("functions/read.ts")).toContain("paginateQuery(");
});

test("write.ts alone writes: one loop decides again, and a condition has one spelling", () => {
  const home = "functions/write.ts";
  const writing =
    /\b(Put|Update|Delete|TransactWrite|BatchWrite)Command\b|TransactionCanceledException|ConditionalCheck\w+/g;
  expect(elsewhere(writing, home)).toEqual([]);
  expect(elsewhere(/\w+Expression\b|attribute_(not_)?exists\(pk\)/g, home, "functions/read.ts")).toEqual([]);
  expect(elsewhere(/^(export )?(type|interface) (Action|Step|Condition)\b/gm, home)).toEqual([]);
});

test("the client of the tables is in nobody's hand but theirs", () => {
  const holding = files.filter((file) => importsOf(file).includes("functions/db.ts"));
  expect(holding.sort()).toEqual(["functions/read.ts", "functions/write.ts"]);
});

test("request.ts alone knows what was asked before", () => {
  expect(elsewhere(/key\.request\(/g, "functions/request.ts")).toEqual([]);
});
