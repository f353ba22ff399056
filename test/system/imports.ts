import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "../..");
const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
});

/** Every file of code, by its path from the root. */
export const codeFiles = listed
  .split("\n")
  .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && existsSync(join(root, file)))
  .sort();
const known = new Set(codeFiles);

/** What a file imports, as it is written there: values and types, what is exported on, and `import()` of a text. */
export const importsOf = (file: string): string[] =>
  ts.preProcessFile(readFileSync(join(root, file), "utf8"), true, true).importedFiles.map(({ fileName }) => fileName);

/** 导入图 · the files of ours that each file imports. */
export const graph: ReadonlyMap<string, readonly string[]> = new Map(
  codeFiles.map((file) => [
    file,
    importsOf(file)
      .filter((one) => one.startsWith("."))
      .map((one) => join(file, "..", one))
      .flatMap((path) => [path, `${path}.ts`, `${path}.tsx`].filter((one) => known.has(one)).slice(0, 1)),
  ]),
);

/** The same graph between what `placeOf` makes of files; null leaves a file out. A place does not import itself. */
export function between(placeOf: (file: string) => string | null): Map<string, readonly string[]> {
  const places = new Map<string, Set<string>>();
  for (const [file, imported] of graph) {
    const place = placeOf(file);
    if (place === null) continue;
    const reached = places.get(place) ?? new Set();
    places.set(place, reached);
    for (const other of imported.map(placeOf)) if (other !== null && other !== place) reached.add(other);
  }
  return new Map([...places].map(([place, reached]) => [place, [...reached]]));
}

/** 圈 · the sets of nodes from which every other of the set is reached (Tarjan's strongly connected components of more than one). */
export function circlesOf(nodes: ReadonlyMap<string, readonly string[]>): string[][] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): void => {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    open.push(node);
    for (const next of nodes.get(node) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(node, Math.min(lowest.get(node)!, lowest.get(next)!));
    }
    if (lowest.get(node) !== order.get(node)) return;
    const circle = open.splice(open.indexOf(node));
    if (circle.length > 1 || nodes.get(node)?.includes(node)) circles.push(circle.sort());
  };
  for (const node of nodes.keys()) if (!order.has(node)) visit(node);
  return circles.sort();
}

const sources = new Map(codeFiles.map((file) => [file, readFileSync(join(root, file), "utf8")]));

/** What a file exports under a name of its own. */
export function exportsOf(file: string): string[] {
  const declared = /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) (\w+)/gm;
  return [...new Set([...sources.get(file)!.matchAll(declared)].map((match) => match[1]!))];
}

/** What nobody imports of a file: no file that imports it says the name. */
export function unimportedOf(file: string): string[] {
  const importers = codeFiles.filter((one) => graph.get(one)!.includes(file)).map((one) => sources.get(one)!);
  return exportsOf(file).filter((name) => !importers.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
}
