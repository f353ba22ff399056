import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const root = join(import.meta.dirname, "..");

/** What git says, line by line; nothing where there is no git, no repository or no such branch. */
const git = (...args: string[]): string[] => {
  const { status, stdout } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  return status === 0 ? stdout.split("\n").filter(Boolean) : [];
};

/** 改动 · files that differ from where this branch left main, committed or not, and new ones. */
export function changedFiles(): string[] {
  const [base = "HEAD"] = git("merge-base", "main", "HEAD");
  return [...git("diff", "--name-only", base), ...git("ls-files", "--others", "--exclude-standard")];
}

/** The tests of files: those that import one, however far away, that start or read one by its name, or that call a changed route. */
export function testsOf(changed: readonly string[]): string[] {
  if (changed.length === 0) return [];
  const files = git("ls-files", "--cached", "--others", "--exclude-standard").filter((file) =>
    existsSync(join(root, file)),
  );
  const sources = new Map<string, string>();
  for (const file of files.filter((one) => /\.(tsx?|mjs)$/.test(one)))
    sources.set(file, readFileSync(join(root, file), "utf8"));

  const importsOf = (file: string) =>
    [...sources.get(file)!.matchAll(/(?:\bfrom|\bimport|\bimport\()\s*"(\.[^"]+)"/g)]
      .map((match) => join(dirname(file), match[1]!))
      .filter((one) => sources.has(one));
  const reached = (file: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(file)) return seen;
    seen.add(file);
    for (const one of importsOf(file)) reached(one, seen);
    return seen;
  };

  const code = new Set(changed.filter((file) => sources.has(file)));
  const data = changed.filter((file) => !sources.has(file)).map((file) => basename(file));
  // Routes are loaded by the name of their endpoint, which a test spells.
  const routes = changed.flatMap((file) => {
    const [, folder, name] = /^functions\/([^/]+)\/([^/]+)\.ts$/.exec(file) ?? [];
    return name && sources.get(file)?.includes("export const handler") ? [`"${folder}.${name}"`] : [];
  });
  const isOf = (test: string): boolean => {
    const text = sources.get(test)!;
    if (routes.some((name) => text.includes(name)) || changed.some((path) => text.includes(`"${path}"`))) return true;
    const files = [...reached(test)];
    return files.some((file) => code.has(file) || data.some((name) => sources.get(file)!.includes(`${name}"`)));
  };
  return files.filter((file) => file.startsWith("test/") && file.endsWith(".test.ts")).filter(isOf);
}
