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
